import { MAX_PAGE, QUERY_LISTS, QUERY_NUMBERS, browseQuerySchema, type BrowseQuery } from '#api'

const DEFAULT_LIMIT = 60

/** The query that search parameters ask, or null when they are none. */
export function parseBrowseQuery(search: URLSearchParams): BrowseQuery | null {
  const lists = QUERY_LISTS.map((name): [string, string[]] => [
    name,
    (search.get(name) ?? '').split(',').filter((value) => value !== ''),
  ])
  const numbers = QUERY_NUMBERS.map((name): [string, number | null] => [
    name,
    numberIn(search, name),
  ])
  const parsed = browseQuerySchema.safeParse({
    text: search.get('text') ?? '',
    ...Object.fromEntries(lists),
    ...Object.fromEntries(numbers),
    list: search.get('list') || null,
    sort: search.get('sort') || null,
    offset: numberIn(search, 'offset') ?? 0,
    limit: Math.min(MAX_PAGE, numberIn(search, 'limit') ?? DEFAULT_LIMIT),
  })
  return parsed.success ? parsed.data : null
}

/** Null = it isn't there; NaN = it's no number, which the schema refuses. */
function numberIn(search: URLSearchParams, name: string): number | null {
  const text = search.get(name)
  if (text === null || text === '') return null
  return /^\d{1,7}$/u.test(text) ? Number(text) : Number.NaN
}
