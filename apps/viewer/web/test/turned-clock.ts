import type { PlayerClock } from '../src/player/media-port.ts'

/** A player's clock that is turned by hand. */
export class TurnedClock implements PlayerClock {
  #nowMs = 0
  readonly #timers: { readonly atMs: number; readonly run: () => void }[] = []

  nowMs(): number {
    return this.#nowMs
  }

  after(delayMs: number, run: () => void): () => void {
    const timer = { atMs: this.#nowMs + delayMs, run }
    this.#timers.push(timer)
    return () => {
      const at = this.#timers.indexOf(timer)
      if (at >= 0) this.#timers.splice(at, 1)
    }
  }

  /** Lets time pass: what is due runs in its order, and what follows from it settles. */
  async pass(ms: number): Promise<void> {
    await settled()
    const endMs = this.#nowMs + ms
    for (;;) {
      const due = this.#timers
        .filter(({ atMs }) => atMs <= endMs)
        .toSorted((a, b) => a.atMs - b.atMs)[0]
      if (due === undefined) break
      this.#timers.splice(this.#timers.indexOf(due), 1)
      this.#nowMs = due.atMs
      due.run()
      await settled()
    }
    this.#nowMs = endMs
    await settled()
  }
}

/** Everything that waits for nothing but promises has happened. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
