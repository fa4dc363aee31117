import type { BrowseQuery, WorkKind } from '#api'
import { capitalised, countryName, languageName } from '../../i18n/display-names.ts'
import type { TextKey } from '../../i18n/text-key.ts'
import { genreText } from '../../words/row-words.ts'
import type { Words } from '../../words/card-words.ts'
import { LENGTHS, LIST_FILTERS, lengthOf, toggled, type ListFilter } from './browse-choice.ts'

/** Something that was chosen, and the query without it. */
export interface FilterChip {
  readonly id: string
  readonly text: string
  readonly without: BrowseQuery
}

/** What was chosen, a chip each. A tab's own kind isn't a choice. */
export function filterChips(
  query: BrowseQuery,
  kind: WorkKind | null,
  words: Words,
): readonly FilterChip[] {
  const chips: FilterChip[] = []
  if (query.text !== '')
    chips.push({
      id: 'text',
      text: words.say('browse.chip-text', { text: query.text }),
      without: { ...query, text: '', sort: query.sort === 'match' ? null : query.sort },
    })
  if (query.list !== null)
    chips.push({
      id: 'list',
      text: words.say('browse.chip-list'),
      without: { ...query, list: null },
    })
  const years = yearsChip(query, words)
  if (years !== null)
    chips.push({ id: 'years', text: years, without: { ...query, yearFrom: null, yearTo: null } })
  const minutes = minutesChip(query, words)
  if (minutes !== null)
    chips.push({
      id: 'minutes',
      text: minutes,
      without: { ...query, minutesFrom: null, minutesTo: null },
    })
  for (const filter of LIST_FILTERS) {
    if (filter === 'kinds' && kind !== null) continue
    for (const value of query[filter])
      chips.push({
        id: `${filter} ${value}`,
        text: chipText(filter, value, words),
        without: toggled(query, filter, value, false),
      })
  }
  return chips
}

const USE_KEYS = new Map<string, TextKey>([
  ['share', 'browse.use-share'],
  ['screen', 'browse.use-screen'],
  ['remix', 'browse.use-remix'],
])

const KIND_KEYS = new Map<string, TextKey>([
  ['feature', 'design.films'],
  ['short', 'design.shorts'],
  ['series', 'design.series'],
])

/** A value of a filter as its row says it. */
export function optionText(filter: ListFilter, value: string, words: Words): string {
  const { say, language } = words
  switch (filter) {
    case 'uses':
      return saidOr(USE_KEYS.get(value), value, words)
    case 'kinds':
      return saidOr(KIND_KEYS.get(value), value, words)
    case 'genres':
      return genreText(value, words)
    case 'countries':
      return capitalised(countryName(value, language), language)
    case 'languages':
    case 'subtitles':
    case 'descriptions':
      return value === 'zxx'
        ? say('browse.no-words')
        : capitalised(languageName(value, language), language)
    case 'licences':
      return value
  }
}

/** A value of a filter as a chip says it, without its filter's heading. */
function chipText(filter: ListFilter, value: string, words: Words): string {
  const { say, language } = words
  if (value === 'zxx') return say('browse.no-words')
  if (filter === 'languages')
    return say('browse.chip-spoken', { language: languageName(value, language) })
  if (filter === 'subtitles')
    return say('browse.chip-subtitles', { language: languageName(value, language) })
  if (filter === 'descriptions')
    return say('browse.chip-described', { language: languageName(value, language) })
  return optionText(filter, value, words)
}

function yearsChip({ yearFrom, yearTo }: BrowseQuery, { say }: Words): string | null {
  if (yearFrom !== null && yearTo !== null)
    return say('browse.chip-years', { from: yearFrom, to: yearTo })
  if (yearFrom !== null) return say('browse.chip-from', { from: yearFrom })
  return yearTo === null ? null : say('browse.chip-to', { to: yearTo })
}

/** The words of a length to choose. */
export function lengthText(id: (typeof LENGTHS)[number]['id'], { say }: Words): string {
  switch (id) {
    case 'under-15':
      return say('browse.under-15')
    case 'to-60':
      return say('browse.to-60')
    case 'over-60':
      return say('browse.over-60')
  }
}

function minutesChip(query: BrowseQuery, words: Words): string | null {
  const { minutesFrom, minutesTo } = query
  if (minutesFrom === null && minutesTo === null) return null
  const length = LENGTHS.find(({ id }) => id === lengthOf(query))
  if (length !== undefined) return lengthText(length.id, words)
  return words.say('browse.chip-minutes', { from: minutesFrom ?? 0, to: minutesTo ?? '…' })
}

function saidOr(key: TextKey | undefined, value: string, { say }: Words): string {
  return key === undefined ? value : say(key)
}
