import { messageOf, type Log } from '@matinee/base'
import { parseManifest, parseSha256, type FeedId, type Sha256Text } from '@matinee/catalogue'
import type { CatalogueStore } from '@matinee/catalogue/node'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

const PIECES = { highWaterMark: 1024 * 1024 }

/** A bundled feed that the viewer follows. */
export interface FeedPlace {
  /** Absolute; as docs/feed-format.md 7.1 has it. */
  readonly folder: string
  /** Its records may name addresses on this computer: for tests. Default false. */
  readonly allowLocal?: boolean
}

/** A place with what its manifest is. */
interface FoundManifest {
  readonly place: FeedPlace
  readonly sha256: Sha256Text
}

/** How the places of feeds and the catalogue compare. */
export interface FeedLook {
  /** Feeds that can be shown, be they followed or not. */
  readonly stored: readonly FeedId[]
  /** Places of which the catalogue has no feed, or an older one. */
  readonly changed: readonly FoundManifest[]
}

/**
 * The feeds that a viewer follows, and where each lies. A feed is known by the hash of its manifest: what was loaded
 * before isn't read again, and everything else is read by the catalogue's own thread.
 */
export class FollowedFeeds {
  readonly #places: readonly FeedPlace[]
  readonly #store: CatalogueStore
  readonly #log: Log
  readonly #isKept: (feedId: FeedId) => boolean
  readonly #placeOf = new Map<string, FeedPlace>()

  /** @param isKept whether a feed that comes from elsewhere stays in the catalogue */
  constructor(
    places: readonly FeedPlace[],
    store: CatalogueStore,
    log: Log,
    isKept: (feedId: FeedId) => boolean,
  ) {
    this.#places = places
    this.#store = store
    this.#log = log
    this.#isKept = isKept
  }

  /** Where a feed's files lie; null = no such feed is followed. */
  folderOf(feedId: string): string | null {
    return this.#placeOf.get(feedId)?.folder ?? null
  }

  /** Who publishes a feed; empty = its manifest can't be read. */
  async operatorOf(feedId: string): Promise<string> {
    const folder = this.folderOf(feedId)
    if (folder === null) return ''
    try {
      const parsed = parseManifest(new Uint8Array(await readFile(join(folder, 'feed.json'))))
      return parsed.kind === 'manifest' ? parsed.manifest.operator.name : ''
    } catch (error) {
      this.#log.warn('feed not read', { folder, reason: messageOf(error) })
      return ''
    }
  }

  /** Whether a feed's word about this computer counts. */
  isLocal(feedId: string): boolean {
    return this.#placeOf.get(feedId)?.allowLocal ?? false
  }

  /** Looks which feeds are loaded as they are; the others are what {@link FollowedFeeds.takeUp} is for. */
  async look(): Promise<FeedLook> {
    const [stored, found] = await Promise.all([
      this.#store.feeds(),
      Promise.all(this.#places.map((place) => this.#manifest(place))),
    ])
    for (const { id, version } of stored) {
      const known = found.find((manifest) => manifest?.sha256 === version)
      if (known !== undefined && known !== null) this.#placeOf.set(id, known.place)
    }
    const isLoaded = (sha256: string): boolean => stored.some(({ version }) => version === sha256)
    return {
      stored: stored.map(({ id }) => id),
      changed: found.filter((each) => each !== null).filter(({ sha256 }) => !isLoaded(sha256)),
    }
  }

  /**
   * Brings the catalogue up to the feeds: loads those that changed, forgets those that aren't followed any more. A feed that
   * is refused leaves its older version in place. What can't be read is said to the log.
   */
  async takeUp({ stored, changed }: FeedLook): Promise<void> {
    for (const { place, sha256 } of changed) {
      const feedId = await this.#load(place, sha256)
      if (feedId !== null) this.#placeOf.set(feedId, place)
    }
    for (const id of stored)
      if (!this.#placeOf.has(id) && !this.#isKept(id)) await this.#store.remove(id)
  }

  /** The feed of a place, also when only an older version of it can be shown; null = it isn't known which. */
  async #load({ folder }: FeedPlace, sha256: Sha256Text): Promise<FeedId | null> {
    const loaded = await this.#store.loadFolder(folder, sha256)
    switch (loaded.kind) {
      case 'loaded':
        return loaded.feed.id
      case 'newer':
        this.#log.error('feed is newer', { folder, version: loaded.minVersion })
        return null
      case 'refused': {
        const problems = loaded.problems.slice(0, 5).map(({ file, code }) => `${file} ${code}`)
        this.#log.error('feed refused', { folder, problems: problems.join(', ') })
        return loaded.feedId
      }
    }
  }

  async #manifest(place: FeedPlace): Promise<FoundManifest | null> {
    const { folder } = place
    try {
      // In pieces: a large feed's manifest has megabytes, which nobody here wants to keep.
      const hash = createHash('sha256')
      for await (const piece of createReadStream(join(folder, 'feed.json'), PIECES))
        hash.update(piece as Uint8Array)
      const sha256 = parseSha256(hash.digest('hex'))
      return sha256 === null ? null : { place, sha256 }
    } catch (error) {
      this.#log.error('feed not followed', { folder, reason: messageOf(error) })
      return null
    }
  }
}
