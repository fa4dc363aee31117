/**
 * At most `limit` acts in any span of `windowMs`. Unlike a token bucket it never lets twice the limit
 * through around a pause. Keeps `limit` times at most.
 */
export class RateWindow {
  readonly #limit: number
  readonly #windowMs: number
  /** When the last acts happen, ascending; reserved ones lie in the future. */
  readonly #times: number[] = []

  constructor(limit: number, windowMs: number) {
    this.#limit = limit
    this.#windowMs = windowMs
  }

  /** Takes a place now if there is one. */
  take(nowMs: number): boolean {
    if (this.waitMs(nowMs) > 0) return false
    this.#put(nowMs)
    return true
  }

  /** Takes the next place and returns how long it is until then, 0 for now. */
  reserve(nowMs: number): number {
    const waitMs = this.waitMs(nowMs)
    this.#put(nowMs + waitMs)
    return waitMs
  }

  /** How long it is until an act may happen, 0 for now. */
  waitMs(nowMs: number): number {
    const oldest = this.#times.length < this.#limit ? undefined : this.#times[0]
    return oldest === undefined ? 0 : Math.max(0, oldest + this.#windowMs - nowMs)
  }

  /** Whether nothing in the window counts any more. */
  isIdle(nowMs: number): boolean {
    const newest = this.#times.at(-1)
    return newest === undefined || newest + this.#windowMs <= nowMs
  }

  #put(atMs: number): void {
    this.#times.push(atMs)
    if (this.#times.length > this.#limit) this.#times.shift()
  }
}
