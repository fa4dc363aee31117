import { KIB, SECOND_MS, TokenBucket, sleep, type Clock } from '@matinee/base'

/** Smaller parts cost more asking than they even out. */
const LEAST_PART_BYTES = 256 * KIB
/** How often is looked whether the viewer chose another pace meanwhile. */
const LOOK_EVERY_MS = SECOND_MS / 2

/**
 * How fast what is kept is fetched, all of it together: as fast as the viewer said, over a minute. It comes in parts,
 * and pauses between them.
 */
export class KeepPace {
  readonly #clock: Clock
  readonly #bytesPerSecond: () => number | null
  readonly #bucket = new TokenBucket()

  /** @param bytesPerSecond null = as fast as it comes */
  constructor(clock: Clock, bytesPerSecond: () => number | null) {
    this.#clock = clock
    this.#bytesPerSecond = bytesPerSecond
  }

  /** The most that is asked for at once: a second's worth, but not less than is worth asking. */
  get mostBytes(): number {
    return Math.max(LEAST_PART_BYTES, this.#bytesPerSecond() ?? Number.POSITIVE_INFINITY)
  }

  /** So much came: resolves when more may. Throws the signal's reason. */
  async came(bytes: number, signal: AbortSignal): Promise<void> {
    this.#limit()
    this.#bucket.use(bytes)
    while (!this.#bucket.isOpen(this.#clock.nowMs())) {
      await sleep(this.#clock, LOOK_EVERY_MS, signal)
      this.#limit()
    }
  }

  #limit(): void {
    this.#bucket.limit(this.#bytesPerSecond(), this.#clock.nowMs())
  }
}
