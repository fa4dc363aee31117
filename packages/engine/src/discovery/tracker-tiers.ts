import { SECOND_MS, type Clock, type Random } from '@matinee/base'
import type { Announcer } from './announcer.ts'

/** While somebody waits and nobody is there, another tracker is asked so often. */
const WIDEN_EVERY_MS = 1 * SECOND_MS

/**
 * The trackers of one list (BEP 12): tiers in order, drawn within a tier. The first that answers is the one
 * we stay with, and comes first in its tier from then on; the next is asked when one fails. Those that failed
 * are tried again at their own, ever longer, intervals. Who waits alone asks one more each second: trackers of
 * one torrent may know different people, and a dead one says nothing for a minute.
 */
export class TrackerTiers {
  readonly #tiers: Announcer[][]
  readonly #clock: Clock
  readonly #started = new Set<Announcer>()
  #widenedMs = -Infinity

  /** @param make an announcer of a URL, which is to call `onAnswered` and `onFailed` */
  constructor(parts: {
    readonly tiers: readonly (readonly string[])[]
    readonly clock: Clock
    readonly random: Random
    readonly make: (url: string, events: AnnouncerEvents) => Announcer
  }) {
    this.#clock = parts.clock
    this.#tiers = parts.tiers.map((urls) =>
      drawn(urls, parts.random).map((url) => {
        const announcer: Announcer = parts.make(url, {
          onAnswered: (peers) => this.#answered(announcer, peers),
          onFailed: () => this.#failed(),
        })
        return announcer
      }),
    )
  }

  /** In the order in which they are asked. */
  get all(): readonly Announcer[] {
    return this.#tiers.flat()
  }

  /** Announces at the first of them, or anew at those that know us. */
  start(): void {
    this.#widenedMs = this.#clock.nowMs()
    if (this.#started.size === 0) this.#startNext()
    else for (const announcer of this.#started) announcer.start()
  }

  /** Somebody waits and nobody is there. */
  hurry(): void {
    for (const announcer of this.#started) announcer.hurry()
    const nowMs = this.#clock.nowMs()
    if (this.#started.size === 0 || nowMs - this.#widenedMs < WIDEN_EVERY_MS) return
    this.#widenedMs = nowMs
    this.#startNext()
  }

  /** The last byte has come. */
  completed(): void {
    for (const announcer of this.all) announcer.completed()
  }

  async stop(): Promise<void> {
    await Promise.all(this.all.map((announcer) => announcer.stop()))
  }

  /** The next one's turn, unless another one knows us, or is about to. */
  #failed(): void {
    for (const { state } of this.#started) if (state.kind !== 'failed') return
    this.#startNext()
  }

  #startNext(): void {
    const next = this.all.find((announcer) => !this.#started.has(announcer))
    if (!next) return
    this.#started.add(next)
    next.start()
  }

  /** It stays first of its tier. Those behind it rest when it knows somebody. */
  #answered(announcer: Announcer, peers: number): void {
    const tier = this.#tiers.find((one) => one.includes(announcer))
    if (!tier) return
    tier.splice(tier.indexOf(announcer), 1)
    tier.unshift(announcer)
    if (peers === 0) return
    const { all } = this
    for (const other of all.slice(all.indexOf(announcer) + 1))
      if (this.#started.delete(other)) other.rest()
  }
}

/** What a list of trackers hears of each. */
export interface AnnouncerEvents {
  /** @param peers how many it named */
  onAnswered(peers: number): void
  onFailed(): void
}

/** In a random order (BEP 12). */
function drawn(urls: readonly string[], random: Random): string[] {
  const left = [...urls]
  const order: string[] = []
  while (left.length > 0) order.push(...left.splice(random.below(left.length), 1))
  return order
}
