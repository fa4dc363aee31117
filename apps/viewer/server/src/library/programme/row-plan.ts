import type { CalendarDate } from '@matinee/rights'
import type { RowHeading } from '#api'
import type { CuratedList, Facets, RowSpec } from '@matinee/catalogue'
import { ShownList } from '../lists/shown-list.ts'
import { addressOf } from '../work-address.ts'
import { dayOrder } from './day-order.ts'

/** A row that the programme may have, before its works are known. */
export interface RowPlan {
  readonly heading:
    | Exclude<RowHeading, { kind: 'list' }>
    | { readonly kind: 'list'; readonly list: CuratedList }
  /** What the catalogue is asked for; a list brings its works. Null = it does. */
  readonly spec: RowSpec | null
  /** Fewer works than this make no row. */
  readonly least: number
  /** Works that stand further up already come last in it, and don't make it a row. */
  readonly isFresh: boolean
  /** Search parameters of the page Browse that show all of it. */
  readonly browse: string
}

/** In smaller catalogues a row would only show once more what the page shows anyway. */
const SMALL_CATALOGUE = 12
const MOST_LISTS = 3
const MOST_GENRES = 4
const MOST_PLACES = 6
const LEAST_IN_ROW = 4

/**
 * The rows of the programme's page, in order, for a day: what is new, the curators' lists, series, silent films,
 * animation, genres, places and decades. The rest is {@link composeRows}' matter.
 *
 * @param total works on offer
 * @param facets their counts
 */
export function planRows(
  total: number,
  facets: Pick<Facets, 'genres' | 'countries' | 'decades' | 'kinds'>,
  lists: readonly CuratedList[],
  day: CalendarDate,
): RowPlan[] {
  // Whoever follows a list by itself came for it.
  const isChosen = (list: CuratedList): boolean => list instanceof ShownList
  const listRows = [
    ...dayOrder(lists.filter(isChosen), day, addressOf).filter(({ works }) => works.length > 0),
    ...dayOrder(
      lists.filter((list) => !isChosen(list)),
      day,
      addressOf,
    ),
  ]
    .slice(0, MOST_LISTS)
    .map(listRow)
  const latest: RowPlan = {
    heading: { kind: 'new' },
    spec: { kind: 'added' },
    least: 1,
    isFresh: total < SMALL_CATALOGUE,
    browse: 'sort=added',
  }
  // A small programme is its curators' programme; what they left out follows.
  if (total < SMALL_CATALOGUE) return [...listRows, seriesRow(1), latest]
  const [firstList, ...otherLists] = listRows
  const genres = facets.genres.filter(
    ({ value, count }) => count >= LEAST_IN_ROW && !['silent', 'animation', 'test'].includes(value),
  )
  const places = placeRows(facets, day)
  const [firstPlace, ...otherPlaces] = places
  return [
    latest,
    ...(firstList === undefined ? [] : [firstList]),
    seriesRow(2),
    ...(firstPlace === undefined ? [] : [firstPlace]),
    genreRow(day, 'silent', { kind: 'silent' }),
    genreRow(day, 'animation', { kind: 'genre', genre: 'animation' }),
    ...otherLists,
    ...dayOrder(genres.slice(0, 12), day, ({ value }) => value)
      .slice(0, MOST_GENRES)
      .map(({ value }) => genreRow(day, value, { kind: 'genre', genre: value })),
    ...otherPlaces,
  ]
}

function listRow(list: CuratedList): RowPlan {
  return {
    heading: { kind: 'list', list },
    spec: null,
    // Of a list that was made for elsewhere, one work alone isn't what its curator meant.
    least: list instanceof ShownList ? 1 : 2,
    isFresh: false,
    browse: `list=${encodeURIComponent(addressOf(list))}`,
  }
}

function seriesRow(least: number): RowPlan {
  return {
    heading: { kind: 'series' },
    spec: { kind: 'series' },
    least,
    isFresh: false,
    browse: 'kinds=series',
  }
}

function genreRow(day: CalendarDate, genre: string, heading: RowPlan['heading']): RowPlan {
  return {
    heading,
    spec: { kind: 'pick', seed: `${day} ${genre}`, filters: { genres: [genre] } },
    least: LEAST_IN_ROW,
    isFresh: true,
    browse: `genres=${encodeURIComponent(genre)}`,
  }
}

/** Countries with a decade, whole decades: more than are needed, as some have too few works. */
function placeRows(facets: Pick<Facets, 'countries' | 'decades'>, day: CalendarDate): RowPlan[] {
  const decades = facets.decades.filter(({ count }) => count >= LEAST_IN_ROW)
  const countries = facets.countries.filter(({ count }) => count >= LEAST_IN_ROW).slice(0, 12)
  const pairs = [
    ...countries.flatMap((country) =>
      decades.map((decade) => ({ country: country.value, decade: Number(decade.value) })),
    ),
    ...decades.map((decade) => ({ country: null, decade: Number(decade.value) })),
  ]
  return dayOrder(pairs, day, ({ country, decade }) => `${country ?? 'all'} ${decade}`)
    .slice(0, MOST_PLACES)
    .map(({ country, decade }) => ({
      heading: { kind: 'place', country, decade },
      spec: {
        kind: 'pick',
        seed: `${day} ${country ?? 'all'} ${decade}`,
        filters: {
          years: { start: decade, end: decade + 10 },
          ...(country === null ? {} : { countries: [country] }),
        },
      },
      least: LEAST_IN_ROW,
      isFresh: true,
      browse: `${country === null ? '' : `countries=${encodeURIComponent(country)}&`}yearFrom=${decade}&yearTo=${decade + 9}`,
    }))
}
