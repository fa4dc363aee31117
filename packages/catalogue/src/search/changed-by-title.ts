import { SegmentView } from './segment-view.ts'
import type { Segment } from './segment.ts'

/**
 * Works in the order of their titles: those that stay keep it, the changed ones are put in among them. `works` are the numbers
 * of these from now on; `isGone` says what was at a number before and isn't any more.
 */
export function changedByTitle(
  base: Segment,
  { changed, works }: { readonly changed: Segment; readonly works: Uint32Array },
  isGone: Uint8Array,
): Uint32Array {
  const before = base.byTitle.filter((work) => isGone[work] !== 1)
  const [old, now] = [new SegmentView(base), new SegmentView(changed)]
  const next = new Uint32Array(before.length + works.length)
  let done = 0
  let length = 0
  for (const own of changed.byTitle) {
    const title = now.titleKey(own)
    const hash = changed.idHashes[own] ?? 0
    let [low, high] = [done, before.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      const work = before[middle] ?? 0
      const key = old.titleKey(work)
      if (key < title || (key === title && (base.idHashes[work] ?? 0) < hash)) low = middle + 1
      else high = middle
    }
    next.set(before.subarray(done, low), length)
    length += low - done
    next[length++] = works[own] ?? 0
    done = low
  }
  next.set(before.subarray(done), length)
  return next
}
