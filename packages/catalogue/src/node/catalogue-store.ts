/**
 * The catalogue on disk: a folder with one file for each feed, which is a cache and can be made again from the feeds.
 * One thread answers queries out of an index in memory; another writes a feed's next version and ends.
 */
import { mkdirSync } from 'node:fs'
import { type Clock, DAY_MS, type Log, SILENT_LOG } from '@matinee/base'
import type { Sha256Text } from '../name/hash-text.ts'
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
import type { Withholding } from '../search/withheld-works.ts'
import type { WorkSummary } from '../search/work-summary.ts'
import { storeErrorOf } from './catalogue-store-error.ts'
import type { FeedInput } from './feed-input.ts'
import { FeedLoads, type LoadedFolder } from './feed-loads.ts'
import type { LoadCost } from './loader-worker.ts'
import type { PersonRequest, ReaderCalls, SuggestRequest, WorksRequest } from './reader-calls.ts'
import { WorkerLink } from './worker-link.ts'

/** How a store is opened. */
export interface CatalogueStoreOptions {
  /** Where its files lie; made when it isn't there. Nobody else may write in it. */
  readonly folder: string
  /** Gives the day for which offers are judged (in Greenwich). */
  readonly clock: Clock
  /** Default: silent. */
  readonly log?: Log
  /** Feeds in the viewer's order; those not named come behind. */
  readonly feedOrder?: readonly FeedId[]
  /** Bytes that one feed's file may have; default 4 GB. */
  readonly largestFeedBytes?: number
}

/** All feeds together, to be asked. Every call may reject with {@link CatalogueStoreError}. */
export interface CatalogueStore extends AsyncDisposable {
  /** The feeds there are, in the viewer's order. Compare `version` to know whether one must be loaded. */
  feeds(signal?: AbortSignal): Promise<readonly StoredFeed[]>
  /**
   * A number that is another one when the same question may have another answer on the same day: a feed came, was
   * replaced or went, or offers were judged again.
   */
  revision(signal?: AbortSignal): Promise<number>
  /** Whether a feed is being loaded or waits for its turn: what isn't found now may be found soon. */
  readonly isLoading: boolean
  /**
   * Puts a feed in the place of its older version, whole or not at all: until it's done, and when it fails or is aborted,
   * the older one is shown. Loads wait for each other.
   */
  load(feed: FeedInput, signal?: AbortSignal): Promise<StoredFeed & LoadCost>
  /**
   * The same for a bundled feed that lies in a folder (docs/feed-format.md, section 7): read and checked by the loading
   * thread, work by work. A feed that is refused leaves its older version.
   *
   * @param folder absolute
   * @param manifestSha256 of its feed.json; the feed's version from then on
   */
  loadFolder(
    folder: string,
    manifestSha256: Sha256Text,
    signal?: AbortSignal,
  ): Promise<LoadedFolder>
  /** Forgets a feed. */
  remove(feedId: FeedId): Promise<void>
  /** Shows feeds in another order, from now on; those not named come behind. */
  setFeedOrder(order: readonly FeedId[]): Promise<void>
  /**
   * Offers no work that these name, but those of the feed that withdraws them, in the place of what was withheld before;
   * also after another start.
   */
  withhold(withheld: readonly Withholding[]): Promise<void>
  /** Works by text and filters, with facets. */
  search(query: WorkQuery, signal?: AbortSignal): Promise<WorkPage>
  /** What a half-typed text may mean. */
  suggest(request: SuggestRequest, signal?: AbortSignal): Promise<Suggestions>
  /** One work, whole. */
  work(request: WorkRequest, signal?: AbortSignal): Promise<WorkAnswer>
  /** Summaries of these works in their order, without those that aren't offered; at most 500. */
  works(request: WorksRequest, signal?: AbortSignal): Promise<readonly WorkSummary[]>
  /** Somebody with their works on offer; `null` = none. */
  person(request: PersonRequest, signal?: AbortSignal): Promise<PersonPage | null>
  /** The curated lists that have works on offer. */
  lists(audience: Audience, signal?: AbortSignal): Promise<readonly CuratedList[]>
  /**
   * Every record of each work, the one that is shown first, then in the order of feeds; for a work that nobody has, and that
   * is known nowhere, none. At most 500 works.
   */
  sameWorks(
    request: SameWorksRequest,
    signal?: AbortSignal,
  ): Promise<readonly (readonly SameWork[])[]>
  /** A row of the programme. */
  row(request: RowRequest, signal?: AbortSignal): Promise<Row>
  /** How many works there are. */
  counts(audience: Audience, signal?: AbortSignal): Promise<CatalogueCounts>
}

