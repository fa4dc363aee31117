import type { FeedId } from '../name/id.ts'
import type {
  CatalogueCounts,
  CuratedList,
  PersonPage,
  Row,
  RowRequest,
  SameWork,
  SameWorksRequest,
  StoredFeed,
  Suggestions,
  WorkAnswer,
  WorkRequest,
} from '../search/catalogue-answers.ts'
import type { Audience, WorkPage, WorkQuery } from '../search/work-query.ts'
import type { WorkKey, WorkSummary } from '../search/work-summary.ts'
import type { Withholding } from '../search/withheld-works.ts'
import type { UpdateEnd, UpdateStart, UpdatedFeed } from './feed-updating.ts'
import type { LoadBatch } from './loader-worker.ts'

/** A question with the day on which it's asked, as a day number. */
export type Dated<T> = T & { readonly day: number }

/** What the reading thread is started with. */
export interface ReaderData {
  readonly folder: string
  /** Feeds named here come first, in this order; the others by their ids. */
  readonly order: readonly FeedId[]
}

/** What the reading thread answers. */
export interface ReaderCalls {
  search(query: Dated<WorkQuery>): WorkPage
  suggest(query: Dated<SuggestRequest>): Suggestions
  work(request: Dated<WorkRequest>): WorkAnswer
  works(request: Dated<WorksRequest>): readonly WorkSummary[]
  person(request: Dated<PersonRequest>): PersonPage | null
  lists(audience: Dated<Audience>): readonly CuratedList[]
  row(request: Dated<RowRequest>): Row
  sameWorks(request: Dated<SameWorksRequest>): readonly (readonly SameWork[])[]
  counts(request: Dated<Audience>): CatalogueCounts
  feeds(nothing: null): readonly StoredFeed[]
  revision(when: { readonly day: number }): number
  /** Takes up the newest file of a feed, and deletes the older ones. */
  takeUp(feedId: FeedId): void
  remove(feedId: FeedId): void
  setOrder(order: readonly FeedId[]): void
  withhold(withheld: readonly Withholding[]): void
  beginUpdate(start: UpdateStart): boolean
  addToUpdate(batch: LoadBatch): void
  finishUpdate(end: UpdateEnd): UpdatedFeed
}

/** A half-typed text. */
export interface SuggestRequest extends Audience {
  readonly text: string
}

/** Works by key, at most 500; those that aren't offered are left out. */
export interface WorksRequest extends Audience {
  readonly keys: readonly WorkKey[]
}

/** Somebody by key. */
export interface PersonRequest extends Audience {
  readonly key: string
}
