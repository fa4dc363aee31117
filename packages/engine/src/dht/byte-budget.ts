import { SECOND_MS } from '@matinee/base'

/** Bytes that may go out: `perSecond` on the long run, `burst` at once. In any second at most their sum. */
export class ByteBudget {
  readonly #perSecond: number
  readonly #burst: number
  #left: number
  #atMs = 0

  constructor(perSecond: number, burst: number) {
    this.#perSecond = perSecond
    this.#burst = burst
    this.#left = burst
  }

  /** True = they are taken. */
  take(bytes: number, nowMs: number): boolean {
    const gained = ((nowMs - this.#atMs) / SECOND_MS) * this.#perSecond
    this.#left = Math.min(this.#burst, this.#left + gained)
    this.#atMs = nowMs
    if (bytes > this.#left) return false
    this.#left -= bytes
    return true
  }
}
