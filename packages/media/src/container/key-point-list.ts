import { LIMITS } from '@matinee/base'
import type { KeyPoint } from './container-index.ts'

/** Points closer together than this are one: nobody seeks finer. */
const APART_SECONDS = 0.5

/** Collects key points in the order of the file, and leaves out what is too close, too late, or too much. */
export class KeyPointList {
  readonly #points: KeyPoint[] = []

  add(point: KeyPoint): void {
    const { seconds, offset } = point
    const isMoment = seconds >= 0 && seconds < LIMITS.filmSeconds && Number.isSafeInteger(offset)
    const last = this.#points.at(-1)
    const isClose = last !== undefined && Math.abs(seconds - last.seconds) < APART_SECONDS
    if (isMoment && !isClose && this.#points.length < LIMITS.keyPoints) this.#points.push(point)
  }

  /** Sorted by moment; a point whose bytes lie before those of an earlier moment goes. */
  sorted(): KeyPoint[] {
    let [seconds, offset] = [-1, -1]
    return this.#points
      .toSorted((a, b) => a.seconds - b.seconds)
      .filter((point) => {
        if (point.seconds <= seconds || point.offset <= offset) return false
        ;[seconds, offset] = [point.seconds, point.offset]
        return true
      })
  }
}
