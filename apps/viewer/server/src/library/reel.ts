import type { Log } from '@matinee/base'
import { openEngine, type Engine } from '@matinee/engine'
import { systemClock, systemDisk, systemHash, systemRandom } from '@matinee/engine/system'
import { createNetwork } from '@matinee/net'
import { parseMetainfo } from '@matinee/protocol'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { diskMediaFile } from '../media/disk-media-file.ts'
import type { LibraryWork } from './film-source.ts'
import { readReelRecord } from './reel-record.ts'
import { ReelSeeder } from './reel-seeder.ts'
import { TorrentFilmSource } from './torrent-film-source.ts'

export interface ReelOptions {
  /** `feeds/reel` of this copy of Matinee. */
  readonly folder: string
  /** The seeding process' script. */
  readonly seederProgram: string
  /** Where what is fetched is kept; absolute. */
  readonly mediaFolder: string
  readonly log: Log
}

/**
 * The test reel as a work: shown by its record, played over BitTorrent from a process of its own. Engine
 * and process start when it's opened first, and end with the work's source.
 */
export async function openReel(options: ReelOptions): Promise<LibraryWork> {
  const { folder, log } = options
  const record = await readReelRecord(folder)
  const hash = systemHash()
  const metainfo = parseMetainfo(new Uint8Array(await readFile(join(folder, record.torrent))), hash)
  const seeder = new ReelSeeder(options.seederProgram, log)
  const clock = systemClock()
  const network = createNetwork({ clock, log })
  let engine: Promise<Engine> | null = null

  const source = new TorrentFilmSource({
    metainfo,
    film: record.film,
    captions: record.captions,
    log,
    engine: () =>
      (engine ??= openEngine({
        network,
        disk: systemDisk(),
        hash,
        clock,
        random: systemRandom(),
        log,
        folder: options.mediaFolder,
        // The reel's swarm is this computer: nobody outside has a reason to reach us.
        host: '127.0.0.1',
      })),
    startingPoints: async () => {
      const { peer, tracker } = await seeder.addresses()
      return {
        peers: [{ address: peer, learnedFrom: 'own' }],
        trackers: [tracker],
        trackersFrom: 'own',
      }
    },
  })
  return {
    work: {
      id: record.id,
      title: record.title,
      by: record.by,
      year: record.year,
      synopsis: record.synopsis,
      durationSeconds: record.durationSeconds,
      lengthBytes: source.filmBytes,
      licence: record.licence,
      inks: record.inks,
      chapters: record.chapters,
      captions: record.captions.map(({ language, label }) => ({ language, label })),
    },
    poster: await diskMediaFile(join(folder, record.poster)),
    source: {
      open: () => source.open(),
      async close() {
        await source.close()
        await (await engine?.catch(() => null))?.[Symbol.asyncDispose]()
        await network[Symbol.asyncDispose]()
        await seeder.close()
      },
    },
  }
}
