import { TurnQueue, type Clock, type Timer } from '@matinee/base'
import { KEEP_EVERY_MS, type CopyKeeper } from './copy-keeper.ts'
import type { FeedCopy } from './feed-copy.ts'
import type { FollowedFeed } from './followed-feed.ts'

/** Has the copies of feeds kept, one after another, after each refresh and every so often. */
export class CopyRounds {
  readonly #keeper: Pick<CopyKeeper, 'keep' | 'drop'>
  readonly #clock: Clock
  readonly #signal: AbortSignal
  readonly #copies = new Map<FollowedFeed, FeedCopy>()
  readonly #timers = new Map<FollowedFeed, Timer>()
  readonly #turns = new TurnQueue()

  /** @param signal aborted when everything ends */
  constructor(keeper: Pick<CopyKeeper, 'keep' | 'drop'>, clock: Clock, signal: AbortSignal) {
    this.#keeper = keeper
    this.#clock = clock
    this.#signal = signal
  }

  /** A feed's copy is to be kept, from its first {@link keep} on. */
  add(feed: FollowedFeed, copy: FeedCopy): void {
    this.#copies.set(feed, copy)
  }

  /** Keeps a feed's copy when it's its turn. Never rejects. */
  keep(feed: FollowedFeed): Promise<void> {
    return this.#turns.run(async () => {
      const copy = this.#copies.get(feed)
      if (copy === undefined || this.#signal.aborted) return
      // What failed is in the log; the end of everything is no failure.
      await this.#keeper.keep(feed, copy, this.#signal).catch(() => null)
      this.#timers.get(feed)?.cancel()
      if (this.#signal.aborted || !this.#copies.has(feed)) return
      const again = (): void => void this.keep(feed)
      this.#timers.set(feed, this.#clock.setTimer(KEEP_EVERY_MS, again))
    })
  }

  /** Its copy is nobody's concern any more. */
  async drop(feed: FollowedFeed): Promise<void> {
    this.#copies.delete(feed)
    this.#timers.get(feed)?.cancel()
    this.#timers.delete(feed)
    await this.#turns.idle()
    await this.#keeper.drop(feed.fingerprint)
  }

  /** After the signal was aborted: resolves when nothing is done any more. */
  async end(): Promise<void> {
    for (const timer of this.#timers.values()) timer.cancel()
    await this.#turns.idle()
  }
}
