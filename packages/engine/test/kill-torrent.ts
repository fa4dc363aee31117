import { KIB, MIB } from '@matinee/base'
import { makeStoredTorrent, type StoredTorrent } from './stored-torrent.ts'

/** The torrent of kill.test.ts, the same in every process. */
export function makeKillTorrent(): StoredTorrent {
  return makeStoredTorrent({
    kind: 'v1',
    files: [MIB + 5, 3, 0, MIB, 100_000],
    pieceLength: 256 * KIB,
    seed: 9,
  })
}
