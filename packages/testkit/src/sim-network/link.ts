import { SECOND_MS, type Clock } from '@matinee/base'

/** What a link carries at once. `onSent` is called when its last byte has left the link. */
export interface Parcel {
  readonly bytes: number
  onSent(): void
}

/** Somebody who has parcels for a link. */
export interface ParcelSource {
  /** The next parcel; `null` when there is none now. The source wakes the link when that changes. */
  take(): Parcel | null
}

/**
 * The line of a host in one direction: it sends one parcel after another at its rate, and takes them
 * from all its sources in turn, so that streams share the line evenly.
 */
export class Link {
  /** May be changed at any time; the parcel on the line keeps its speed. */
  rateBytesPerSecond: number
  readonly #clock: Clock
  readonly #ready = new Set<ParcelSource>()
  #isBusy = false

  constructor(clock: Clock, rateBytesPerSecond: number) {
    this.#clock = clock
    this.rateBytesPerSecond = rateBytesPerSecond
  }

  /** Says that a source may have parcels. */
  wake(source: ParcelSource): void {
    this.#ready.add(source)
    if (!this.#isBusy) this.#sendNext()
  }

  #sendNext(): void {
    for (const source of this.#ready) {
      // To the end of the round, whether it has something or not.
      this.#ready.delete(source)
      const parcel = source.take()
      if (parcel === null) continue
      this.#ready.add(source)
      this.#isBusy = true
      this.#clock.setTimer((parcel.bytes / this.rateBytesPerSecond) * SECOND_MS, () => {
        this.#isBusy = false
        parcel.onSent()
        if (!this.#isBusy) this.#sendNext()
      })
      return
    }
  }
}
