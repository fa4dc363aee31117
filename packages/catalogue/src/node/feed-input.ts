import type { FeedWork } from '../feed/bundled-feed.ts'
import type { WorkList } from '../feed/feed-manifest.ts'
import type { FeedId, WorkId } from '../name/id.ts'

/** A work whose record is at hand as JSON. */
export interface JsonWork extends FeedWork {
  /** `record` as JSON. */
  readonly json?: string
}

/** A feed to load. */
export interface FeedInput {
  readonly id: FeedId
  /** Changes with the feed, such as its manifest's SHA-256. */
  readonly version: string
  readonly trust: 'bundled' | 'signed'
  /** The feed's name by language. */
  readonly names: Readonly<Record<string, string>>
  /** Validated works, in the order of the feed. Candidates are left out. */
  readonly works: Iterable<JsonWork> | AsyncIterable<JsonWork>
  readonly lists: readonly WorkList[]
  /**
   * What changed since an older version, where the feed knows that: then only this is written, unless it's much. `null` = it
   * isn't known, and all works are written.
   *
   * @param to this version: for another one, such as that of an input with some works left out, the answer is `null`
   */
  readonly changesSince?: (from: string, to: string) => FeedChanges | null
}

/** What changed in a feed; no work twice. */
export interface FeedChanges {
  /** How many works are new, changed or gone. */
  readonly count: number
  /** Those that are new or other ones, validated. */
  readonly works: Iterable<JsonWork>
  /** Those that are gone, or aren't on offer any more; some may never have been there. */
  readonly removed: readonly WorkId[]
}
