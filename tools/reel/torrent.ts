import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTorrent } from '@matinee/engine/create'
import { KIB } from '@matinee/base'

/** What the torrent holds; the README isn't in it, because it may change. */
export const REEL_FILES = [
  'ATTRIBUTION.txt',
  'LICENSE',
  'chapters.vtt',
  'poster.png',
  'reel.en.vtt',
  'reel.fr.vtt',
  'reel.mp4',
] as const

/**
 * Makes `reel.torrent` (hybrid, no tracker: the seeder says its own at run time) of the files in `folder`.
 * Returns the v2 info-hash.
 */
export async function makeTorrent(folder: string): Promise<string> {
  const made = await createTorrent({
    paths: REEL_FILES.map((file) => join(folder, file)),
    name: 'The Matinee Test Reel',
    kind: 'hybrid',
    pieceLength: 64 * KIB,
    comment: 'CC0 1.0: no rights reserved',
  })
  await writeFile(join(folder, 'reel.torrent'), made.bytes)
  return String(made.metainfo.infoHashes.v2)
}
