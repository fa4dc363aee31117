/**
 * Our own line: what uplinks have sent passes it one after another. It's booked when an uplink *has sent* a
 * block. Booked at the request, one block of a slow peer would hold up everybody else's.
 */
export class SharedLine {
  readonly #bytesPerSecond: number
  #freeMs = Number.NEGATIVE_INFINITY

  constructor(bytesPerSecond: number) {
    this.#bytesPerSecond = bytesPerSecond
  }

  /** When bytes are through whose last left an uplink at `sentMs`. Must be called in the order of these times. */
  book(sentMs: number, bytes: number): number {
    const takesMs = (bytes / this.#bytesPerSecond) * 1000
    this.#freeMs = Math.max(sentMs, this.#freeMs + takesMs)
    return this.#freeMs
  }
}