const READER = new URL('./reader-worker.ts', import.meta.url)
const LARGEST_FEED_BYTES = 4e9

/** Opens the catalogue in a folder. Throws {@link CatalogueStoreError} when the folder can't be made. */
export async function openCatalogueStore(options: CatalogueStoreOptions): Promise<CatalogueStore> {
  const { folder, feedOrder = [], log = SILENT_LOG } = options
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw storeErrorOf(`cannot make ${folder}`, error)
  }
  const started = { folder, order: feedOrder }
  const reader = new WorkerLink<ReaderCalls>(READER, started, log)
  const store = new OpenStore(options, reader, started)
  // Starts the thread and opens the feeds.
  await store.feeds()
  return store
}

class OpenStore implements CatalogueStore {
  readonly #options: CatalogueStoreOptions
  readonly #reader: WorkerLink<ReaderCalls>
  readonly #started: { order: readonly FeedId[] }
  readonly #loads: FeedLoads

  /** @param started what the reader is started with, also after it ended by itself */
  constructor(
    options: CatalogueStoreOptions,
    reader: WorkerLink<ReaderCalls>,
    started: { order: readonly FeedId[] },
  ) {
    this.#options = options
    this.#reader = reader
    this.#started = started
    const { folder, log = SILENT_LOG, largestFeedBytes = LARGEST_FEED_BYTES } = options
    this.#loads = new FeedLoads({
      folder,
      log,
      largestFeedBytes,
      day: () => this.#day(),
      reader,
    })
  }

  feeds(signal?: AbortSignal): Promise<readonly StoredFeed[]> {
    return this.#reader.call('feeds', null, signal)
  }

  revision(signal?: AbortSignal): Promise<number> {
    return this.#reader.call('revision', this.#dated({}), signal)
  }

  get isLoading(): boolean {
    return this.#loads.isLoading
  }

  load(feed: FeedInput, signal?: AbortSignal): Promise<StoredFeed & LoadCost> {
    return this.#loads.load(feed, signal)
  }

  loadFolder(
    folder: string,
    manifestSha256: Sha256Text,
    signal?: AbortSignal,
  ): Promise<LoadedFolder> {
    return this.#loads.loadFolder({ folder, manifestSha256 }, signal)
  }

  async remove(feedId: FeedId): Promise<void> {
    await this.#loads.idle()
    await this.#reader.call('remove', feedId)
  }

  async setFeedOrder(order: readonly FeedId[]): Promise<void> {
    this.#started.order = order
    await this.#reader.call('setOrder', order)
  }

  async withhold(withheld: readonly Withholding[]): Promise<void> {
    await this.#reader.call('withhold', withheld)
  }

  search(query: WorkQuery, signal?: AbortSignal): Promise<WorkPage> {
    return this.#reader.call('search', this.#dated(query), signal)
  }

  suggest(request: SuggestRequest, signal?: AbortSignal): Promise<Suggestions> {
    return this.#reader.call('suggest', this.#dated(request), signal)
  }

  work(request: WorkRequest, signal?: AbortSignal): Promise<WorkAnswer> {
    return this.#reader.call('work', this.#dated(request), signal)
  }

  works(request: WorksRequest, signal?: AbortSignal): Promise<readonly WorkSummary[]> {
    return this.#reader.call('works', this.#dated(request), signal)
  }

  person(request: PersonRequest, signal?: AbortSignal): Promise<PersonPage | null> {
    return this.#reader.call('person', this.#dated(request), signal)
  }

  lists(audience: Audience, signal?: AbortSignal): Promise<readonly CuratedList[]> {
    return this.#reader.call('lists', this.#dated(audience), signal)
  }

  sameWorks(
    request: SameWorksRequest,
    signal?: AbortSignal,
  ): Promise<readonly (readonly SameWork[])[]> {
    return this.#reader.call('sameWorks', this.#dated(request), signal)
  }

  row(request: RowRequest, signal?: AbortSignal): Promise<Row> {
    return this.#reader.call('row', this.#dated(request), signal)
  }

  counts(audience: Audience, signal?: AbortSignal): Promise<CatalogueCounts> {
    return this.#reader.call('counts', this.#dated(audience), signal)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#loads[Symbol.asyncDispose]()
    await this.#reader[Symbol.asyncDispose]()
  }

  #dated<T>(request: T): T & { readonly day: number } {
    return { ...request, day: this.#day() }
  }

  #day(): number {
    return Math.floor(this.#options.clock.wallMs() / DAY_MS)
  }
}
