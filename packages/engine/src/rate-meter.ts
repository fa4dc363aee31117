/** The window of the average. */
const WINDOW_MS = 5_000

/** How fast a counter has grown over the last {@link WINDOW_MS}. */
export class RateMeter {
  readonly #samples: { readonly atMs: number; readonly total: number }[] = []

  /** Notes where the counter stands. */
  note(total: number, nowMs: number): void {
    this.#samples.push({ atMs: nowMs, total })
    const oldest = nowMs - WINDOW_MS
    while (this.#samples.length > 2 && (this.#samples[1]?.atMs ?? nowMs) <= oldest)
      this.#samples.shift()
  }

  get perSecond(): number {
    const first = this.#samples[0]
    const last = this.#samples.at(-1)
    if (!first || !last || last.atMs <= first.atMs) return 0
    return ((last.total - first.total) * 1000) / (last.atMs - first.atMs)
  }
}
