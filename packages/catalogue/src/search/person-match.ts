import type { PersonSummary } from './catalogue-answers.ts'
import { listOf } from './number-lists.ts'
import type { SegmentView } from './segment-view.ts'
import type { Audience } from './work-query.ts'
import type { QueryWord } from './words.ts'

/** Somebody by place, and how many of their works are offered. */
export interface PersonHit {
  readonly view: SegmentView
  readonly person: number
  readonly workCount: number
}

/** The people of a segment whose names have all words, who made most first; none without an offered work. */
export function matchPeople(
  view: SegmentView,
  words: readonly QueryWord[],
  audience: Audience,
  day: number,
  limit: number,
): PersonHit[] {
  const { vocabulary, wordPeople, personWorks } = view.segment
  const masks = new Uint16Array(Math.max(0, personWorks.offsets.length - 1))
  for (const [index, word] of words.entries()) {
    const { start, end } = vocabulary.exactSpan(word)
    for (let place = start; place < end; place++)
      for (const person of listOf(wordPeople, place))
        masks[person] = (masks[person] ?? 0) | (1 << index)
  }
  const all = 2 ** words.length - 1
  const hits: PersonHit[] = []
  for (let person = 0; person < masks.length; person++) {
    if (masks[person] !== all) continue
    const workCount = offeredWorksOf(view, person, audience, day).length
    if (workCount > 0) hits.push({ view, person, workCount })
  }
  const hashOf = ({ person }: PersonHit): number => view.segment.personHashes[person] ?? 0
  return hits.sort((a, b) => b.workCount - a.workCount || hashOf(a) - hashOf(b)).slice(0, limit)
}

/** The works of somebody that are offered to an audience on a day. */
export function offeredWorksOf(
  view: SegmentView,
  person: number,
  audience: Audience,
  day: number,
): number[] {
  const { isOffered } = view.offered(audience, day)
  return Array.from(listOf(view.segment.personWorks, person)).filter(
    (work) => isOffered[work] === 1,
  )
}

/** Everybody once, who made most first: two feeds may know the same person. */
export function distinctPeople(people: readonly PersonSummary[]): PersonSummary[] {
  const byKey = new Map<string, PersonSummary>()
  for (const person of people) {
    const known = byKey.get(person.key)
    const workCount = person.workCount + (known?.workCount ?? 0)
    byKey.set(person.key, { ...(known ?? person), workCount })
  }
  return [...byKey.values()].toSorted((a, b) => b.workCount - a.workCount)
}
