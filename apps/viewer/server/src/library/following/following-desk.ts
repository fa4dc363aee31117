/**
 * The signed feeds that the viewer follows: how they come, in which order they stand, and what they decided. A few lines
 * more than usual: every change of what is followed passes here.
 */
import { MOST_FOLLOWED_FEEDS } from '#api'
import { TurnQueue, messageOf, type Random, type Timer } from '@matinee/base'
import {
  followedFeedId,
  parseFeedId,
  type FeedId,
  type Sha256Text,
  type Standing,
} from '@matinee/catalogue'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { makePrivateFolder } from '../../session/private-folder.ts'
import { CatalogueLoads, type FollowedCatalogue } from './catalogue-loads.ts'
import type { CopyKeeper } from './copy-keeper.ts'
import { CopyRounds } from './copy-rounds.ts'
import { parseFeedAddress, type FeedAddress } from './feed-address.ts'
import { FeedCopy } from './feed-copy.ts'
import { FeedLedger } from './feed-ledger.ts'
import type { FoundFeed } from './feed-offers.ts'
import { FollowedFeed, type FollowingWorld } from './followed-feed.ts'
import { MOST_SOURCES, type FollowedEntry, type FollowingFile } from './following-file.ts'
import { nextRefreshMs } from './refresh-plan.ts'
import { judgeSafety, type FeedDecisions, type JudgedWork } from './work-safety.ts'

/** What the desk needs. */
export interface FollowingDeskParts {
  /** The viewer's data folder; absolute. */
  readonly dataFolder: string
  readonly file: FollowingFile
  readonly store: FollowedCatalogue
  readonly world: FollowingWorld
  readonly random: Random
  readonly keeper: Pick<CopyKeeper, 'keep' | 'drop'>
  /** Told when a decision came, was lifted, or begins or ceases to act. */
  readonly onSafety: (standingOf: (work: JudgedWork) => Standing) => Promise<void>
}

/** Follows feeds. A change of what is followed is on the disk when it returns. */
export class FollowingDesk implements AsyncDisposable {
  readonly #parts: FollowingDeskParts
  readonly #feeds = new Map<FeedId, FollowedFeed>()
  readonly #failures = new Map<FeedId, number>()
  readonly #timers = new Map<FeedId, Timer>()
  readonly #running = new Map<FeedId, Promise<void>>()
  readonly #closing = new AbortController()
  readonly #changes = new TurnQueue()
  readonly #loads: CatalogueLoads
  readonly #rounds: CopyRounds

  private constructor(parts: FollowingDeskParts) {
    this.#parts = parts
    const { signal } = this.#closing
    this.#loads = new CatalogueLoads(parts.store, parts.world.log, signal)
    this.#rounds = new CopyRounds(parts.keeper, parts.world.clock, signal)
  }

  /** Opens what is followed. Nothing is asked for before {@link start}. A feed that can't be opened is said to the log. */
  static async open(parts: FollowingDeskParts): Promise<FollowingDesk> {
    const desk = new FollowingDesk(parts)
    for (const entry of parts.file.current.feeds) {
      try {
        await desk.#open(entry)
      } catch (error) {
        parts.world.log.error('followed feed not opened', { reason: messageOf(error) })
      }
    }
    return desk
  }

