import * as z from 'zod/mini'
import { WORK_KINDS, workCardSchema } from './work-card.ts'

/** What a licence must let a viewer do, as a filter. */
export const USES = ['share', 'screen', 'remix'] as const
export type Use = (typeof USES)[number]

/** Orders of a list. `match` needs a text, and is the default when there is one; else `title` is. */
export const SORTS = ['match', 'title', 'year', 'year-down', 'length', 'added'] as const
export type Sort = (typeof SORTS)[number]

/** Works in one answer. */
export const MAX_PAGE = 200

const tokens = z.array(z.string().check(z.maxLength(40))).check(z.maxLength(40))
const whole = z.number().check(z.int(), z.gte(0), z.lte(1_000_000))

/**
 * GET `paths.works` with these as search parameters (lists joined by commas): every filter must hold; within
 * one list, any value. Lengths in minutes.
 */
export const browseQuerySchema = z.object({
  text: z.string().check(z.maxLength(200)),
  kinds: z.array(z.enum(WORK_KINDS)),
  genres: tokens,
  countries: tokens,
  languages: tokens,
  subtitles: tokens,
  /** Languages of audio description. */
  descriptions: tokens,
  licences: tokens,
  uses: z.array(z.enum(USES)),
  /** Id of a curated list. */
  list: z.nullable(z.string().check(z.maxLength(200))),
  yearFrom: z.nullable(whole),
  yearTo: z.nullable(whole),
  minutesFrom: z.nullable(whole),
  minutesTo: z.nullable(whole),
  sort: z.nullable(z.enum(SORTS)),
  offset: whole,
  limit: z.number().check(z.int(), z.gte(0), z.lte(MAX_PAGE)),
})
export type BrowseQuery = z.infer<typeof browseQuerySchema>

/** The filters of a query that are lists: any value of one will do. */
export const QUERY_LISTS = [
  'kinds',
  'genres',
  'countries',
  'languages',
  'subtitles',
  'descriptions',
  'licences',
  'uses',
] as const satisfies readonly (keyof BrowseQuery)[]

/** The filters of a query that are numbers. */
export const QUERY_NUMBERS = [
  'yearFrom',
  'yearTo',
  'minutesFrom',
  'minutesTo',
] as const satisfies readonly (keyof BrowseQuery)[]

/** Values of one filter with the works that each would leave, the others' choices kept; most first. */
const facetSchema = z.array(z.object({ value: z.string(), count: z.number() }))
export type Facet = z.infer<typeof facetSchema>

export const facetsSchema = z.object({
  kinds: facetSchema,
  genres: facetSchema,
  countries: facetSchema,
  languages: facetSchema,
  subtitles: facetSchema,
  descriptions: facetSchema,
  licences: facetSchema,
  uses: facetSchema,
  /** `value` is a decade's first year; in order of time. */
  decades: facetSchema,
})
export type Facets = z.infer<typeof facetsSchema>

/** The answer of GET `paths.works`. */
export const browsePageSchema = z.object({
  total: z.number(),
  works: z.array(workCardSchema),
  /** Null unless `offset` is 0. */
  facets: z.nullable(facetsSchema),
  /** When nothing has these words: the nearest spelling that finds something, else null. */
  correction: z.nullable(z.string()),
})
export type BrowsePage = z.infer<typeof browsePageSchema>

/** GET `paths.suggest` with `text`: what a half-typed search may mean. A few of each. */
export const suggestionsSchema = z.object({
  works: z.array(workCardSchema),
  people: z.array(z.object({ id: z.string(), name: z.string(), workCount: z.number() })),
  lists: z.array(z.object({ id: z.string(), title: z.string(), workCount: z.number() })),
  correction: z.nullable(z.string()),
})
export type Suggestions = z.infer<typeof suggestionsSchema>

/** GET `paths.person`. */
export const personPageSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Newest first, with what the person did there (role tokens of docs/feed-format.md). */
  works: z.array(
    z.object({ work: workCardSchema, roles: z.array(z.string()), as: z.nullable(z.string()) }),
  ),
})
export type PersonPage = z.infer<typeof personPageSchema>

/** GET `paths.list`. */
export const listPageSchema = z.object({
  id: z.string(),
  title: z.string(),
  note: z.nullable(z.string()),
  works: z.array(workCardSchema),
  /** Of a list that is followed by itself; null = it's a feed's. */
  chosen: z.nullable(
    z.object({
      /** What its curator is called. */
      by: z.string(),
      /** What the curator says of works, by their ids. Shown as text. */
      notes: z.record(z.string(), z.string()),
      /** Works that it names; those that no followed feed has; those that one has and doesn't offer here. */
      named: z.number(),
      missing: z.number(),
      notOffered: z.number(),
    }),
  ),
})
export type ListPage = z.infer<typeof listPageSchema>
