import { LIMITS, SECOND_MS } from '@matinee/base'

/** How often one address is asked: less often than nodes are willing to hear, or the rest would be dropped as spam. */
export class AskPace {
  /** By address: when it was last asked, the longest ago first. */
  readonly #asked = new Map<string, number[]>()

  /** How long a question has to wait, ms; 0 = it may go, and is counted. */
  take(key: string, nowMs: number): number {
    const last = (this.#asked.get(key) ?? []).filter((atMs) => nowMs - atMs < SECOND_MS)
    const [first] = last
    if (first !== undefined && last.length >= LIMITS.dhtQuestionsPerSecond)
      return first + SECOND_MS - nowMs
    last.push(nowMs)
    this.#asked.delete(key)
    this.#asked.set(key, last)
    const [oldest] = this.#asked.keys()
    if (this.#asked.size > LIMITS.dhtSilent && oldest !== undefined) this.#asked.delete(oldest)
    return 0
  }
}
