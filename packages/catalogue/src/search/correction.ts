import { listOf } from './number-lists.ts'
import type { SegmentView } from './segment-view.ts'
import type { Segment } from './segment.ts'
import type { NearWord } from './vocabulary.ts'
import type { QueryWord } from './words.ts'

/** For each segment, for each word that was typed, the words that may have been meant. */
export type NearWords = readonly (readonly (readonly NearWord[])[])[]

/** Words that may have been meant: first only the nearest in all segments, then all of them. */
export function nearWords(
  views: readonly SegmentView[],
  words: readonly QueryWord[],
): readonly NearWords[] {
  const all: NearWords = views.map(({ segment }) =>
    words.map((word) => segment.vocabulary.near(word)),
  )
  const least = words.map((_, index) =>
    Math.min(...all.map((ofSegment) => ofSegment[index]?.[0]?.distance ?? Infinity)),
  )
  // A word that nothing is near to can't be found, however the others are spelt.
  if (least.includes(Infinity)) return []
  const nearest = all.map((ofSegment) =>
    ofSegment.map((near, index) => near.filter(({ distance }) => distance === least[index])),
  )
  return [nearest, all]
}

/** The text with each word as a work that was found has it. */
export function correctionOf(
  segment: Segment,
  words: readonly QueryWord[],
  near: readonly (readonly NearWord[])[],
  work: number,
): string {
  const spelt = words.map((word, index) => {
    const found = near[index]?.find(({ place }) => hasWord(segment, place, work))
    return found === undefined ? word.text : (segment.vocabulary.words[found.place] ?? word.text)
  })
  return spelt.join(' ')
}

function hasWord(segment: Segment, place: number, work: number): boolean {
  if (listOf(segment.wordTitles, place).includes(work)) return true
  return listOf(segment.wordPeople, place).some((person) =>
    listOf(segment.personWorks, person).includes(work),
  )
}
