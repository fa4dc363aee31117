import { KIB, MIB } from '@matinee/base'
import { makeTorrent, type MadeTorrent } from '@matinee/testkit'

const KINDS = ['hybrid', 'v1', 'v2'] as const
const FILM_BYTES = 3 * MIB + 12_345

/** Torrents of one film each, the same ones in every process: kinds and pieces of several sizes take turns. */
export function makeSoakTorrents(count: number): readonly MadeTorrent[] {
  return Array.from({ length: count }, (_, i) =>
    makeTorrent({
      kind: KINDS[i % KINDS.length] ?? 'hybrid',
      files: FILM_BYTES,
      pieceLength: (64 << (i % 4)) * KIB,
      name: `film ${i}.mp4`,
      seed: i + 1,
    }),
  )
}
