import { RateWindow } from './rate-window.ts'

/**
 * One {@link RateWindow} for each key, such as an address. Bounded: idle ones are forgotten, and of
 * more than `maxKeys` busy ones the oldest.
 */
export class KeyedWindows {
  readonly #limit: number
  readonly #windowMs: number
  readonly #maxKeys: number
  readonly #windows = new Map<string, RateWindow>()

  constructor(options: { limit: number; windowMs: number; maxKeys: number }) {
    this.#limit = options.limit
    this.#windowMs = options.windowMs
    this.#maxKeys = options.maxKeys
  }

  /** Takes a place of `key` now if there is one. */
  take(key: string, nowMs: number): boolean {
    const window = this.#windows.get(key) ?? this.#create(key, nowMs)
    return window.take(nowMs)
  }

  /** Whether `key` has a place now; takes nothing. */
  has(key: string, nowMs: number): boolean {
    return (this.#windows.get(key)?.waitMs(nowMs) ?? 0) === 0
  }

  #create(key: string, nowMs: number): RateWindow {
    if (this.#windows.size >= this.#maxKeys) this.#forget(nowMs)
    const window = new RateWindow(this.#limit, this.#windowMs)
    this.#windows.set(key, window)
    return window
  }

  #forget(nowMs: number): void {
    for (const [key, window] of this.#windows) if (window.isIdle(nowMs)) this.#windows.delete(key)
    // Still full: a tenth at once, so that a flood of new keys doesn't make every call a full scan.
    let surplus = this.#windows.size - Math.floor(this.#maxKeys * 0.9)
    for (const key of this.#windows.keys()) if (surplus-- > 0) this.#windows.delete(key)
  }
}
