/**
 * Section 15 of docs/feed-format.md: which records are one work. A record joins the first shown record with which it shares an
 * identity itself; never by way of a third one, and never one of its own feed, so that no feed can make one of two works of
 * another. Records that aren't offered come after all others: they stand for a work only where none is offered.
 */
import type { LinkedWorks } from './linked-works.ts'

/** Linked works, put together. */
export interface MergedWorks {
  /** Linked works → their groups, from 0. */
  readonly groupOf: Uint32Array
  /** Groups → the linked work that is shown. */
  readonly shown: Uint32Array
  /** Linked works → the next one of their group, in the order of feeds; {@link LAST} = none. */
  readonly next: Uint32Array
}

/** Behind the last work of a group. */
export const LAST = 0xffff_ffff

/**
 * Puts linked works together.
 *
 * @param isOffered of each linked work
 */
export function mergeLinked(
  { feeds, identities, identityCount }: LinkedWorks,
  isOffered: (linked: number) => boolean,
): MergedWorks {
  const count = feeds.length
  const groupOf = new Uint32Array(count)
  const next = new Uint32Array(count).fill(LAST)
  const [shown, lastOf]: [number[], number[]] = [[], []]
  /** Identities → the first group whose shown record carries it. */
  const groupWith = new Uint32Array(identityCount).fill(LAST)
  const hasFeed = (group: number, feed: number | undefined): boolean => {
    for (let work = shown[group] ?? LAST; work !== LAST; work = next[work] ?? LAST)
      if (feeds[work] === feed) return true
    return false
  }
  const place = (work: number): void => {
    const [start, end] = [identities.offsets[work] ?? 0, identities.offsets[work + 1] ?? 0]
    let group = LAST
    for (let at = start; at < end; at++) {
      const known = groupWith[identities.values[at] ?? 0] ?? LAST
      if (known < group && !hasFeed(known, feeds[work])) group = known
    }
    if (group === LAST) {
      group = shown.push(work) - 1
      lastOf.push(work)
      for (let at = start; at < end; at++) {
        const identity = identities.values[at] ?? 0
        if (groupWith[identity] === LAST) groupWith[identity] = group
      }
    } else {
      next[lastOf[group] ?? 0] = work
      lastOf[group] = work
    }
    groupOf[work] = group
  }
  for (const wanted of [true, false])
    for (let work = 0; work < count; work++) if (isOffered(work) === wanted) place(work)
  return { groupOf, shown: Uint32Array.from(shown), next }
}
