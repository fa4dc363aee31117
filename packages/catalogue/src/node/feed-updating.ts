/** Updates of feeds in the thread that answers queries: works come in batches between queries, and are shown all at once. */
import { assert } from '@matinee/base'
import type { WorkList } from '../feed/feed-manifest.ts'
import type { FeedId, WorkId } from '../name/id.ts'
import type { WorkRecord } from '../record/work-record.ts'
import type { StoredFeed } from '../search/catalogue-answers.ts'
import type { UpdatedWork } from './feed-file-change.ts'
import type { LoadBatch, LoadCost } from './loader-worker.ts'
import type { OpenFeeds } from './open-feeds.ts'

/** Which feed is to be updated. */
export interface UpdateStart {
  readonly feedId: FeedId
  /** What it must be now. */
  readonly from: string
}

/** An update's end. */
export interface UpdateEnd {
  readonly feed: Omit<StoredFeed, 'workCount'>
  readonly lists: readonly WorkList[]
  readonly removed: readonly WorkId[]
  /** Bytes that the feed's file may have. */
  readonly largestBytes: number
}

/** A feed that was updated. */
export interface UpdatedFeed extends StoredFeed, LoadCost {
  /** Works that its file's index doesn't hold yet. */
  readonly pendingCount: number
}

/** The one update that is going on. */
export class FeedUpdating {
  readonly #feeds: OpenFeeds
  readonly #onUpdated: () => void
  #start: UpdateStart | null = null
  #works: UpdatedWork[] = []
  #removed: WorkId[] = []
  #cpuBefore: NodeJS.CpuUsage = process.threadCpuUsage()

  constructor(feeds: OpenFeeds, onUpdated: () => void) {
    this.#feeds = feeds
    this.#onUpdated = onUpdated
  }

  /** Begins an update in the place of one that never ended; false = another version is there, or none. */
  begin(start: UpdateStart): boolean {
    this.#start = start
    this.#works = []
    this.#removed = []
    this.#cpuBefore = process.threadCpuUsage()
    return this.#feeds.all.some(
      ({ file }) => file.feed.id === start.feedId && file.feed.version === start.from,
    )
  }

  /** Takes works that are new or other ones. */
  add(batch: LoadBatch): void {
    for (const { record: json, entry } of batch) {
      const record = JSON.parse(json) as WorkRecord
      // NOTE: a candidate is in no answer, whatever the work was before.
      if (entry.state === 'offered') this.#works.push({ record, json, added: entry.added })
      else this.#removed.push(record.id)
    }
  }

  /** Writes the update and shows it: all of it or nothing. */
  finish({ feed, lists, removed, largestBytes }: UpdateEnd): UpdatedFeed {
    const start = this.#start
    assert(start?.feedId === feed.id, 'an update begins before it ends')
    const works = this.#works
    this.#start = null
    this.#works = []
    const gone = [...this.#removed, ...removed]
    const file = this.#feeds.update(feed.id, { feed, works, removed: gone, lists }, largestBytes)
    this.#onUpdated()
    const { user, system } = process.threadCpuUsage(this.#cpuBefore)
    return { ...file.feed, cpuMs: (user + system) / 1000, pendingCount: file.pendingCount }
  }
}
