import type { BrowseQuery } from '#api'
import type { NumberSpan, WorkFilters } from '@matinee/catalogue'
import { parseListAddress } from './work-address.ts'

/** Filters of a browse query, in the catalogue's terms; null = nothing can meet them. */
export function browseFilters(query: BrowseQuery): WorkFilters | null {
  const { kinds, genres, countries, languages, subtitles, descriptions, licences, uses } = query
  const list = query.list === null ? undefined : parseListAddress(query.list)
  if (list === null) return null
  const years = spanOf(query.yearFrom, query.yearTo, 1)
  const durationSeconds = spanOf(query.minutesFrom, query.minutesTo, 60)
  return {
    kinds,
    genres,
    countries,
    languages,
    subtitles,
    descriptions,
    licences,
    uses,
    ...(list === undefined ? {} : { list }),
    ...(years === null ? {} : { years }),
    ...(durationSeconds === null ? {} : { durationSeconds }),
  }
}

/** From and to, both included, as a half-open span; null = neither was said. */
function spanOf(from: number | null, to: number | null, unit: number): NumberSpan | null {
  if (from === null && to === null) return null
  return { start: (from ?? 0) * unit, end: (to ?? 10_000_000) * unit + 1 }
}
