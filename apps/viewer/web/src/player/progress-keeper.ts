import type { PlayerClock } from './media-port.ts'

/** Where a film is, for the shelf. */
export interface Place {
  readonly seconds: number
  readonly durationSeconds: number
}

/** How often a film that plays says where it is. */
export const KEEP_EVERY_MS = 5000

/** Where nothing was played nothing is kept: seeking about isn't watching. */
export const PLAYED_AT_LEAST_SECONDS = 1

/**
 * Tells the shelf where a film is: every few seconds while it plays, at a pause, and when it's left. When it's told
 * is decided here; what that means (begun, watched from 95 %) is the shelf's. Whoever sends it must do so even while
 * the page goes away.
 */
export class ProgressKeeper {
  readonly #send: (place: Place) => void
  readonly #clock: PlayerClock
  #place: Place | null = null
  #sent: Place | null = null
  #sentMs = 0
  #playedSeconds = 0

  constructor(send: (place: Place) => void, clock: PlayerClock) {
    this.#send = send
    this.#clock = clock
  }

  /** The film is here now. Unknown lengths (0) aren't kept. */
  at(place: Place, isPlaying: boolean): void {
    const step = place.seconds - (this.#place?.seconds ?? place.seconds)
    // Larger steps are seeks.
    if (isPlaying && step > 0 && step < 2) this.#playedSeconds += step
    if (this.#place === null) this.#sentMs = this.#clock.nowMs()
    this.#place = place
    if (isPlaying && this.#clock.nowMs() - this.#sentMs >= KEEP_EVERY_MS) this.keep()
  }

  /** Tells where it is now: at a pause, at the end, when the page goes. */
  keep(): void {
    const place = this.#place
    if (place === null || place.durationSeconds <= 0) return
    if (this.#playedSeconds < PLAYED_AT_LEAST_SECONDS) return
    if (this.#sent !== null && Math.abs(place.seconds - this.#sent.seconds) < 0.5) return
    this.#sent = place
    this.#sentMs = this.#clock.nowMs()
    this.#send(place)
  }
}
