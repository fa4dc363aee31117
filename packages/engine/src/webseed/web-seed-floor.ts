import { SECOND_MS, type Clock } from '@matinee/base'
import type { Supply } from '../pick/block-source.ts'

/** Film that must be here before a web seed of weight 1 is left alone. */
const BUFFER_SECONDS = 5
/** However dear it is: below this the film would stop. */
const LEAST_BUFFER_SECONDS = 1.5
/** Peers that bring this much more than the film takes are enough, at weight 1. */
const SPARE_SHARE = 0.3
/** Further ahead than this, peers have time, be they ever so slow. */
const MOST_AHEAD_SECONDS = 15

/** Of the average of what peers bring. */
const RATE_HALF_LIFE_MS = 1 * SECOND_MS

/**
 * Whether a web seed is to be left alone (docs/streaming.md, "Web seeds"): peers carry the film, the web
 * seed is the floor under it. While a reader starves it races with everybody. `costWeight`: what its
 * publisher pays, 1 = as usual, 0 = nothing, 2 = twice.
 */
export function isEnoughWithout(supply: Supply, costWeight: number): boolean {
  if (costWeight <= 0) return false
  if (supply.isStarving) return false
  const leastBuffer = Math.max(LEAST_BUFFER_SECONDS, BUFFER_SECONDS / costWeight)
  if (supply.bufferSeconds < leastBuffer) return false
  const isAnybody = supply.peerBytesPerSecond > 0
  if (isAnybody && supply.bufferSeconds > MOST_AHEAD_SECONDS) return true
  const enough = supply.filmBytesPerSecond * (1 + SPARE_SHARE / costWeight)
  return supply.peerBytesPerSecond >= enough
}

/** {@link isEnoughWithout} over what peers bring on average: one late block is no reason to ask a web seed. */
export class WebSeedFloor {
  readonly #clock: Clock
  readonly #costWeight: number
  #rate = 0
  #atMs = Number.NEGATIVE_INFINITY

  constructor(clock: Clock, costWeight: number) {
    this.#clock = clock
    this.#costWeight = costWeight
  }

  /** Asked at every pass. */
  isAbove(supply: Supply): boolean {
    const nowMs = this.#clock.nowMs()
    const share = 0.5 ** ((nowMs - this.#atMs) / RATE_HALF_LIFE_MS)
    const now = supply.peerBytesPerSecond
    this.#rate = now + (this.#rate - now) * share
    this.#atMs = nowMs
    return isEnoughWithout({ ...supply, peerBytesPerSecond: this.#rate }, this.#costWeight)
  }
}
