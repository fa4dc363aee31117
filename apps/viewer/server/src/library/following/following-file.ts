import { MAX_FEED_ADDRESS, MOST_FOLLOWED_FEEDS } from '#api'
import { TurnQueue, type Log } from '@matinee/base'
import { parseListId, parseSha256, type ListId, type Sha256Text } from '@matinee/catalogue'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { readDataFile } from '../../session/data-file.ts'
import { DATA_VERSIONS } from '../../session/newer-data.ts'
import { writePrivateFile } from '../../session/private-folder.ts'

/** Places to ask for one feed, at most. */
export const MOST_SOURCES = 20

const sha256 = z.string().check(z.refine((text) => parseSha256(text) !== null))
const address = z.string().check(z.minLength(1), z.maxLength(MAX_FEED_ADDRESS))

const fileSchema = z.object({
  version: z.literal(DATA_VERSIONS.following),
  order: z.array(z.string().check(z.maxLength(100))).check(z.maxLength(2 * MOST_FOLLOWED_FEEDS)),
  feeds: z
    .array(
      z.object({
        fingerprint: sha256,
        sources: z.array(address).check(z.maxLength(MOST_SOURCES)),
        decidesSafety: z.boolean(),
      }),
    )
    .check(z.maxLength(MOST_FOLLOWED_FEEDS)),
  lists: z
    .array(
      z.object({
        key: sha256,
        id: z.string().check(z.refine((text) => parseListId(text) !== null)),
        sources: z.array(address).check(z.maxLength(MOST_SOURCES)),
      }),
    )
    .check(z.maxLength(MOST_FOLLOWED_FEEDS)),
})

/** A signed feed that the viewer follows. */
export interface FollowedEntry {
  readonly fingerprint: Sha256Text
  /** The viewer's own, as they are shown. */
  readonly sources: readonly string[]
  /** Its decisions about safety act on other feeds' works. */
  readonly decidesSafety: boolean
}

/** A curator's list that is followed by itself. */
export interface FollowedListEntry {
  /** The public key that the viewer accepted, in hexadecimal digits. */
  readonly key: Sha256Text
  /** The list's own among those of its key. */
  readonly id: ListId
  /** The viewer's own, as they are shown; none when it came in a file. */
  readonly sources: readonly string[]
}

/** What the viewer follows. */
export interface Following {
  /** Ids of feeds, the first one's records before all; those not named come behind. */
  readonly order: readonly string[]
  readonly feeds: readonly FollowedEntry[]
  readonly lists: readonly FollowedListEntry[]
}

const KIND = {
  parse: parseFollowing,
  version: DATA_VERSIONS.following,
  unread: 'the followed feeds could not be read; they were put aside',
}

/** What the viewer follows, in `following.json` of the data folder: whole or not at all, for its owner alone. */
export class FollowingFile {
  readonly #path: string
  #current: Following
  readonly #turns = new TurnQueue()

  private constructor(path: string, current: Following) {
    this.#path = path
    this.#current = current
  }

  /**
   * Reads it. What can't be read is put aside, and said to `log`: what was fetched of feeds stays in their folders. Throws
   * NewerDataError for a file of a newer Matinee, which is left as it is.
   */
  static async open(dataFolder: string, log: Log): Promise<FollowingFile> {
    const path = join(dataFolder, 'following.json')
    const read = await readDataFile(path, KIND, log)
    return new FollowingFile(path, read ?? { order: [], feeds: [], lists: [] })
  }

  get current(): Following {
    return this.#current
  }

  /**
   * Makes of what is followed by then what `change` says: changes wait for one another, so that none is written over. On the
   * disk when it returns. Throws what the file system throws; then nothing has changed.
   */
  change(change: (following: Following) => Following): Promise<void> {
    return this.#turns.run(() => this.#save(change(this.#current)))
  }

  async #save(following: Following): Promise<void> {
    await writePrivateFile(
      this.#path,
      `${JSON.stringify({ version: DATA_VERSIONS.following, ...following }, null, 2)}\n`,
    )
    this.#current = following
  }
}

function parseFollowing(text: string): Following {
  const { order, feeds, lists } = fileSchema.parse(JSON.parse(text))
  return {
    order,
    feeds: feeds.flatMap((feed) => {
      const fingerprint = parseSha256(feed.fingerprint)
      return fingerprint === null ? [] : [{ ...feed, fingerprint }]
    }),
    lists: lists.flatMap((list) => {
      const key = parseSha256(list.key)
      const id = parseListId(list.id)
      return key === null || id === null ? [] : [{ ...list, key, id }]
    }),
  }
}
