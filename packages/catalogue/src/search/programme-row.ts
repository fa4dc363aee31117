import type { RowRequest, RowSpec } from './catalogue-answers.ts'
import { type Hit, PAGE_WORKS, matchingWorks, searchIndex } from './catalogue-index.ts'
import type { SegmentView } from './segment-view.ts'
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
  if (row.kind === 'pick') {
    const works = matchingWorks(views, { ...audience, filters: row.filters ?? {} }, day)
    const hits = works
      .map((hit) => ({ hit, chance: chanceOf(row.seed, hit) }))
      .toSorted((a, b) => a.chance - b.chance)
      .slice(0, Math.min(limit, PAGE_WORKS))
      .map(({ hit }) => hit)
    return { total: works.length, hits }
  }
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

/** A number that looks like chance, always the same for a seed and a work's place. */
function chanceOf(seed: string, { view, work }: Hit): number {
  let hash = 2166136261 ^ work
  for (const text of [seed, view.segment.feed.id])
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 16777619)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
