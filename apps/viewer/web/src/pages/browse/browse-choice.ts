import { QUERY_LISTS, type BrowseQuery, type Facet, type WorkKind } from '#api'
import { EMPTY_QUERY, queryOfSearch, searchOfQuery } from '../../api/browse-search.ts'

/** Filters that are lists of values, in the order in which those that are chosen are named: what one may do first. */
export const LIST_FILTERS = ['uses', ...QUERY_LISTS.filter((name) => name !== 'uses')] as const
export type ListFilter = (typeof QUERY_LISTS)[number]

/** Lengths to choose from, in minutes, both ends included; at most one at a time. */
export const LENGTHS = [
  { id: 'under-15', from: null, to: 15 },
  { id: 'to-60', from: 15, to: 60 },
  { id: 'over-60', from: 60, to: null },
] as const

/** What a page shows by its address: a tab's own kind can't be chosen away. */
export function queryOfPage(kind: WorkKind | null, search: string): BrowseQuery {
  const query = queryOfSearch(new URLSearchParams(search))
  return kind === null ? query : { ...query, kinds: [kind] }
}

/** The search part of a tab's address for a query, with `?`; empty when it says nothing. */
export function addressOfQuery(kind: WorkKind | null, query: BrowseQuery): string {
  const search = searchOfQuery(kind === null ? query : { ...query, kinds: [] }).toString()
  return search === '' ? '' : `?${search}`
}

/** The same page without any filter: what its count is out of. */
export function withoutFilters(kind: WorkKind | null, query: BrowseQuery): BrowseQuery {
  return { ...EMPTY_QUERY, kinds: kind === null ? [] : [kind], text: query.text, list: query.list }
}

/** A query with a value of a list filter put in or taken out. */
export function toggled(
  query: BrowseQuery,
  filter: ListFilter,
  value: string,
  isOn: boolean,
): BrowseQuery {
  const others = query[filter].filter((chosen) => chosen !== value)
  // Through the reader of addresses, which lets only known words through.
  const search = searchOfQuery({ ...query, [filter]: [] })
  const values = isOn ? [...others, value] : others
  if (values.length > 0) search.set(filter, values.join(','))
  return queryOfSearch(search)
}

/** The chosen length's id, or null. */
export function lengthOf({ minutesFrom, minutesTo }: BrowseQuery): string | null {
  return (
    LENGTHS.find(
      ({ from, to }) => from === minutesFrom && to === minutesTo && (from ?? to) !== null,
    )?.id ?? null
  )
}

/** A filter's values in a steady order, with the works that each would leave; chosen ones are never missing. */
export function optionsOf(
  all: Facet,
  now: Facet,
  chosen: readonly string[],
): readonly { readonly value: string; readonly count: number; readonly isOn: boolean }[] {
  const counts = new Map(now.map(({ value, count }) => [value, count]))
  const values = new Set([...all.map(({ value }) => value), ...chosen])
  return [...values].map((value) => ({
    value,
    count: counts.get(value) ?? 0,
    isOn: chosen.includes(value),
  }))
}

/** Bars of the decades from the first that has works to the last, gaps included. */
export function decadeBars(
  all: Facet,
  now: Facet,
): { readonly firstDecade: number; readonly counts: readonly number[] } | null {
  const decades = all.map(({ value }) => Number(value)).filter((value) => Number.isInteger(value))
  if (decades.length < 2) return null
  const [first, last] = [Math.min(...decades), Math.max(...decades)]
  const counts = new Map(now.map(({ value, count }) => [Number(value), count]))
  return {
    firstDecade: first,
    counts: Array.from(
      { length: (last - first) / 10 + 1 },
      (_, at) => counts.get(first + at * 10) ?? 0,
    ),
  }
}
