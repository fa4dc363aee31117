/**
 * The clock by which a shelf says when something was changed. It never says less than what it has seen: after another device whose
 * clock runs ahead was merged, what is changed here still counts as later.
 */
export class EntryClock {
  readonly #nowMs: () => number
  #seenMs = 0

  /** @param nowMs milliseconds since 1970 */
  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  /** There is a word of this time. What is past by now says nothing. */
  seeAhead(atMs: number): void {
    if (atMs > this.#nowMs()) this.#seenMs = Math.max(this.#seenMs, atMs)
  }

  /** The time of a word that is said now. */
  tick(): number {
    const nowMs = Math.floor(this.#nowMs())
    if (nowMs > this.#seenMs) return nowMs
    // At the very end of the calendar words of one moment are told apart by what they say.
    this.#seenMs = Math.min(this.#seenMs + 1, LAST_MS)
    return this.#seenMs
  }
}

/** What a calendar holds. */
const LAST_MS = 8.64e15
