import type { CatalogueCounts } from './catalogue-answers.ts'
import { searchIndex } from './catalogue-index.ts'
import type { SegmentView } from './segment-view.ts'
import type { Audience } from './work-query.ts'

/** How many works there are for somebody on a day. A work that two feeds have is one. */
export function countWorks(
  views: readonly SegmentView[],
  { territory, ages = null }: Audience,
  day: number,
): CatalogueCounts {
  const query = { territory, ages, limit: 0, withFacets: true }
  const { total, facets } = searchIndex(views, query, day)
  const of = (kind: string): number => facets?.kinds.find(({ value }) => value === kind)?.count ?? 0
  const elsewhere = views.reduce(
    (sum, view) => sum + view.workCount - view.offeredAlone({ territory }, day).count,
    0,
  )
  const repeated = views[0]?.merging?.repeated(territory, day) ?? 0
  return {
    offered: total,
    notOffered: elsewhere - repeated,
    feature: of('feature'),
    short: of('short'),
    series: of('series'),
  }
}
