import { SECOND_MS } from '@matinee/base'

/** What is waited before anything is known. */
const FIRST_MS = 400
const SHORTEST_MS = 100
const LONGEST_MS = 1500

/** How long answers take, as TCP estimates it (RFC 6298): mean and deviation, moving. */
export class AnswerTime {
  #meanMs: number | null = null
  #deviationMs = 0

  note(tookMs: number): void {
    if (this.#meanMs === null) {
      this.#meanMs = tookMs
      this.#deviationMs = tookMs / 2
      return
    }
    const off = tookMs - this.#meanMs
    this.#meanMs += off / 8
    this.#deviationMs += (Math.abs(off) - this.#deviationMs) / 4
  }

  /** Who hasn't answered by then is slower than nearly all others. */
  get slowMs(): number {
    const wait = this.#meanMs === null ? FIRST_MS : this.#meanMs + 2 * this.#deviationMs
    return Math.min(Math.max(wait, SHORTEST_MS), LONGEST_MS)
  }
}

/** Who hasn't answered by then doesn't. */
export const LOST_AFTER_MS = 4 * SECOND_MS
