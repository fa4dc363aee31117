/** Tells of a newer version that the catalogue names in which this copy was published. It fetches and starts nothing. */
import type { Update } from '#api'
import type { Log } from '@matinee/base'
import type { FeedHead, Sha256Text } from '@matinee/catalogue'
import { formatMagnet, parseInfoHashV2 } from '@matinee/protocol'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { readPrivateFile, writePrivateFile } from '../../session/private-folder.ts'
import { bestLanguage } from '../language-choice.ts'
import { isNewer } from './version-order.ts'

/** What the desk asks. */
export interface UpdateParts {
  /** Absolute. */
  readonly dataFolder: string
  /** Of this copy; null = it doesn't say. */
  readonly version: string | null
  /** The feed that this copy was published in, by its fingerprint; null = none. */
  readonly publishedIn: Sha256Text | null
  /** What followed feeds say of themselves, verified. */
  readonly heads: () => readonly {
    readonly fingerprint: Sha256Text
    readonly head: Pick<FeedHead, 'source' | 'operator'> | null
  }[]
  readonly log: Log
}

const FILE = 'update.json'
const fileSchema = z.object({ version: z.literal(1), putOff: z.string().check(z.maxLength(40)) })

/** What is known of a newer version, and which one the viewer wants to hear no more of. */
export class UpdateDesk {
  readonly #parts: UpdateParts

  constructor(parts: UpdateParts) {
    this.#parts = parts
  }

  /** @param languages BCP 47, the viewer's, best first */
  async look(languages: readonly string[]): Promise<Update> {
    const { version: own, publishedIn, heads } = this.#parts
    if (own === null || publishedIn === null) return { kind: 'nowhere' }
    // Another feed may name any source as the program's: only the one that this copy came in is asked.
    const head = heads().find(({ fingerprint }) => fingerprint === publishedIn)?.head ?? null
    if (head === null) return { kind: 'not-followed' }
    const { source, operator } = head
    const v2 = source === undefined ? null : parseInfoHashV2(source.infoHash)
    if (source === undefined || v2 === null || !isNewer(source.version, own))
      return { kind: 'newest' }
    const { version, length, sha256, notes } = source
    const said = new Map(Object.entries(notes))
    const tags = [...said.keys()]
    return {
      kind: 'newer',
      announced: {
        version,
        from: operator.name,
        notes: said.get(bestLanguage(tags, languages) ?? tags[0] ?? '') ?? '',
        magnet: formatMagnet({
          infoHashes: { v1: null, v2 },
          displayName: `matinee-${version}.tar`,
        }),
        lengthBytes: length,
        sha256,
        isPutOff: (await this.#putOffVersion()) === version,
      },
    }
  }

  /** Remembers that the viewer wants to hear no more of a version; the next one is told again. Throws what the file system throws. */
  async putOff(version: string): Promise<void> {
    const text = `${JSON.stringify({ version: 1, putOff: version })}\n`
    await writePrivateFile(join(this.#parts.dataFolder, FILE), text)
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
