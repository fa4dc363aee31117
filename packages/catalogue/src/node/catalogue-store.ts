/**
 * The catalogue on disk: a folder with one file for each feed, which is a cache and can be made again from the feeds.
 * One thread answers queries out of an index in memory; another writes a feed's next version and ends.
 */
import { rm } from 'node:fs/promises'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Clock, DAY_MS, type Log, SILENT_LOG } from '@matinee/base'
import type { Country } from '@matinee/rights'
import type { FeedWork } from '../feed/bundled-feed.ts'
import type { WorkList } from '../feed/feed-manifest.ts'
import type { FeedId } from '../name/id.ts'
import type {
  CatalogueCounts,
  CuratedList,
  PersonPage,
  Row,
  RowRequest,
  StoredFeed,
  Suggestions,
  WorkAnswer,
  WorkRequest,
} from '../search/catalogue-answers.ts'
import { dayOf } from '../search/day-number.ts'
import type { Audience, WorkPage, WorkQuery } from '../search/work-query.ts'
import type { WorkSummary } from '../search/work-summary.ts'
import { CatalogueStoreError, storeErrorOf } from './catalogue-store-error.ts'
import { feedFileName, feedFilesIn } from './feed-files.ts'
import type { LoadCost, LoaderCalls } from './loader-worker.ts'
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

/** A feed to load. */
export interface FeedInput {
  readonly id: FeedId
  /** Changes with the feed, such as its manifest's SHA-256. */
  readonly version: string
  readonly trust: 'bundled' | 'signed'
  /** The feed's name by language. */
  readonly names: Readonly<Record<string, string>>
  /** Validated works, in the order of the feed. Candidates are left out. */
  readonly works: Iterable<FeedWork> | AsyncIterable<FeedWork>
  readonly lists: readonly WorkList[]
}

/** All feeds together, to be asked. Every call may reject with {@link CatalogueStoreError}. */
export interface CatalogueStore extends AsyncDisposable {
  /** The feeds there are, in the viewer's order. Compare `version` to know whether one must be loaded. */
  feeds(signal?: AbortSignal): Promise<readonly StoredFeed[]>
  /**
   * Puts a feed in the place of its older version, whole or not at all: until it's done, and when it fails or is aborted,
   * the older one is shown. Loads wait for each other.
   */
  load(feed: FeedInput, signal?: AbortSignal): Promise<StoredFeed & LoadCost>
  /** Forgets a feed. */
  remove(feedId: FeedId): Promise<void>
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
  /** A row of the programme. */
  row(request: RowRequest, signal?: AbortSignal): Promise<Row>
  /** How many works there are. */
  counts(
    where: { readonly territory: Country | null },
    signal?: AbortSignal,
  ): Promise<CatalogueCounts>
}

const READER = new URL('./reader-worker.ts', import.meta.url)
const LOADER = new URL('./loader-worker.ts', import.meta.url)
const LARGEST_FEED_BYTES = 4e9
/** Works in one message to the loading thread: a millisecond of this one's time. */
const BATCH_WORKS = 32

/** Opens the catalogue in a folder. Throws {@link CatalogueStoreError} when the folder can't be made. */
export async function openCatalogueStore(options: CatalogueStoreOptions): Promise<CatalogueStore> {
  const { folder, feedOrder = [], log = SILENT_LOG } = options
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw storeErrorOf(`cannot make ${folder}`, error)
  }
  const reader = new WorkerLink<ReaderCalls>(READER, { folder, order: feedOrder }, log)
  const store = new OpenStore(options, reader)
  // Starts the thread and opens the feeds.
  await store.feeds()
  return store
}

class OpenStore implements CatalogueStore {
  readonly #options: CatalogueStoreOptions
  readonly #reader: WorkerLink<ReaderCalls>
  readonly #ended = new AbortController()
  #loads: Promise<unknown> = Promise.resolve()

  constructor(options: CatalogueStoreOptions, reader: WorkerLink<ReaderCalls>) {
    this.#options = options
    this.#reader = reader
  }

  feeds(signal?: AbortSignal): Promise<readonly StoredFeed[]> {
    return this.#reader.call('feeds', null, signal)
  }

  load(feed: FeedInput, signal?: AbortSignal): Promise<StoredFeed & LoadCost> {
    const ended = this.#ended.signal
    const until = signal === undefined ? ended : AbortSignal.any([signal, ended])
    const load = this.#loads.then(() => this.#load(feed, until))
    this.#loads = load.catch(() => null)
    return load
  }

  async remove(feedId: FeedId): Promise<void> {
    await this.#loads
    await this.#reader.call('remove', feedId)
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

  row(request: RowRequest, signal?: AbortSignal): Promise<Row> {
    return this.#reader.call('row', this.#dated(request), signal)
  }

  counts(
    where: { readonly territory: Country | null },
    signal?: AbortSignal,
  ): Promise<CatalogueCounts> {
    return this.#reader.call('counts', this.#dated(where), signal)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended.abort(new CatalogueStoreError('closed', 'the catalogue was closed'))
    await this.#loads
    await this.#reader[Symbol.asyncDispose]()
  }

  #dated<T>(request: T): T & { readonly day: number } {
    return { ...request, day: this.#day() }
  }

  #day(): number {
    return Math.floor(this.#options.clock.wallMs() / DAY_MS)
  }

  async #load(feed: FeedInput, signal: AbortSignal): Promise<StoredFeed & LoadCost> {
    signal.throwIfAborted()
    const { folder, log = SILENT_LOG, largestFeedBytes = LARGEST_FEED_BYTES } = this.#options
    const { name, part } = feedFileName(feed.id, nextGeneration(folder, feed.id))
    try {
      await using loader = new WorkerLink<LoaderCalls>(LOADER, null, log)
      const date = dayOf(this.#day())
      const start = { folder, part, largestBytes: largestFeedBytes, date }
      await loader.call('begin', start, signal)
      await sendWorks(feed.works, loader, signal)
      const { id, version, trust, names } = feed
      const head = { id, version, trust, names, loadedOn: date }
      signal.throwIfAborted()
      // From here on it's too late to call it off: a version that is on the disk is shown.
      const end = { name, feed: head, lists: feed.lists }
      const stored = await loader.call('finish', end, this.#ended.signal)
      await this.#reader.call('takeUp', feed.id)
      const { workCount, cpuMs } = stored
      log.info('catalogue-feed-loaded', { feed: id, works: workCount, cpuMs: Math.round(cpuMs) })
      return stored
    } catch (error) {
      await rm(join(folder, part), { force: true })
      throw error
    }
  }
}

/** Sends works in batches, two on their way at a time, and waits for the last. */
async function sendWorks(
  works: FeedInput['works'],
  loader: WorkerLink<LoaderCalls>,
  signal: AbortSignal,
): Promise<void> {
  let before: Promise<void> = Promise.resolve()
  let batch: { record: string; added: string }[] = []
  const send = async (): Promise<void> => {
    const sent = loader.call('add', batch, signal)
    batch = []
    // Its failure is met by whoever waits for it.
    sent.catch(() => null)
    const previous = before
    before = sent
    await previous
  }
  for await (const { entry, record } of works) {
    // NOTE: the one place where candidates are kept out of everything that is ever shown.
    if (entry.state !== 'offered') continue
    batch.push({ record: JSON.stringify(record), added: entry.added })
    if (batch.length === BATCH_WORKS) await send()
  }
  await send()
  await before
}

function nextGeneration(folder: string, feedId: FeedId): number {
  const files = feedFilesIn(folder).filter((file) => file.feedId === feedId)
  return Math.max(0, ...files.map(({ generation }) => generation)) + 1
}
