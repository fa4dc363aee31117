import type { FeedId, WorkId } from '../name/id.ts'
import type { WorkRecord } from '../record/work-record.ts'
import type { PersonKey } from './person-key.ts'
import type { Audience, ListKey, WorkFilters } from './work-query.ts'
import type { WorkKey, WorkSummary } from './work-summary.ts'

/** What a half-typed text may mean: at most 6 works, 5 people, 3 lists. */
export interface Suggestions {
  readonly works: readonly WorkSummary[]
  readonly people: readonly PersonSummary[]
  readonly lists: readonly ListSummary[]
  /** As in a page of works. */
  readonly correction: string | null
}

/** Somebody, with the number of their works on offer. */
export interface PersonSummary {
  readonly key: PersonKey
  readonly name: string
  readonly workCount: number
}

/** A curated list, with the number of its works on offer. */
export interface ListSummary extends ListKey {
  readonly kind: string
  /** By language; at least one. */
  readonly translations: Readonly<
    Record<string, { readonly title: string; readonly note?: string }>
  >
  readonly workCount: number
}

/** A curated list with its works on offer, in its order; never without any. */
export interface CuratedList extends ListSummary {
  readonly works: readonly WorkSummary[]
}

/** What somebody did in a work. */
export interface PersonCredit {
  readonly work: WorkSummary
  readonly roles: readonly string[]
  /** Whom they play. */
  readonly characters: readonly string[]
}

/** Somebody's works on offer, the latest first. */
export interface PersonPage {
  readonly key: PersonKey
  readonly name: string
  /** At most 500. */
  readonly credits: readonly PersonCredit[]
}

/** Which work. Without a feed: of the first feed, in the viewer's order, that has it. */
export interface WorkRequest extends Audience {
  readonly id: WorkId
  readonly feedId?: FeedId
}

/**
 * A work whole. `not-offered` is one that may not be offered where it was asked for: its page may say so,
 * and nothing may be played, listed or fetched for it.
 */
export type WorkAnswer =
  | {
      readonly kind: 'offered' | 'not-offered'
      readonly feedId: FeedId
      /** `YYYY-MM-DD`. */
      readonly added: string
      readonly record: WorkRecord
    }
  | { readonly kind: 'none' }

/** Works that somebody knows: of those that no feed has any more, also by what they are known by elsewhere. */
export interface SameWorksRequest extends Audience {
  readonly works: readonly (WorkKey & {
    /** As `identitiesOf` gives them. */
    readonly identities: readonly string[]
  })[]
}

/** A record of a work. */
export interface SameWork extends WorkKey {
  /** Whether it may be shown where it was asked for. */
  readonly isOffered: boolean
}

/** A row of the programme. `year` and `decade` are of first publication; `seed` makes the same choice again. */
export type RowSpec =
  | { readonly kind: 'added' }
  /** At most 40 minutes, the shortest first. */
  | { readonly kind: 'short' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'series' }
  | { readonly kind: 'genre'; readonly genre: string }
  /** `null` = any. `decade` is its first year. */
  | { readonly kind: 'place'; readonly country: string | null; readonly decade: number | null }
  | { readonly kind: 'pick'; readonly seed: string; readonly filters?: WorkFilters }

/** Which row, and how much of it; `limit` at most 200, default 24. */
export interface RowRequest extends Audience {
  readonly row: RowSpec
  readonly limit?: number
}

/** The first works of a row, and how many there are. */
export interface Row {
  readonly total: number
  readonly works: readonly WorkSummary[]
}

/** How many works there are for somebody. */
export interface CatalogueCounts {
  /** On offer there. */
  readonly offered: number
  /** In the feeds, but not on offer there, whatever the age. */
  readonly notOffered: number
  readonly feature: number
  readonly short: number
  readonly series: number
}

/** A feed in the store. */
export interface StoredFeed {
  readonly id: FeedId
  /** As it was given when the feed was loaded. Another one = load it again. */
  readonly version: string
  readonly trust: 'bundled' | 'signed'
  /** Its name by language. */
  readonly names: Readonly<Record<string, string>>
  readonly workCount: number
  readonly loadedOn: string
}
