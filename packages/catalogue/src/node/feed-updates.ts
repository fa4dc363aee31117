/** Updates of feeds that are there: only what changed is written. */
import type { CalendarDate } from '@matinee/rights'
import type { StoredFeed } from '../search/catalogue-answers.ts'
import type { FeedChanges, FeedInput } from './feed-input.ts'
import type { UpdateEnd, UpdatedFeed } from './feed-updating.ts'
import type { ReaderCalls } from './reader-calls.ts'
import { sendWorks } from './work-batches.ts'
import type { WorkerLink } from './worker-link.ts'

/** Of a feed's works, how many may change in an update: with more, a load is quicker. */
const UPDATE_SHARE = 0.05
/** So many may always change. */
const UPDATE_WORKS = 500
/** Of a feed's works, how many may have changed since its file was written from beginning to end. */
const PENDING_SHARE = 0.02

/** What an update needs besides. */
export interface FeedUpdateOptions {
  readonly date: CalendarDate
  readonly largestBytes: number
  /** Calls it off until it's written. */
  readonly signal: AbortSignal
  /** Calls it off. */
  readonly ended: AbortSignal
}

/**
 * Changes the version of a feed that is there into another one, and shows that; `null` = all of its works must be loaded.
 * Throws {@link CatalogueStoreError}; then what was there stays.
 */
export async function updateFeed(
  reader: WorkerLink<ReaderCalls>,
  feed: FeedInput,
  { date, largestBytes, signal, ended }: FeedUpdateOptions,
): Promise<UpdatedFeed | null> {
  const { id, version, trust, names, lists, changesSince } = feed
  const there = (await reader.call('feeds', null, signal)).find((each) => each.id === id)
  const changes = there === undefined ? null : (changesSince?.(there.version, version) ?? null)
  if (there === undefined || changes === null || !isUpdate(changes, there)) return null
  if (!(await reader.call('beginUpdate', { feedId: id, from: there.version }, signal))) return null
  await sendWorks(changes.works, (batch) => reader.call('addToUpdate', batch, signal))
  signal.throwIfAborted()
  const head = { id, version, trust, names, loadedOn: date }
  const end: UpdateEnd = { feed: head, lists, removed: changes.removed, largestBytes }
  // From here on it's too late to call it off: a version that is on the disk is shown.
  return await reader.call('finishUpdate', end, ended)
}

/** Whether so much changed that a feed's file should be written anew. */
export function isUntidy({ pendingCount, workCount }: UpdatedFeed): boolean {
  return pendingCount > Math.max(UPDATE_WORKS, PENDING_SHARE * workCount)
}

function isUpdate({ count }: FeedChanges, { workCount }: StoredFeed): boolean {
  return count <= Math.max(UPDATE_WORKS, UPDATE_SHARE * workCount)
}
