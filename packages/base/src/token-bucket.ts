import { SECOND_MS } from './units.ts'

/** What may leave at once after a pause: half a second's worth. */
const BURST_MS = SECOND_MS / 2

/**
 * Bytes (or messages) a second that may be used up. Who uses it by {@link TokenBucket.isOpen} may go into debt with one
 * message, so that a rate below a block a second works too; who uses it by {@link TokenBucket.take} never does.
 */
export class TokenBucket {
  readonly #burstMs: number
  #perSecond: number | null = null
  #level = 0
  #atMs = 0

  /** @param burstMs how much of a pause is saved up */
  constructor(burstMs: number = BURST_MS) {
    this.#burstMs = burstMs
  }

  /** Sets the rate in bytes a second; `null` = no limit. Throws RangeError when it isn't above 0. */
  limit(perSecond: number | null, nowMs: number): void {
    if (perSecond !== null && !(perSecond > 0 && Number.isFinite(perSecond)))
      throw new RangeError(`a rate of ${perSecond} bytes a second makes no sense`)
    this.#fill(nowMs)
    const isNew = this.#perSecond === null
    this.#perSecond = perSecond
    if (perSecond === null) return
    const most = this.#most(perSecond)
    this.#level = isNew ? most : Math.min(most, this.#level)
  }

  /** Whether something may leave now. */
  isOpen(nowMs: number): boolean {
    this.#fill(nowMs)
    return this.#perSecond === null || this.#level > 0
  }

  /** Something of this size leaves. */
  use(bytes: number): void {
    if (this.#perSecond !== null) this.#level -= bytes
  }

  /** Uses up so much if all of it is there. In any second that is at most a second's worth and the burst. */
  take(bytes: number, nowMs: number): boolean {
    this.#fill(nowMs)
    if (this.#perSecond !== null && bytes > this.#level) return false
    this.use(bytes)
    return true
  }

  #fill(nowMs: number): void {
    const elapsedMs = nowMs - this.#atMs
    this.#atMs = nowMs
    if (this.#perSecond === null) return
    const came = (this.#perSecond * elapsedMs) / SECOND_MS
    this.#level = Math.min(this.#most(this.#perSecond), this.#level + came)
  }

  #most(perSecond: number): number {
    return (perSecond * this.#burstMs) / SECOND_MS
  }
}
