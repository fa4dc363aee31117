import { type Clock, sleep } from './clock.ts'

/** Milliseconds that one piece of work may keep everything else of its thread waiting. */
const TURN_MS = 4

/** For work on very many things: now and then everything else that waits has its turn. */
export class ShortTurns {
  readonly #clock: Clock
  #sinceMs: number

  constructor(clock: Clock) {
    this.#clock = clock
    this.#sinceMs = clock.nowMs()
  }

  /** Call it after each thing: it waits only when this turn has taken long enough. Rejects with the signal's reason. */
  async rest(signal?: AbortSignal): Promise<void> {
    if (this.#clock.nowMs() - this.#sinceMs < TURN_MS) return
    await sleep(this.#clock, 0, signal)
    this.#sinceMs = this.#clock.nowMs()
  }
}

/** The things in order, as `toSorted` has them, without a long turn. Rejects with the signal's reason. */
export async function sortedInTurns<T>(
  things: readonly T[],
  compare: (one: T, other: T) => number,
  turns: ShortTurns,
  signal?: AbortSignal,
): Promise<T[]> {
  let runs: T[][] = []
  for (let at = 0; at < things.length; at += RUN_LENGTH) {
    runs.push(things.slice(at, at + RUN_LENGTH).sort(compare))
    await turns.rest(signal)
  }
  while (runs.length > 1) {
    const merged: T[][] = []
    for (let at = 0; at < runs.length; at += 2)
      merged.push(await mergedRuns(runs[at] ?? [], runs[at + 1] ?? []))
    runs = merged
  }
  return runs[0] ?? []

  async function mergedRuns(one: readonly T[], other: readonly T[]): Promise<T[]> {
    const all: T[] = []
    let [i, j] = [0, 0]
    for (;;) {
      const [left, right] = [one[i], other[j]]
      if (i >= one.length || left === undefined) return all.concat(other.slice(j))
      if (j >= other.length || right === undefined) return all.concat(one.slice(i))
      if (compare(left, right) <= 0) {
        all.push(left)
        i++
      } else {
        all.push(right)
        j++
      }
      if (all.length % RUN_LENGTH === 0) await turns.rest(signal)
    }
  }
}

/** Things that are put in order at once. */
const RUN_LENGTH = 1000
