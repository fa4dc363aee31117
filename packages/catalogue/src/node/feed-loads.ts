/** Loads of feeds: a thread for each, which writes the next version of a feed and ends. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Log } from '@matinee/base'
import type { FeedWork } from '../feed/bundled-feed.ts'
import type { WorkList } from '../feed/feed-manifest.ts'
import type { FeedProblem } from '../feed/feed-problem.ts'
import type { FeedId } from '../name/id.ts'
import type { StoredFeed } from '../search/catalogue-answers.ts'
import { dayOf } from '../search/day-number.ts'
import { CatalogueStoreError } from './catalogue-store-error.ts'
import { feedFileName, feedFilesIn } from './feed-files.ts'
import type { LoadBatch, LoadCost, LoaderCalls, SourceFolder } from './loader-worker.ts'
import { WorkerLink } from './worker-link.ts'

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

/** What became of a folder that was to be loaded. */
export type LoadedFolder =
  | { readonly kind: 'loaded'; readonly feed: StoredFeed & LoadCost }
  | {
      readonly kind: 'refused'
      /** Null = its manifest can't be read. */
      readonly feedId: FeedId | null
      readonly problems: readonly FeedProblem[]
    }
  /** It needs a reader of version `minVersion`. */
  | { readonly kind: 'newer'; readonly minVersion: number }

/** What loads need. */
export interface FeedLoadsOptions {
  /** Where the feeds' files lie. */
  readonly folder: string
  readonly log: Log
  readonly largestFeedBytes: number
  /** The day's number, for which offers are judged. */
  readonly day: () => number
  /** Shows the newest file of a feed. */
  readonly takeUp: (feedId: FeedId) => Promise<void>
}

const LOADER = new URL('./loader-worker.ts', import.meta.url)
/** Works in one message to the loading thread: a millisecond of this one's time. */
const BATCH_WORKS = 32

/** Loads feeds one after another. */
export class FeedLoads implements AsyncDisposable {
  readonly #options: FeedLoadsOptions
  readonly #ended = new AbortController()
  #last: Promise<unknown> = Promise.resolve()

  constructor(options: FeedLoadsOptions) {
    this.#options = options
  }

  /** See `CatalogueStore.load`. */
  load(feed: FeedInput, signal?: AbortSignal): Promise<StoredFeed & LoadCost> {
    return this.#inTurn(signal, (until) => this.#load(feed, until))
  }

  /** See `CatalogueStore.loadFolder`. */
  loadFolder(source: SourceFolder, signal?: AbortSignal): Promise<LoadedFolder> {
    return this.#inTurn(signal, (until) => this.#loadFolder(source, until))
  }

  /** Resolves when no load is going on. */
  async idle(): Promise<void> {
    await this.#last
  }

  /** Calls off what is going on. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended.abort(new CatalogueStoreError('closed', 'the catalogue was closed'))
    await this.#last
  }

  /** Loads wait for each other, and end with the store. */
  #inTurn<T>(
    signal: AbortSignal | undefined,
    run: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const ended = this.#ended.signal
    const until = signal === undefined ? ended : AbortSignal.any([signal, ended])
    const load = this.#last.then(() => run(until))
    this.#last = load.catch(() => null)
    return load
  }

  async #load(feed: FeedInput, signal: AbortSignal): Promise<StoredFeed & LoadCost> {
    await using loader = this.#loader(signal)
    return await this.#write(feed, loader, signal, () => sendWorks(feed.works, loader, signal))
  }

  async #loadFolder(source: SourceFolder, signal: AbortSignal): Promise<LoadedFolder> {
    await using loader = this.#loader(signal)
    const head = await loader.call('open', source, signal)
    if (head.kind === 'newer') return { kind: 'newer', minVersion: head.minVersion }
    if (head.kind === 'refused') return { ...head, feedId: null }
    const feed = { ...head.feed, version: source.manifestSha256, lists: head.lists }
    try {
      return {
        kind: 'loaded',
        feed: await this.#write(feed, loader, signal, async () => {
          const problems = await loader.call('addOpened', null, signal)
          if (problems.length > 0) throw new RefusedFolder(problems)
        }),
      }
    } catch (error) {
      if (!(error instanceof RefusedFolder)) throw error
      return { kind: 'refused', feedId: feed.id, problems: error.problems }
    }
  }

  #loader(signal: AbortSignal): WorkerLink<LoaderCalls> {
    signal.throwIfAborted()
    return new WorkerLink<LoaderCalls>(LOADER, null, this.#options.log)
  }

  /** Writes a feed's next version with whatever `addWorks` adds, and shows it. */
  async #write(
    { id, version, trust, names, lists }: Omit<FeedInput, 'works'>,
    loader: WorkerLink<LoaderCalls>,
    signal: AbortSignal,
    addWorks: () => Promise<void>,
  ): Promise<StoredFeed & LoadCost> {
    const { folder, log, largestFeedBytes } = this.#options
    const { name, part } = feedFileName(id, nextGeneration(folder, id))
    try {
      const date = dayOf(this.#options.day())
      const start = { folder, part, largestBytes: largestFeedBytes, date }
      await loader.call('begin', start, signal)
      await addWorks()
      const head = { id, version, trust, names, loadedOn: date }
      signal.throwIfAborted()
      // From here on it's too late to call it off: a version that is on the disk is shown.
      const stored = await loader.call('finish', { name, feed: head, lists }, this.#ended.signal)
      await this.#options.takeUp(id)
      const { workCount, cpuMs } = stored
      log.info('catalogue-feed-loaded', { feed: id, works: workCount, cpuMs: Math.round(cpuMs) })
      return stored
    } catch (error) {
      // The thread may be writing still.
      await loader[Symbol.asyncDispose]()
      await rm(join(folder, part), { force: true })
      throw error
    }
  }
}

/** A folder's feed turned out to be broken when some of it was written already. */
class RefusedFolder extends Error {
  override readonly name = 'RefusedFolder'
  readonly problems: readonly FeedProblem[]
  constructor(problems: readonly FeedProblem[]) {
    super('the feed is refused')
    this.problems = problems
  }
}

/** Sends works in batches, two on their way at a time, and waits for the last. */
async function sendWorks(
  works: FeedInput['works'],
  loader: WorkerLink<LoaderCalls>,
  signal: AbortSignal,
): Promise<void> {
  let before: Promise<void> = Promise.resolve()
  let batch: LoadBatch[number][] = []
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
    const { state, added } = entry
    batch.push({ record: JSON.stringify(record), entry: { state, added } })
    if (batch.length === BATCH_WORKS) await send()
  }
  await send()
  await before
}

function nextGeneration(folder: string, feedId: FeedId): number {
  const files = feedFilesIn(folder).filter((file) => file.feedId === feedId)
  return Math.max(0, ...files.map(({ generation }) => generation)) + 1
}
