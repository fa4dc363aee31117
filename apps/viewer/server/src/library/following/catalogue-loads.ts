import { messageOf, type Log } from '@matinee/base'
import { hashesOf, type FeedId, type FeedWork, type StoredFeed } from '@matinee/catalogue'
import type { FollowedFeedInput } from '@matinee/catalogue/node'
import { createHash } from 'node:crypto'
import type { FollowedFeed } from './followed-feed.ts'
import { judgeSafety, type FeedDecisions } from './work-safety.ts'

/** Where followed feeds are shown. */
export interface FollowedCatalogue {
  feeds(): Promise<readonly StoredFeed[]>
  /** Puts a feed in the place of its older version, whole or not at all. */
  load(feed: FollowedFeedInput, signal: AbortSignal): Promise<unknown>
  remove(feedId: FeedId): Promise<void>
}

/** Brings followed feeds into the catalogue, one after another. What fails leaves the older version, and is said to the log. */
export class CatalogueLoads {
  readonly #store: FollowedCatalogue
  readonly #log: Log
  readonly #signal: AbortSignal
  #last: Promise<unknown> = Promise.resolve()

  constructor(store: FollowedCatalogue, log: Log, signal: AbortSignal) {
    this.#store = store
    this.#log = log
    this.#signal = signal
  }

  /** Shows what feeds offer now, under decisions that act. Those that are shown as they are aren't loaded. */
  showAll(feeds: readonly FollowedFeed[], decisions: readonly FeedDecisions[]): Promise<void> {
    const next = this.#last.then(async () => {
      for (const feed of feeds) await this.#show(feed, decisions)
    })
    this.#last = next.catch(() => null)
    return next
  }

  /** Resolves when nothing is being loaded. */
  async idle(): Promise<void> {
    await this.#last
  }

  async #show(feed: FollowedFeed, decisions: readonly FeedDecisions[]): Promise<void> {
    if (feed.isStopped) return
    try {
      const input = feed.ledger.input()
      if (input === null) return
      const load = withSafety(input, decisions)
      const stored = (await this.#store.feeds()).find(({ id }) => id === input.id)
      if (stored?.version !== load.version) await this.#store.load(load, this.#signal)
    } catch (error) {
      if (this.#signal.aborted) return
      this.#log.error('feed not loaded', { feed: feed.fingerprint, reason: messageOf(error) })
    }
  }
}

/** Leaves out what another feed's decisions withdraw, where the viewer lets it decide (feed-format 14.6). */
function withSafety(
  input: FollowedFeedInput,
  decisions: readonly FeedDecisions[],
): FollowedFeedInput {
  const acting = decisions.filter(
    ({ feedId, decidesSafety, memory }) =>
      feedId !== input.id && decidesSafety && memory.length > 0,
  )
  if (acting.length === 0) return input
  const digest = createHash('sha256').update(JSON.stringify(acting)).digest('hex')
  return {
    ...input,
    version: `${input.version} ${digest}`,
    works: safeWorks(input.id, input.works, acting),
  }
}

function* safeWorks(
  feedId: FeedId,
  works: Iterable<FeedWork>,
  acting: readonly FeedDecisions[],
): Generator<FeedWork, void> {
  for (const work of works) {
    const judged = { feedId, workId: work.record.id, hashes: hashesOf(work.record) }
    if (judgeSafety(judged, acting).standing.isOffered) yield work
  }
}
