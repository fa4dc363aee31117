import { LIMITS } from '@matinee/base'
/** When so long nobody has answered, more are asked. */
const ASK_MORE_AFTER_MS = 300

/** Decides whom to ask for the a run of leaves: a few at first, more when those say nothing. */
export class LeafAskers {
  readonly #asked = new Map<number, { count: number; sinceMs: number }>()

  /** Whether one more source should be asked about a run now; counts it when so. */
  take(run: number, nowMs: number): boolean {
    const asked = this.#asked.get(run)
    if (
      asked &&
      asked.count >= LIMITS.leavesAskedAtOnce &&
      nowMs - asked.sinceMs < ASK_MORE_AFTER_MS
    )
      return false
    if (!asked || asked.count >= LIMITS.leavesAskedAtOnce)
      this.#asked.set(run, { count: 1, sinceMs: nowMs })
    else asked.count++
    return true
  }

  /** Its leaves are known, or whoever was asked has none: the next one is asked without waiting. */
  forget(run: number): void {
    this.#asked.delete(run)
  }
}
