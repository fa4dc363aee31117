/** Tells of a newer version that the catalogue names in which this copy was published, and has it fetched when it's told to. It starts nothing. */
import type { Update } from '#api'
import { assert } from '@matinee/base'
import { formatMagnet, parseInfoHashV2 } from '@matinee/protocol'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { readPrivateFile, writePrivateFile } from '../../session/private-folder.ts'
import { bestLanguage } from '../language-choice.ts'
import {
  announcedTo,
  standingOf,
  type AnnouncedSource,
  type HeardFeed,
  type OwnCopy,
} from './announced-source.ts'
import { UpdateFetch, type UpdateFetchParts } from './update-fetch.ts'
import { UpdateFolder } from './update-folder.ts'

/** What the desk asks. */
export interface UpdateParts extends OwnCopy, Omit<UpdateFetchParts, 'folder' | 'standing'> {
  /** Absolute. */
  readonly dataFolder: string
  readonly heads: () => readonly HeardFeed[]
}

const FILE = 'update.json'
const fileSchema = z.object({ version: z.literal(1), putOff: z.string().check(z.maxLength(40)) })

/** What is known of a newer version, what is here of it, and which one the viewer wants to hear no more of. */
export class UpdateDesk implements AsyncDisposable {
  readonly #parts: UpdateParts
  readonly #fetch: UpdateFetch

  constructor(parts: UpdateParts) {
    this.#parts = parts
    this.#fetch = new UpdateFetch({
      ...parts,
      folder: new UpdateFolder(parts.dataFolder, parts.log),
      standing: (archive) => standingOf(archive, this.#announced()),
    })
  }

  /**
   * @param languages BCP 47, the viewer's, best first
   *
   * Throws what the file system throws.
   */
  async look(languages: readonly string[]): Promise<Update> {
    const announced = this.#announced()
    if (announced.kind !== 'newer') {
      if (announced.kind === 'newest') await this.#fetch.look(null)
      return { kind: announced.kind }
    }
    const { version, infoHash, length, sha256, notes } = announced.source
    const v2 = parseInfoHashV2(infoHash)
    assert(v2 !== null, 'a feed names its source by 64 hexadecimal digits')
    const said = new Map(Object.entries(notes))
    const tags = [...said.keys()]
    return {
      kind: 'newer',
      announced: {
        version,
        from: announced.from,
        notes: said.get(bestLanguage(tags, languages) ?? tags[0] ?? '') ?? '',
        magnet: formatMagnet({
          infoHashes: { v1: null, v2 },
          displayName: `matinee-${version}.tar`,
        }),
        lengthBytes: length,
        sha256,
        isPutOff: (await this.#putOffVersion()) === version,
        fetch: await this.#fetch.look(announced.source),
      },
    }
  }

  /** Feeds have been read: what was asked for before the program ended is gone on with. Throws what the file system throws. */
  async start(): Promise<void> {
    const announced = this.#announced()
    await this.#fetch.look(announced.kind === 'newer' ? announced.source : null)
  }

  /** Fetches a version, or goes on with it. False = it isn't the one that is announced. Throws what the file system throws. */
  async fetch(version: string): Promise<boolean> {
    const announced = this.#announced()
    if (announced.kind !== 'newer' || announced.source.version !== version) return false
    await this.#fetch.begin(announced.source)
    return true
  }

  /** Fetches no more for now. Throws what the file system throws. */
  async pause(): Promise<void> {
    await this.#fetch.pause()
  }

  /** Fetches no more, and deletes what is here of it. Throws what the file system throws. */
  async drop(): Promise<void> {
    await this.#fetch.drop()
  }

  /** Whether a folder of the engine's is at work here, by its name. */
  isFetching(torrent: string): boolean {
    return this.#fetch.isOpen(torrent)
  }

  /** Remembers that the viewer wants to hear no more of a version; the next one is told again. Throws what the file system throws. */
  async putOff(version: string): Promise<void> {
    const text = `${JSON.stringify({ version: 1, putOff: version })}\n`
    await writePrivateFile(join(this.#parts.dataFolder, FILE), text)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#fetch[Symbol.asyncDispose]()
  }

  #announced(): AnnouncedSource {
    return announcedTo(this.#parts, this.#parts.heads())
  }

  /** What can't be read means that the line is shown: nothing is lost by it. */
  async #putOffVersion(): Promise<string | null> {
    try {
      const text = await readPrivateFile(join(this.#parts.dataFolder, FILE))
      return text === null ? null : fileSchema.parse(JSON.parse(text)).putOff
    } catch {
      this.#parts.log.info('what was put off could not be read', { file: FILE })
      return null
    }
  }
}
