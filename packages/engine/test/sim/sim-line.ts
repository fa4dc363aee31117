import type { EventClock } from './event-clock.ts'

/** Our own line: takes what uplinks have sent, one after another, at its rate. */
export class SimLine {
  readonly #clock: EventClock
  readonly #bytesPerSecond: number
  #freeMs = 0

  constructor(clock: EventClock, bytesPerSecond: number) {
    this.#clock = clock
    this.#bytesPerSecond = bytesPerSecond
  }

  /**
   * Something has left an uplink: books it now, not when it was asked for. Returns when it is through the
   * line, without the way to it.
   */
  book(bytes: number): number {
    const startMs = Math.max(this.#freeMs, this.#clock.nowMs())
    this.#freeMs = startMs + (bytes / this.#bytesPerSecond) * 1000
    return this.#freeMs
  }
}
