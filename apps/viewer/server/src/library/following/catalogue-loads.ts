import { TurnQueue, messageOf, type Log } from '@matinee/base'
import { followedFeedId, type FeedId, type StoredFeed, type Withholding } from '@matinee/catalogue'
import type { FollowedFeedInput } from '@matinee/catalogue/node'
import type { FollowedFeed } from './followed-feed.ts'
import type { FeedDecisions } from './work-safety.ts'

/** Where followed feeds are shown. */
export interface FollowedCatalogue {
  feeds(): Promise<readonly StoredFeed[]>
  /** Puts a feed in the place of its older version, whole or not at all. */
  load(feed: FollowedFeedInput, signal: AbortSignal): Promise<unknown>
  remove(feedId: FeedId): Promise<void>
  /** Shows feeds in another order, from now on. */
  setFeedOrder(order: readonly FeedId[]): Promise<void>
  /** Offers none of these, but those of the feed that withdraws them, in the place of what was withheld before. */
  withhold(withheld: readonly Withholding[]): Promise<void>
}

/** The feeds that are followed, and the viewer's order of them and others. */
export interface FeedsInOrder {
  readonly feeds: readonly FollowedFeed[]
  inOrder<T extends { readonly id: string }>(feeds: readonly T[]): readonly T[]
}

/** Brings followed feeds into the catalogue, one after another. What fails leaves the older version, and is said to the log. */
export class CatalogueLoads {
  readonly #store: FollowedCatalogue
  readonly #log: Log
  readonly #signal: AbortSignal
  /** What is withheld, as text; null = it wasn't said yet. */
  #withheld: string | null = null
  readonly #turns = new TurnQueue()

  constructor(store: FollowedCatalogue, log: Log, signal: AbortSignal) {
    this.#store = store
    this.#log = log
    this.#signal = signal
  }

  /** Shows what feeds offer now, under decisions that act. Those that are shown as they are aren't loaded. */
  showAll(followed: FeedsInOrder, decisions: readonly FeedDecisions[]): Promise<void> {
    return this.#turns.run(async () => {
      // NOTE: before any load, so that nothing is shown that is withheld.
      await this.#withhold(withholdingsOf(decisions))
      await this.order(followed)
      for (const feed of followed.feeds) await this.#show(feed)
    })
  }

  /** Shows feeds in the viewer's order, as pages list them: those that came with the application first where nothing else was said. */
  async order(followed: FeedsInOrder): Promise<void> {
    const stored = await this.#store.feeds()
    const bundled = stored.filter(({ trust }) => trust === 'bundled').map(({ id }) => ({ id }))
    const signed = followed.feeds.map(({ fingerprint }) => ({ id: followedFeedId(fingerprint) }))
    await this.#store.setFeedOrder(followed.inOrder([...bundled, ...signed]).map(({ id }) => id))
  }

  /** Resolves when nothing is being loaded. */
  async idle(): Promise<void> {
    await this.#turns.idle()
  }

  async #withhold(withheld: readonly Withholding[]): Promise<void> {
    const text = JSON.stringify(withheld)
    if (text === this.#withheld) return
    await this.#store.withhold(withheld)
    this.#withheld = text
  }

  async #show(feed: FollowedFeed): Promise<void> {
    if (feed.isStopped) return
    try {
      const input = feed.ledger.input()
      if (input === null) return
      const stored = (await this.#store.feeds()).find(({ id }) => id === input.id)
      if (stored?.version !== input.version) await this.#store.load(input, this.#signal)
    } catch (error) {
      if (this.#signal.aborted) return
      this.#log.error('feed not loaded', { feed: feed.fingerprint, reason: messageOf(error) })
    }
  }
}

/** What feeds that decide about safety withdraw of others (feed-format 14.6). */
function withholdingsOf(decisions: readonly FeedDecisions[]): Withholding[] {
  return decisions.flatMap(({ feedId, decidesSafety, memory }) => {
    if (!decidesSafety) return []
    const revoked = memory.filter(({ revocation }) => revocation.state === 'revoked')
    const hashes = revoked.flatMap(({ revocation }) => revocation.covers)
    return hashes.length === 0 ? [] : [{ feedId, hashes }]
  })
}
