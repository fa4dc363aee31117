/**
 * Filters and facets in one pass. A work that fails no filter is a result; one that fails a single filter
 * counts for that filter's facet only, which is what "a facet ignores its own filter" means.
 */
import type { NumberLists } from './number-lists.ts'
import { hasAny } from './number-lists.ts'
import type { OfferedWorks } from './offered-works.ts'
import { usesMask } from './offered-works.ts'
import { KINDS, type Segment } from './segment.ts'
import { type FacetName, LENGTHS, type NumberSpan, type WorkFilters } from './work-query.ts'

/** Whether a work passes one filter. */
type Test = (work: number) => boolean

/** A filter that was given, with the facet that it belongs to; `null` = none counts it. */
export interface CompiledFilter {
  readonly facet: FacetName | null
  readonly passes: Test
}

/** The filters that a query gives, for one segment. */
export function compileFilters(
  segment: Segment,
  offered: OfferedWorks,
  filters: WorkFilters,
): readonly CompiledFilter[] {
  const compiled: CompiledFilter[] = []
  const add = (facet: FacetName | null, passes: Test): void => void compiled.push({ facet, passes })
  const addNamed = (
    facet: FacetName,
    values: readonly string[] | undefined,
    lists: NumberLists,
  ): void => {
    if (values === undefined || values.length === 0) return
    const wanted = membersOf(segment.names, values)
    add(facet, (work) => hasAny(lists, work, wanted))
  }
  const { kinds, years, durationSeconds, licences, uses, feeds, list } = filters
  const { classOf } = segment.offers
  if (kinds !== undefined && kinds.length > 0) {
    const wanted = membersOf(KINDS, kinds)
    add('kinds', (work) => wanted[segment.kinds[work] ?? 0] === 1)
  }
  addNamed('genres', filters.genres, segment.genres)
  if (years !== undefined) add('decades', within(segment.years, years))
  if (durationSeconds !== undefined)
    add('lengths', within(segment.durationsSeconds, durationSeconds))
  addNamed('languages', filters.languages, segment.languages)
  addNamed('subtitles', filters.subtitles, segment.subtitles)
  addNamed('descriptions', filters.descriptions, segment.descriptions)
  addNamed('countries', filters.countries, segment.countries)
  if (licences !== undefined && licences.length > 0) {
    const wanted = membersOf(offered.licences, licences)
    add('licences', (work) => wanted[classOf[work] ?? 0] === 1)
  }
  if (uses !== undefined && uses.length > 0) {
    const wanted = usesMask(uses)
    add('uses', (work) => ((offered.uses[classOf[work] ?? 0] ?? 0) & wanted) === wanted)
  }
  if (feeds !== undefined && feeds.length > 0) {
    const isWanted = feeds.includes(segment.feed.id)
    add('feeds', () => isWanted)
  }
  if (list !== undefined) {
    const works = listWorks(segment, list.feedId, list.id)
    add(null, (work) => works.has(work))
  }
  return compiled
}

/** The number of the length that a duration has among {@link LENGTHS}. */
export function lengthNumber(durationSeconds: number): number {
  return SPANS.findIndex(({ start, end }) => start <= durationSeconds && durationSeconds < end)
}

const SPANS: readonly NumberSpan[] = Object.values(LENGTHS)

function within(values: Uint16Array | Uint32Array, { start, end }: NumberSpan): Test {
  return (work) => {
    const value = values[work] ?? 0
    return value !== 0 && start <= value && value < end
  }
}

function membersOf(all: readonly string[], wanted: readonly string[]): Uint8Array {
  const set = new Set(wanted)
  return Uint8Array.from(all, (each) => (set.has(each) ? 1 : 0))
}

function listWorks(segment: Segment, feedId: string, id: string): ReadonlySet<number> {
  if (segment.feed.id !== feedId) return new Set()
  return new Set(segment.lists.find((each) => each.id === id)?.works)
}
