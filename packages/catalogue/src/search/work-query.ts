import type { Country } from '@matinee/rights'
import type { FeedId, ListId } from '../name/id.ts'
import type { WorkKind } from '../record/work-record.ts'
import type { Use } from './offer.ts'
import type { AgeLimit } from './work-age.ts'
import type { WorkSummary } from './work-summary.ts'

/** A half-open run of numbers: `start` belongs to it, `end` doesn't. */
export interface NumberSpan {
  readonly start: number
  readonly end: number
}

/** A curated list among all feeds. */
export interface ListKey {
  readonly feedId: FeedId
  readonly id: ListId
}

/**
 * What works must be. Every field given must hold; within a list of values any of them, but of `uses` all.
 * An empty list is none given. A work of which the year or length isn't known has none.
 */
export interface WorkFilters {
  readonly kinds?: readonly WorkKind[]
  readonly genres?: readonly string[]
  readonly years?: NumberSpan
  readonly durationSeconds?: NumberSpan
  /** Spoken; `zxx` = no words. */
  readonly languages?: readonly string[]
  readonly subtitles?: readonly string[]
  /** Languages of audio description. */
  readonly descriptions?: readonly string[]
  readonly countries?: readonly string[]
  /** As in summaries. */
  readonly licences?: readonly string[]
  readonly uses?: readonly Use[]
  readonly feeds?: readonly string[]
  readonly list?: ListKey
}

/**
 * Orders of a page. `match` ranks by where the text was found (the whole title, its beginning, in a title, in a
 * name), then by title. `year` and `length` count up, `-down` counts down, with unknown ones last; `added` has the latest first.
 */
export const SORTS = [
  'match',
  'title',
  'year',
  'year-down',
  'length',
  'length-down',
  'added',
] as const
/** One of {@link SORTS}. */
export type WorkSort = (typeof SORTS)[number]

/** What every query says. */
export interface Audience {
  /** Where the viewer is; `null` = not known: only what is free worldwide. Nothing else ever comes out. */
  readonly territory: Country | null
  /** Works for older people come out as little as those that aren't offered. Default: null, everybody. */
  readonly ages?: AgeLimit | null
  /** Languages of which titles are wanted, as tags; left out = all. */
  readonly languages?: readonly string[]
}

/** A search, or with a blank text a list of everything. */
export interface WorkQuery extends Audience {
  readonly text?: string
  readonly filters?: WorkFilters
  /** Default: `match` with a text, else `title`. */
  readonly sort?: WorkSort
  /** How many works to leave out; default 0. */
  readonly offset?: number
  /** Works wanted, at most 200; default 40. */
  readonly limit?: number
  /** Default: on the first page only, as they are the same on all. */
  readonly withFacets?: boolean
}

/** A value of a filter, and how many works it would show if it were that filter's only one. */
export interface FacetCount {
  readonly value: string
  readonly count: number
}

/** Filters whose values are counted. */
export const FACETS = [
  'kinds',
  'genres',
  'decades',
  'lengths',
  'languages',
  'subtitles',
  'descriptions',
  'countries',
  'licences',
  'uses',
  'feeds',
] as const
/** One of {@link FACETS}. */
export type FacetName = (typeof FACETS)[number]

/**
 * Counts for each filter, the other filters applied and it itself not; most first, but decades (by their first year)
 * and lengths in their order. At most 200 values of each.
 */
export type Facets = Readonly<Record<FacetName, readonly FacetCount[]>>

/** The values of the facet `lengths`, as filters on `durationSeconds`. */
export const LENGTHS: Readonly<Record<string, NumberSpan>> = {
  'to-10': { start: 0, end: 601 },
  'to-40': { start: 601, end: 2401 },
  'to-80': { start: 2401, end: 4801 },
  'to-120': { start: 4801, end: 7201 },
  longer: { start: 7201, end: 604_801 },
}

/** A page of works. */
export interface WorkPage {
  /** Works that there are, on this page or not. */
  readonly total: number
  readonly works: readonly WorkSummary[]
  /** `null` when they weren't wanted. */
  readonly facets: Facets | null
  /** When nothing has these words: the nearest spelling, for which the works are; else `null`. */
  readonly correction: string | null
}
