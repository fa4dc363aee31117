import type { EventClock } from './event-clock.ts'
import type { SimReader } from './sim-reader.ts'

/** A film that stands still goes on when so much is here. */
const RESUME_SECONDS = 0.5
const TICK_MS = 40

/** Plays what a reader has, as a browser does, and counts how often the film stands still. */
export class SimPlayer {
  readonly #clock: EventClock
  readonly #onMoved: () => void
  stalls = 0
  stalledMs = 0

  constructor(clock: EventClock, onMoved: () => void) {
    this.#clock = clock
    this.#onMoved = onMoved
  }

  /** Lets so much time pass. */
  watch(reader: SimReader, forMs: number): void {
    const untilMs = this.#clock.nowMs() + forMs
    let lastMs = this.#clock.nowMs()
    let stalledSinceMs: number | null = null
    while (this.#clock.nowMs() < untilMs) {
      this.#clock.runUntil(() => false, Math.min(untilMs, lastMs + TICK_MS))
      const nowMs = this.#clock.nowMs()
      const here = reader.verifiedEnd
      const { bytesPerSecond } = reader
      if (stalledSinceMs !== null) {
        const enough = reader.playedTo + RESUME_SECONDS * bytesPerSecond
        if (here < Math.min(reader.span.end, enough)) {
          lastMs = nowMs
          continue
        }
        this.stalledMs += nowMs - stalledSinceMs
        stalledSinceMs = null
      } else {
        reader.playedTo += ((nowMs - lastMs) / 1000) * bytesPerSecond
        if (reader.playedTo > here && here < reader.span.end) {
          reader.playedTo = here
          this.stalls++
          stalledSinceMs = nowMs
        }
        this.#onMoved()
      }
      lastMs = nowMs
    }
    if (stalledSinceMs !== null) this.stalledMs += this.#clock.nowMs() - stalledSinceMs
  }
}
