import type { AssDrawing, Cue } from '@matinee/media'

/**
 * The cues of a film on a line of time. Cues may overlap and be long; what shows at a moment is found without
 * looking at those that are over.
 */
export class CueLine {
  /** In order of their start. */
  readonly cues: readonly Cue[]
  /** How their maker drew them; null = they have no styles. */
  readonly drawing: AssDrawing | null
  /** For each cue, when it and all before it are over. */
  readonly #overBy: readonly number[]

  /** @param cues in order of their start */
  constructor(cues: readonly Cue[], drawing: AssDrawing | null = null) {
    this.cues = cues
    this.drawing = drawing
    let latest = 0
    this.#overBy = cues.map(({ endSeconds }) => (latest = Math.max(latest, endSeconds)))
  }

  /** What shows at a moment, first come first. */
  at(seconds: number): readonly Cue[] {
    const found: Cue[] = []
    for (let index = this.begunBy(seconds) - 1; index >= 0; index--) {
      if ((this.#overBy[index] ?? 0) <= seconds) break
      const cue = this.cues[index]
      if (cue !== undefined && cue.endSeconds > seconds) found.unshift(cue)
    }
    return found
  }

  /** How many cues have begun. */
  begunBy(seconds: number): number {
    let [low, high] = [0, this.cues.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.cues[middle]?.startSeconds ?? Infinity) <= seconds) low = middle + 1
      else high = middle
    }
    return low
  }
}
