import type { RowRequest, RowSpec } from './catalogue-answers.ts'
import {
  type Hit,
  PAGE_WORKS,
  type SegmentResult,
  matching,
  searchIndex,
} from './catalogue-index.ts'
import type { SegmentView } from './segment-view.ts'
import { mixedHash, textHash } from './text-hash.ts'
import { MATCH } from './text-match.ts'
import type { WorkFilters, WorkSort } from './work-query.ts'

const ROW = 24
/** A short is over in 40 minutes. */
const SHORT_SECONDS = 2400

/** The works of a row of the programme. */
export function rowHits(
  views: readonly SegmentView[],
  { row, limit = ROW, ...audience }: RowRequest,
  day: number,
): { readonly total: number; readonly hits: readonly Hit[] } {
  if (row.kind === 'pick')
    return pick(
      matching(views, { ...audience, filters: row.filters ?? {} }, day),
      row.seed,
      Math.min(limit, PAGE_WORKS),
    )
  const { filters, sort } = queryOf(row)
  return searchIndex(views, { ...audience, filters, sort, limit, withFacets: false }, day)
}

function queryOf(row: Exclude<RowSpec, { kind: 'pick' }>): {
  readonly filters: WorkFilters
  readonly sort: WorkSort
} {
  switch (row.kind) {
    case 'added':
      return { filters: {}, sort: 'added' }
    case 'short':
      return { filters: { durationSeconds: { start: 1, end: SHORT_SECONDS + 1 } }, sort: 'length' }
    case 'silent':
      return { filters: { genres: ['silent'] }, sort: 'year' }
    case 'series':
      return { filters: { kinds: ['series'] }, sort: 'added' }
    case 'genre':
      return { filters: { genres: [row.genre] }, sort: 'added' }
    case 'place':
      return {
        filters: {
          ...(row.country === null ? {} : { countries: [row.country] }),
          ...(row.decade === null ? {} : { years: { start: row.decade, end: row.decade + 10 } }),
        },
        sort: 'year',
      }
  }
}

/** Some works by chance, always the same for a seed. */
function pick(
  results: readonly SegmentResult[],
  seed: string,
  limit: number,
): { readonly total: number; readonly hits: readonly Hit[] } {
  // The least numbers so far, in order: few of a hundred thousand ever get in.
  const least: { readonly chance: number; readonly hit: Hit }[] = []
  let total = 0
  for (const { view, matches } of results) {
    const start = textHash(seed, view.segment.feed.id)
    const { idHashes } = view.segment
    for (let work = 0; work < matches.length; work++) {
      if (matches[work] === MATCH.none) continue
      total++
      const chance = mixedHash(start, idHashes[work] ?? 0)
      if (least.length === limit && chance >= (least.at(-1)?.chance ?? 0)) continue
      const before = least.findLastIndex((each) => each.chance <= chance)
      least.splice(before + 1, 0, { chance, hit: { view, work } })
      if (least.length > limit) least.pop()
    }
  }
  return { total, hits: least.map(({ hit }) => hit) }
}
