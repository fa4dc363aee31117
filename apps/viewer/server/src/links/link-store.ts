import { LINK_NAME_CHARACTERS, MOST_LINKS } from '#api'
import { TurnQueue, type Log } from '@matinee/base'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { readDataFile } from '../session/data-file.ts'
import { writePrivateFile } from '../session/private-folder.ts'

const timeMs = z.number().check(z.gte(0), z.lte(8.64e15))
const storedLinkSchema = z.object({
  id: z.string().check(z.regex(/^[0-9a-f]{16}$/u)),
  /** Whose shelf it is here. */
  profile: z.string().check(z.maxLength(32)),
  /** What the other computer called itself last. */
  name: z.string().check(z.maxLength(LINK_NAME_CHARACTERS)),
  side: z.enum(['shown', 'typed']),
  /** 32 bytes, base64url. */
  secret: z.string().check(z.regex(/^[\w-]{43}$/u)),
  /** Where it was last; null = nobody knows. */
  address: z.nullable(
    z.object({
      host: z.string().check(z.maxLength(64)),
      port: z.number().check(z.int(), z.gte(1), z.lte(65_535)),
    }),
  ),
  syncedAtMs: z.nullable(timeMs),
})

/** A link as it's kept. */
export type StoredLink = z.infer<typeof storedLinkSchema>

const fileSchema = z.object({
  version: z.literal(1),
  links: z.array(storedLinkSchema).check(z.maxLength(MOST_LINKS)),
})

const KIND = {
  parse: (text: string) => fileSchema.parse(JSON.parse(text)),
  unread: 'the links could not be read; they were put aside',
}

/** The links of this installation, in `links.json` of the data folder (0600). Every change is on the disk when it returns. */
export class LinkStore {
  readonly #path: string
  #links: readonly StoredLink[]
  /** Changes wait for each other. */
  readonly #turns = new TurnQueue()

  private constructor(path: string, links: readonly StoredLink[]) {
    this.#path = path
    this.#links = links
  }

  /** A file that can't be read is put aside, and said to `log`: then nothing is linked. */
  static async open(dataFolder: string, log: Log): Promise<LinkStore> {
    const path = join(dataFolder, 'links.json')
    const read = await readDataFile(path, KIND, log)
    return new LinkStore(path, read?.links ?? [])
  }

  get all(): readonly StoredLink[] {
    return this.#links
  }

  get isFull(): boolean {
    return this.#links.length >= MOST_LINKS
  }

  find(id: string): StoredLink | null {
    return this.#links.find((each) => each.id === id) ?? null
  }

  /** False when there are enough. */
  add(link: StoredLink): Promise<boolean> {
    return this.#turns.run(async () => {
      if (this.isFull) return false
      await this.#keep([...this.#links, link])
      return true
    })
  }

  /** A link that is gone stays gone. */
  note(
    id: string,
    news: Partial<Pick<StoredLink, 'name' | 'address' | 'syncedAtMs'>>,
  ): Promise<void> {
    return this.#turns.run(async () => {
      if (this.find(id) === null) return
      await this.#keep(this.#links.map((each) => (each.id === id ? { ...each, ...news } : each)))
    })
  }

  /** Without those that `isGone` names. */
  remove(isGone: (link: StoredLink) => boolean): Promise<void> {
    return this.#turns.run(async () => {
      const left = this.#links.filter((each) => !isGone(each))
      if (left.length < this.#links.length) await this.#keep(left)
    })
  }

  async #keep(links: readonly StoredLink[]): Promise<void> {
    await writePrivateFile(this.#path, `${JSON.stringify({ version: 1, links }, null, 2)}\n`)
    this.#links = links
  }
}
