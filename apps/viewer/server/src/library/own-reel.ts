import type { Hash, Log } from '@matinee/base'
import { parseMetainfo } from '@matinee/protocol'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ReelSeeder } from './reel-seeder.ts'
import type { OwnTorrent } from './streams/torrent-desk-options.ts'

/** The test reel's torrent, and the process that gives it out. */
export interface OwnReel extends AsyncDisposable {
  readonly torrent: OwnTorrent
}

/**
 * Reads the reel's torrent. The process that seeds it starts with its first opening and ends with this.
 *
 * Throws what the file system throws, and MetainfoError: the reel is part of the program.
 *
 * @param folder `feeds/reel` of this copy of Matinee
 * @param program the seeding process' script
 */
export async function openOwnReel(
  folder: string,
  program: string,
  hash: Hash,
  log: Log,
): Promise<OwnReel> {
  const bytes = new Uint8Array(await readFile(join(folder, 'reel.torrent')))
  const seeder = new ReelSeeder(program, log)
  return {
    torrent: {
      metainfo: parseMetainfo(bytes, hash),
      startingPoints: async () => {
        const { peer, tracker } = await seeder.addresses()
        return {
          peers: [{ address: peer, learnedFrom: 'own' }],
          trackers: [tracker],
          trackersFrom: 'own',
        }
      },
    },
    [Symbol.asyncDispose]: () => seeder.close(),
  }
}
