import type { FeedId, ListId } from '../name/id.ts'
import type { WorkKind } from '../record/work-record.ts'
import type { NumberLists } from './number-lists.ts'
import type { Grant } from './offer.ts'
import { Vocabulary } from './vocabulary.ts'

/**
 * The index of one feed: everything that a search looks at, in flat arrays, for works numbered from 0. A number whose work
 * is gone is free, and is offered nowhere. Texts that are shown are elsewhere.
 */
export interface Segment {
  readonly feed: SegmentFeed
  /** Numbers, those that are free included. */
  readonly workCount: number
  readonly vocabulary: Vocabulary
  /** Words → works that have them in a title. */
  readonly wordTitles: NumberLists
  /** Words → people that have them in a name. */
  readonly wordPeople: NumberLists
  /** Works → the words of their titles, each title behind a {@link TITLE_END}. */
  readonly titleWords: NumberLists
  /** People → works. */
  readonly personWorks: NumberLists
  /** What genres, countries, languages, subtitles and descriptions are numbers of. */
  readonly names: readonly string[]
  readonly genres: NumberLists
  readonly countries: NumberLists
  readonly languages: NumberLists
  readonly subtitles: NumberLists
  /** Audio description. */
  readonly descriptions: NumberLists
  /** Places in {@link KINDS}. */
  readonly kinds: Uint8Array
  /** 0 = not known. */
  readonly years: Uint16Array
  /** 0 = not known. */
  readonly durationsSeconds: Uint32Array
  /** As `ageOf` says them. */
  readonly ages: Uint8Array
  /** Day numbers. */
  readonly addedDays: Int32Array
  /** Works in the order of their titles; those of one title by their hashes. A number that isn't in here is no work's. */
  readonly byTitle: Uint32Array
  /** Works → by what the same work is known elsewhere (`identitiesOf`), each as two numbers. */
  readonly identities: NumberLists
  /** Works → their info-hashes, the same way. */
  readonly infoHashes: NumberLists
  /** {@link textHash} of works' ids, and of people's keys. */
  readonly idHashes: Uint32Array
  readonly personHashes: Uint32Array
  readonly offers: Offers
  readonly lists: readonly SegmentList[]
}

/** Of which feed a segment is. */
export interface SegmentFeed {
  readonly id: FeedId
}

/** Where works are offered, and for which days that holds: see `Offer`. */
export interface Offers {
  /** The distinct answers; number 0 is "nowhere". */
  readonly classes: readonly (readonly Grant[])[]
  /** Works → places in `classes`. */
  readonly classOf: Uint32Array
  readonly firstDays: Int32Array
  readonly untilDays: Int32Array
  readonly recheckDays: Int32Array
}

/** A curated list, with numbers of works; works that aren't in the index are left out. */
export interface SegmentList {
  readonly id: ListId
  readonly kind: string
  readonly translations: Readonly<
    Record<string, { readonly title: string; readonly note?: string }>
  >
  readonly works: readonly number[]
}

/** Lists of works that hold places in `names`. */
export const NAMED = ['genres', 'languages', 'subtitles', 'descriptions', 'countries'] as const
/** One of {@link NAMED}. */
export type NamedList = (typeof NAMED)[number]

/** The kinds of work, by their numbers in a segment. */
export const KINDS: readonly WorkKind[] = ['feature', 'short', 'series']

/** What stands behind the words of a title in {@link Segment.titleWords}. */
export const TITLE_END = 0xffff_ffff
