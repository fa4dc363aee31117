import { SECOND_MS, sleep, type Clock } from '@matinee/base'

/** How slow a fake disk is. */
export interface DiskTimingOptions {
  readonly clock: Clock
  /** Of every call. Default 0. */
  readonly latencyMs?: number
  /** Reads and writes queue for it. Default Infinity. */
  readonly bytesPerSecond?: number
}

/** How long a disk takes, on a clock. Both numbers may be changed at any time. */
export class DiskTiming {
  latencyMs: number
  bytesPerSecond: number
  readonly #clock: Clock
  #freeAtMs = 0

  constructor(options: DiskTimingOptions) {
    this.#clock = options.clock
    this.latencyMs = options.latencyMs ?? 0
    this.bytesPerSecond = options.bytesPerSecond ?? Infinity
  }

  nowMs(): number {
    return this.#clock.wallMs()
  }

  async wait(bytes: number): Promise<void> {
    const nowMs = this.#clock.nowMs()
    // One head: transfers stand in line.
    const startMs = Math.max(nowMs, this.#freeAtMs)
    const doneMs = startMs + (bytes / this.bytesPerSecond) * SECOND_MS
    if (bytes > 0) this.#freeAtMs = doneMs
    const waitMs = (bytes > 0 ? doneMs - nowMs : 0) + this.latencyMs
    if (waitMs > 0) await sleep(this.#clock, waitMs)
  }
}