  /** Every feed that is followed. */
  get feeds(): readonly FollowedFeed[] {
    return [...this.#feeds.values()]
  }

  /** A followed feed; null = none of that id. */
  feedOf(feedId: string): FollowedFeed | null {
    const id = parseFeedId(feedId)
    return (id === null ? undefined : this.#feeds.get(id)) ?? null
  }

  /** What the file says of a followed feed. */
  entryOf({ fingerprint }: FollowedFeed): FollowedEntry | null {
    return this.#parts.file.current.feeds.find((each) => each.fingerprint === fingerprint) ?? null
  }

  /** Puts what was taken before into the catalogue, as far as it isn't there. */
  async takeUp(): Promise<void> {
    await this.#loads.showAll(this, this.decisions)
  }

  /** Refreshes each soon, and again every few hours. */
  start(): void {
    for (const feed of this.feeds) this.#plan(feed, 'start')
  }

  /** Begins to ask a feed's sources. Resolves when they have answered; never rejects. */
  refresh(feed: FollowedFeed): Promise<void> {
    const id = followedFeedId(feed.fingerprint)
    const running = this.#running.get(id) ?? this.#refresh(feed, id)
    this.#running.set(id, running)
    return running
  }

  /** Follows what was found, or adds its address to the feed that is followed. `full` = no more feeds, or sources. */
  follow(found: FoundFeed): Promise<FollowedFeed | 'full'> {
    return this.#changes.run(() => this.#follow(found))
  }

  async #follow({ fingerprint, root, address }: FoundFeed): Promise<FollowedFeed | 'full'> {
    const known = this.#feeds.get(followedFeedId(fingerprint))
    if (known !== undefined) return (await this.#addSource(known, address.text)) ? known : 'full'
    const { current } = this.#parts.file
    if (current.feeds.length >= MOST_FOLLOWED_FEEDS) return 'full'
    const entry = { fingerprint, sources: [address.text], decidesSafety: false }
    const feed = await this.#open(entry)
    try {
      await feed.begin(root)
      await this.#parts.file.change((now) => ({ ...now, feeds: [...now.feeds, entry] }))
    } catch (error) {
      // It may be followed again at once, so nothing of it may stay open.
      await this.#close(feed)
      throw error
    }
    void this.refresh(feed)
    return feed
  }

  /** Follows a feed no more: its works, decisions and copy go. Films stay on the disk. */
  remove(feed: FollowedFeed): Promise<void> {
    return this.#changes.run(() => this.#remove(feed))
  }

  async #remove(feed: FollowedFeed): Promise<void> {
    const { file, store } = this.#parts
    const id = followedFeedId(feed.fingerprint)
    if (this.#feeds.get(id) !== feed) return
    await file.change((now) => ({
      ...now,
      feeds: now.feeds.filter(({ fingerprint }) => fingerprint !== feed.fingerprint),
      order: now.order.filter((each) => each !== id),
    }))
    await this.#close(feed)
    await store.remove(id)
    await rm(this.#folderOf(feed.fingerprint), { recursive: true, force: true })
    await this.takeUp()
    await this.#tellSafety()
  }

  /** One more place to ask. False = it has as many as it may. */
  addSource(feed: FollowedFeed, address: string): Promise<boolean> {
    return this.#changes.run(() => this.#addSource(feed, address))
  }

  async #addSource(feed: FollowedFeed, address: string): Promise<boolean> {
    const entry = this.entryOf(feed)
    if (entry === null || entry.sources.includes(address)) return entry !== null
    if (entry.sources.length >= MOST_SOURCES) return false
    await this.#change(feed, { sources: [...entry.sources, address] })
    feed.setSources(addressesOf([...entry.sources, address]))
    return true
  }

  /** Lets a feed decide about the safety of other feeds' works, or no longer. */
  async setSafety(feed: FollowedFeed, decidesSafety: boolean): Promise<void> {
    await this.#change(feed, { decidesSafety })
    await this.takeUp()
    await this.#tellSafety()
  }

  /** Feeds in the viewer's order: those not named come behind. */
  inOrder<T extends { readonly id: string }>(feeds: readonly T[]): readonly T[] {
    const { order } = this.#parts.file.current
    const rank = ({ id }: T): number => (order.includes(id) ? order.indexOf(id) : order.length)
    return feeds.toSorted((a, b) => rank(a) - rank(b))
  }

  /** The viewer's order of feeds, from now on. */
  async setOrder(order: readonly string[]): Promise<void> {
    await this.#parts.file.change((now) => ({ ...now, order }))
    await this.#loads.order(this)
  }

  /** What each feed ever decided. */
  get decisions(): readonly FeedDecisions[] {
    return this.feeds.map((feed) => ({
      feedId: followedFeedId(feed.fingerprint),
      memory: feed.ledger.memory,
      decidesSafety: this.entryOf(feed)?.decidesSafety ?? false,
    }))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(new DOMException('closing', 'AbortError'))
    for (const timer of this.#timers.values()) timer.cancel()
    await Promise.all(this.#running.values())
    await this.#rounds.end()
    await this.#loads.idle()
    for (const feed of this.feeds) feed[Symbol.dispose]()
  }

  async #open(entry: FollowedEntry): Promise<FollowedFeed> {
    const { fingerprint, sources } = entry
    const folder = this.#folderOf(fingerprint)
    await makePrivateFolder(folder)
    const { world } = this.#parts
    const copy = new FeedCopy(join(folder, 'feed'), world.crypto)
    const kept = {
      copy,
      ledger: new FeedLedger(join(folder, 'works.sqlite'), world.crypto),
    }
    const feed = new FollowedFeed(fingerprint, kept, world, async () => {
      await this.takeUp()
      await this.#tellSafety()
    })
    this.#rounds.add(feed, copy)
    feed.setSources(addressesOf(sources))
    this.#feeds.set(followedFeedId(fingerprint), feed)
    return feed
  }

  async #close(feed: FollowedFeed): Promise<void> {
    const id = followedFeedId(feed.fingerprint)
    this.#feeds.delete(id)
    this.#timers.get(id)?.cancel()
    feed.stop()
    await this.#running.get(id)
    await this.#loads.idle()
    await this.#rounds.drop(feed)
    feed[Symbol.dispose]()
  }

  async #refresh(feed: FollowedFeed, id: FeedId): Promise<void> {
    try {
      await feed.refresh(this.#closing.signal)
    } catch (error) {
      if (!this.#closing.signal.aborted)
        this.#parts.world.log.error('feed not refreshed', { feed: id, reason: messageOf(error) })
    }
    this.#running.delete(id)
    void this.#rounds.keep(feed)
    const isAnyOk = feed.sources.all.some(({ state }) => state === 'ok')
    this.#plan(feed, isAnyOk ? 0 : (this.#failures.get(id) ?? 0) + 1)
  }

  #plan(feed: FollowedFeed, failures: number | 'start'): void {
    const id = followedFeedId(feed.fingerprint)
    this.#timers.get(id)?.cancel()
    if (this.#closing.signal.aborted || this.#feeds.get(id) !== feed) return
    if (failures !== 'start') this.#failures.set(id, failures)
    const { world, random } = this.#parts
    const timer = world.clock.setTimer(nextRefreshMs(failures, random), () => {
      void this.refresh(feed)
    })
    this.#timers.set(id, timer)
  }

  #tellSafety(): Promise<void> {
    return this.#parts.onSafety((work) => judgeSafety(work, this.decisions).standing)
  }

  async #change(feed: FollowedFeed, change: Partial<FollowedEntry>): Promise<void> {
    await this.#parts.file.change((now) => ({
      ...now,
      feeds: now.feeds.map((each) =>
        each.fingerprint === feed.fingerprint ? { ...each, ...change } : each,
      ),
    }))
  }

  #folderOf(fingerprint: Sha256Text): string {
    return join(this.#parts.dataFolder, 'feeds', fingerprint)
  }
}

function addressesOf(texts: readonly string[]): FeedAddress[] {
  return texts.flatMap((text) => parseFeedAddress(text) ?? [])
}
