import type { ListSummary } from './catalogue-answers.ts'
import type { Hit } from './catalogue-index.ts'
import type { SegmentView } from './segment-view.ts'
import type { Audience } from './work-query.ts'
import { type QueryWord, searchableWords } from './words.ts'

/** A curated list with the places of its works. */
export interface FoundList {
  readonly summary: ListSummary
  readonly hits: readonly Hit[]
}

/** The lists of all feeds, each with its works that are offered to an audience on a day; none without any. */
export function curatedLists(
  views: readonly SegmentView[],
  audience: Audience,
  day: number,
): FoundList[] {
  return views.flatMap((view) => {
    return view.segment.lists.flatMap(({ id, kind, translations, works }): FoundList[] => {
      const hits = works.flatMap((work) => view.front(work, audience, day) ?? [])
      if (hits.length === 0) return []
      const { id: feedId } = view.segment.feed
      return [{ summary: { feedId, id, kind, translations, workCount: hits.length }, hits }]
    })
  })
}

/** Whether a list's title, in any language, has all words. */
export function matchLists({ summary }: FoundList, words: readonly QueryWord[]): boolean {
  return Object.values(summary.translations).some(({ title }) => {
    const titleWords = [...searchableWords(title)]
    return words.every(({ text, isPrefix }) =>
      titleWords.some((word) => (isPrefix ? word.startsWith(text) : word === text)),
    )
  })
}
