import type { PlayerClock } from './media-port.ts'

/** A seek that isn't done after so long gives way to a newer one. */
export const SEEK_PATIENCE_MS = 250

/**
 * Lets one seek through at a time: while it's under way only the newest wish waits, and every wish before it is
 * forgotten. What the viewer last asked for is always what is sought last, however slowly the film comes.
 */
export class SeekGate {
  readonly #seek: (seconds: number) => void
  readonly #clock: PlayerClock
  #isUnderWay = false
  #waiting: number | null = null
  #callOff: () => void = () => undefined

  constructor(seek: (seconds: number) => void, clock: PlayerClock) {
    this.#seek = seek
    this.#clock = clock
  }

  /** Whether what the media element says of its position is older than what the viewer asked for. */
  get isBehind(): boolean {
    return this.#waiting !== null
  }

  /** The viewer wants to be there. */
  seek(seconds: number): void {
    if (this.#isUnderWay) this.#waiting = seconds
    else this.#send(seconds)
  }

  /** The media element has arrived where it was sent. */
  arrived(): void {
    this.#callOff()
    this.#isUnderWay = false
    this.#sendWaiting()
  }

  /** Forgets everything: the media element begins anew, or nobody needs it any more. */
  clear(): void {
    this.#callOff()
    this.#isUnderWay = false
    this.#waiting = null
  }

  #send(seconds: number): void {
    this.#isUnderWay = true
    this.#callOff()
    this.#callOff = this.#clock.after(SEEK_PATIENCE_MS, () => {
      this.#isUnderWay = false
      this.#sendWaiting()
    })
    this.#seek(seconds)
  }

  #sendWaiting(): void {
    const seconds = this.#waiting
    this.#waiting = null
    if (seconds !== null) this.#send(seconds)
  }
}
