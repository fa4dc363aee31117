import {
  QUERY_LISTS,
  QUERY_NUMBERS,
  SORTS,
  USES,
  WORK_KINDS,
  browseQuerySchema,
  type BrowseQuery,
} from '#api'

/** A query that asks for everything, one page of it. */
export const EMPTY_QUERY: BrowseQuery = {
  text: '',
  kinds: [],
  genres: [],
  countries: [],
  languages: [],
  subtitles: [],
  descriptions: [],
  licences: [],
  uses: [],
  list: null,
  yearFrom: null,
  yearTo: null,
  minutesFrom: null,
  minutesTo: null,
  sort: null,
  offset: 0,
  limit: 60,
}

/**
 * A query as search parameters, the same for the server and for the address of a page. What says nothing is left
 * out; `offset` and `limit` never stand in a page's address, so they are added only with `withPage`.
 */
export function searchOfQuery(query: BrowseQuery, { withPage = false } = {}): URLSearchParams {
  const search = new URLSearchParams()
  if (query.text !== '') search.set('text', query.text)
  for (const name of QUERY_LISTS)
    if (query[name].length > 0) search.set(name, query[name].join(','))
  if (query.list !== null) search.set('list', query.list)
  for (const name of QUERY_NUMBERS) {
    const value = query[name]
    if (value !== null) search.set(name, String(value))
  }
  if (query.sort !== null) search.set('sort', query.sort)
  if (withPage) {
    search.set('offset', String(query.offset))
    search.set('limit', String(query.limit))
  }
  return search
}

/** The query of a page's address. What isn't understood says nothing: anybody can write an address. */
export function queryOfSearch(search: URLSearchParams): BrowseQuery {
  const list = (name: string): string[] => [
    ...new Set(
      (search.get(name) ?? '').split(',').filter((value) => /^[\w.+-]{1,40}$/u.test(value)),
    ),
  ]
  const number = (name: string): number | null => {
    const text = search.get(name) ?? ''
    return /^\d{1,6}$/u.test(text) ? Number(text) : null
  }
  const listId = search.get('list')
  const query: BrowseQuery = {
    ...EMPTY_QUERY,
    text: (search.get('text') ?? '').slice(0, 200),
    kinds: WORK_KINDS.filter((kind) => list('kinds').includes(kind)),
    genres: list('genres').slice(0, 40),
    countries: list('countries').slice(0, 40),
    languages: list('languages').slice(0, 40),
    subtitles: list('subtitles').slice(0, 40),
    descriptions: list('descriptions').slice(0, 40),
    licences: list('licences').slice(0, 40),
    uses: USES.filter((use) => list('uses').includes(use)),
    list: listId === null || listId === '' || listId.length > 200 ? null : listId,
    yearFrom: number('yearFrom'),
    yearTo: number('yearTo'),
    minutesFrom: number('minutesFrom'),
    minutesTo: number('minutesTo'),
    sort: SORTS.find((sort) => sort === search.get('sort')) ?? null,
  }
  return browseQuerySchema.safeParse(query).data ?? EMPTY_QUERY
}
