import type { WorkList } from '../feed/feed-manifest.ts'
import type { WorkId } from '../name/id.ts'
import type { SegmentList } from './segment.ts'

/** A list of a manifest with the numbers of its works; works without a number are left out. */
export function segmentList(
  { id, kind, translations, works }: WorkList,
  numberOf: (work: WorkId) => number | null | undefined,
): SegmentList {
  const titles = Object.entries(translations).map(
    ([language, { title, note }]): [string, { title: string; note?: string }] => [
      language,
      note === undefined ? { title } : { title, note },
    ],
  )
  const numbers = works.map(numberOf)
  return {
    id,
    kind,
    translations: Object.fromEntries(titles),
    works: numbers.filter((number) => number !== undefined && number !== null),
  }
}
