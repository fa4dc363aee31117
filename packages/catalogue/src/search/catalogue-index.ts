/**
 * Search over all feeds: text, then what is offered where the viewer is, then filters and facets, then order. It knows
 * numbers of works; what a work is called is somebody else's to fetch.
 */
import { correctionOf, nearWords } from './correction.ts'
import { FacetTally, SegmentTally } from './facet-tally.ts'
import { MATCH, type Matches, matchNear, matchText, textQuery } from './text-match.ts'
import type { SegmentView } from './segment-view.ts'
import { compileFilters } from './work-filter.ts'
import type { FacetName, Facets, WorkQuery, WorkSort } from './work-query.ts'

/** A work by its place. */
export interface Hit {
  readonly view: SegmentView
  readonly work: number
}

/** What a search finds, without texts. */
export interface Found {
  readonly total: number
  readonly hits: readonly Hit[]
  readonly facets: Facets | null
  readonly correction: string | null
}

/** One answer may not hold more works. */
export const PAGE_WORKS = 200
const PAGE = 40

/** The works of a segment that a query is about; `matches` is 0 where they aren't. */
export interface SegmentResult {
  readonly view: SegmentView
  readonly matches: Matches
}

/** Answers a query on a day. Segments stand in the viewer's order of feeds. */
export function searchIndex(views: readonly SegmentView[], query: WorkQuery, day: number): Found {
  const offset = Math.max(0, query.offset ?? 0)
  const limit = Math.min(Math.max(0, query.limit ?? PAGE), PAGE_WORKS)
  const text = textQuery(query.text ?? '')
  const { results, correction } = findText(views, query, day)
  const tally = (query.withFacets ?? offset === 0) ? new FacetTally() : null
  const filtered = results.map((result) => filterResult(result, query, day, tally))
  const sort = query.sort ?? (text === null ? 'title' : 'match')
  // Without a text every work matches alike.
  const lists = filtered.map(({ view, matches }) => view.inOrder(sort, matches))
  const total = lists.reduce((sum, { length }) => sum + length, 0)
  const hits = merge(filtered, lists, sort, { start: offset, end: offset + limit })
  return { total, hits, facets: tally?.facets() ?? null, correction }
}

/** The works that a query is about, by segment. */
export function matching(
  views: readonly SegmentView[],
  query: WorkQuery,
  day: number,
): readonly SegmentResult[] {
  return findText(views, query, day).results.map((result) => filterResult(result, query, day, null))
}

function findText(
  views: readonly SegmentView[],
  { text = '', territory, ages = null }: WorkQuery,
  day: number,
): { readonly results: readonly SegmentResult[]; readonly correction: string | null } {
  const query = textQuery(text)
  const among = (view: SegmentView, matches: Matches): SegmentResult => {
    keepOffered(matches, view.offered({ territory, ages }, day).isOffered)
    return { view, matches }
  }
  const together = (matches: readonly Matches[]): readonly SegmentResult[] => {
    views[0]?.merging?.bring(matches, territory, day)
    return views.map((view, index) => among(view, matches[index] ?? new Uint8Array(0)))
  }
  if (query === null) {
    const all = (view: SegmentView): Matches =>
      new Uint8Array(view.segment.workCount).fill(MATCH.title)
    return { results: views.map((view) => among(view, all(view))), correction: null }
  }
  const results = together(views.map((view) => matchText(view.segment, query)))
  if (results.some(hasSome)) return { results, correction: null }
  for (const near of nearWords(views, query.words)) {
    const nearResults = together(
      views.map((view, index) => matchNear(view.segment, near[index] ?? [])),
    )
    const found = nearResults.findIndex(hasSome)
    const result = nearResults[found]
    if (result === undefined) continue
    const [best = 0] = result.view.inOrder('match', result.matches)
    const correction = correctionOf(result.view.segment, query.words, near[found] ?? [], best)
    return { results: nearResults, correction }
  }
  return { results, correction: null }
}

/** NOTE: nothing leaves the index that didn't come through here. */
function keepOffered(matches: Matches, isOffered: Uint8Array): void {
  for (let work = 0; work < matches.length; work++)
    if (isOffered[work] !== 1) matches[work] = MATCH.none
}

function hasSome({ matches }: SegmentResult): boolean {
  for (let work = 0; work < matches.length; work++) if (matches[work] !== MATCH.none) return true
  return false
}

function filterResult(
  { view, matches }: SegmentResult,
  { text = '', filters = {}, territory, ages = null }: WorkQuery,
  day: number,
  tally: FacetTally | null,
): SegmentResult {
  const offered = view.offered({ territory, ages }, day)
  const tests = compileFilters(view.segment, offered, filters)
  if (tests.length === 0 && tally === null) return { view, matches }
  // Of everything on offer, it was counted before.
  if (tests.length === 0 && textQuery(text) === null) {
    tally?.add(view.counts(offered))
    return { view, matches }
  }
  const counts = tally === null ? null : new SegmentTally(view.segment, offered)
  const passed = new Uint8Array(matches.length)
  for (let work = 0; work < matches.length; work++) {
    const match = matches[work] ?? MATCH.none
    if (match === MATCH.none) continue
    let failed = 0
    let failedFacet: FacetName | null = null
    for (const { facet, passes } of tests) {
      if (passes(work)) continue
      failed++
      failedFacet = facet
      // A work that fails twice counts nowhere.
      if (failed > 1) break
    }
    if (failed === 0) {
      passed[work] = match
      counts?.count(work, null)
    } else if (failed === 1 && failedFacet !== null) counts?.count(work, failedFacet)
  }
  if (counts !== null) tally?.add(counts)
  return { view, matches: passed }
}

/** A run of the works of all segments in one order. */
function merge(
  results: readonly SegmentResult[],
  lists: readonly Uint32Array[],
  sort: WorkSort,
  span: { readonly start: number; readonly end: number },
): Hit[] {
  const [only] = results
  if (results.length === 1 && only !== undefined) {
    const works = lists[0]?.subarray(span.start, span.end) ?? []
    return Array.from(works, (work) => ({ view: only.view, work }))
  }
  const hits: Hit[] = []
  const next = lists.map(() => 0)
  for (let place = 0; place < span.end; place++) {
    let best: { readonly index: number; readonly hit: Hit; readonly number: number } | null = null
    for (const [index, { view, matches }] of results.entries()) {
      const work = lists[index]?.[next[index] ?? 0]
      if (work === undefined) continue
      const number = view.sortNumber(sort, work, matches)
      const isFirst =
        best === null ||
        number < best.number ||
        (number === best.number && view.titleKey(work) < best.hit.view.titleKey(best.hit.work))
      if (isFirst) best = { index, hit: { view, work }, number }
    }
    if (best === null) break
    next[best.index] = (next[best.index] ?? 0) + 1
    if (place >= span.start) hits.push(best.hit)
  }
  return hits
}
