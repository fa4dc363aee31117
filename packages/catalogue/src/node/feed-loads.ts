/** Loads of feeds: a thread for each, which writes the next version of a feed and ends. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { TurnQueue, type Log, messageOf } from '@matinee/base'
import type { FeedProblem } from '../feed/feed-problem.ts'
import type { FeedId } from '../name/id.ts'
import type { StoredFeed } from '../search/catalogue-answers.ts'
import { dayOf } from '../search/day-number.ts'
import { CatalogueStoreError } from './catalogue-store-error.ts'
import { feedFileName, feedFilesIn } from './feed-files.ts'
import type { FeedInput } from './feed-input.ts'
import { isUntidy, updateFeed } from './feed-updates.ts'
import type { LoadCost, LoaderCalls, SourceFolder } from './loader-worker.ts'
import type { ReaderCalls } from './reader-calls.ts'
import { sendWorks } from './work-batches.ts'
import { WorkerLink } from './worker-link.ts'

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
  /** The thread that shows feeds. */
  readonly reader: WorkerLink<ReaderCalls>
}

const LOADER = new URL('./loader-worker.ts', import.meta.url)
/** Loads feeds one after another. */
export class FeedLoads implements AsyncDisposable {
  readonly #options: FeedLoadsOptions
  readonly #ended = new AbortController()
  readonly #turns = new TurnQueue()
  #waiting = 0
  #tidying: AbortController | null = null

  constructor(options: FeedLoadsOptions) {
    this.#options = options
  }

  /** See `CatalogueStore.isLoading`. */
  get isLoading(): boolean {
    return this.#waiting > 0
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
    this.#tidying?.abort(new CatalogueStoreError('closed', 'the feed may be removed'))
    await this.#turns.idle()
  }

  /** Calls off what is going on. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended.abort(new CatalogueStoreError('closed', 'the catalogue was closed'))
    await this.#turns.idle()
  }

  /** Loads wait for each other, and end with the store. */
  #inTurn<T>(
    signal: AbortSignal | undefined,
    run: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const ended = this.#ended.signal
    const until = signal === undefined ? ended : AbortSignal.any([signal, ended])
    this.#tidying?.abort(new CatalogueStoreError('closed', 'another load goes first'))
    this.#waiting += 1
    return this.#turns
      .run(() => run(until))
      .finally(() => {
        this.#waiting -= 1
      })
  }

  async #load(feed: FeedInput, signal: AbortSignal): Promise<StoredFeed & LoadCost> {
    const updated = await this.#update(feed, signal)
    if (updated !== null) return updated
    await using loader = this.#loader(signal)
    return await this.#write(feed, loader, signal, () =>
      sendWorks(feed.works, (batch) => loader.call('add', batch, signal)),
    )
  }

  async #update(feed: FeedInput, signal: AbortSignal): Promise<(StoredFeed & LoadCost) | null> {
    const { reader, log, largestFeedBytes: largestBytes } = this.#options
    const date = dayOf(this.#options.day())
    const ended = this.#ended.signal
    const updated = await updateFeed(reader, feed, { date, largestBytes, signal, ended })
    if (updated === null) return null
    const { pendingCount, ...stored } = updated
    const cpuMs = Math.round(stored.cpuMs)
    log.info('catalogue-feed-updated', { feed: feed.id, pending: pendingCount, cpuMs })
    if (isUntidy(updated)) this.#tidy(feed.id)
    return stored
  }

  /** Writes a feed's file anew out of itself when nothing else is to be done; until the next load, which calls it off. */
  #tidy(feedId: FeedId): void {
    const tidying = new AbortController()
    const signal = AbortSignal.any([tidying.signal, this.#ended.signal])
    this.#tidying = tidying
    void this.#turns.run(async () => {
      try {
        await using loader = this.#loader(signal)
        const source = feedFilesIn(this.#options.folder).find((file) => file.feedId === feedId)
        if (source === undefined) return
        const path = join(this.#options.folder, source.name)
        const { feed, lists } = await loader.call('openStored', path, signal)
        await this.#write({ ...feed, lists }, loader, signal, () =>
          loader.call('addStored', null, signal),
        )
      } catch (error) {
        // What is there stays, and is tidied after another update.
        if (!signal.aborted)
          this.#options.log.warn('catalogue-feed-not-tidied', {
            feed: feedId,
            reason: messageOf(error),
          })
      }
    })
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
      await this.#options.reader.call('takeUp', id)
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

function nextGeneration(folder: string, feedId: FeedId): number {
  const files = feedFilesIn(folder).filter((file) => file.feedId === feedId)
  return Math.max(0, ...files.map(({ generation }) => generation)) + 1
}
