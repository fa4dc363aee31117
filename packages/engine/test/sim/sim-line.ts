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

  /** Something has left an uplink; `then` runs when it is here. It is booked now, not when it was asked for. */
  carry(bytes: number, delayMs: number, then: () => void): void {
    const startMs = Math.max(this.#freeMs, this.#clock.nowMs())
    this.#freeMs = startMs + (bytes / this.#bytesPerSecond) * 1000
    this.#clock.at(this.#freeMs + delayMs, then)
  }
}
