import type { FeedCheck, WantedFile } from './feed-refresh.ts'

/** Fetches a file of a feed; `null` = the source hasn't it. Takes no more than `maxBytes`. */
export type FetchFile = (wanted: WantedFile) => Promise<Uint8Array | null>

/**
 * Runs a check against one source. Rejects with whatever `fetch` rejects with; a check of a source that failed is over, and
 * nothing of it is kept.
 */
export async function runCheck<T>(check: FeedCheck<T>, fetch: FetchFile): Promise<T> {
  let step = check.next()
  while (step.done !== true) step = check.next(await fetch(step.value))
  return step.value
}
