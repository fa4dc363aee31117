import {
  type WorkFilters,
  type WorkRecord,
  offeredReleases,
  rightsWorkOf,
} from '@matinee/catalogue'
import { type CalendarDate, type Country, isAllowed, verdict } from '@matinee/rights'
import { queryWords, searchableWords } from '../src/search/words.ts'

/** A search as slowly and plainly as it can be written, to compare the real one with. */
export function naiveSearch(
  records: readonly WorkRecord[],
  text: string,
  filters: WorkFilters,
  territory: Country | null,
  date: CalendarDate,
): WorkRecord[] {
  return records.filter(
    (record) =>
      offeredReleases(record, territory, date).length > 0 &&
      hasWords(record, text) &&
      passes(record, filters, territory, date),
  )
}

function hasWords(record: WorkRecord, text: string): boolean {
  const { title, translations, people, seasons } = record
  const titles = Object.values(translations).flatMap((each) => [each.title, ...each.otherTitles])
  const episodePeople = seasons.flatMap((season) => season.episodes.flatMap((each) => each.people))
  const names = [...people, ...episodePeople].flatMap(({ name, otherNames }) => [
    name,
    ...otherNames,
  ])
  const words = [title.text, ...titles, ...names].flatMap((each) =>
    each === undefined ? [] : [...searchableWords(each)],
  )
  return queryWords(text).every(({ text: wanted, isPrefix }) =>
    words.some((word) => (isPrefix ? word.startsWith(wanted) : word === wanted)),
  )
}

function passes(
  record: WorkRecord,
  filters: WorkFilters,
  territory: Country | null,
  date: CalendarDate,
): boolean {
  const { kinds, genres, years, durationSeconds, languages, subtitles, countries, uses } = filters
  const [release] = offeredReleases(record, territory, date)
  const judged = verdict(rightsWorkOf(record, release), territory, date)
  const spoken = record.releases.flatMap((each) => each.subtitles.map(({ language }) => language))
  const described = record.releases.flatMap((each) =>
    each.audios.filter(({ use }) => use === 'description').map(({ language }) => language),
  )
  return (
    (kinds?.includes(record.kind) ?? true) &&
    any(genres, record.genres) &&
    any(languages, record.languages) &&
    any(subtitles, spoken) &&
    any(filters.descriptions, described) &&
    any(countries, record.countries) &&
    within(years, record.year) &&
    within(durationSeconds, record.durationSeconds) &&
    (uses ?? []).every((use) => judged.kind === 'offered' && isAllowed(judged.permissions[use]))
  )
}

function any(wanted: readonly string[] | undefined, values: readonly string[]): boolean {
  return wanted === undefined || wanted.length === 0 || values.some((each) => wanted.includes(each))
}

function within(span: WorkFilters['years'], value: number | undefined): boolean {
  if (span === undefined) return true
  return value !== undefined && span.start <= value && value < span.end
}
