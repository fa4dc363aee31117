import { MINUTE_MS, SECOND_MS } from '@matinee/base'

/** A film that plays says where it is every few seconds. */
const SETTLED_MS = 4 * SECOND_MS
/** How often at most while things change. */
const APART_MS = 30 * SECOND_MS
/** How often, though nothing changed here: it may have there, and a question may have been lost. */
const ANYWAY_MS = 10 * MINUTE_MS
/** After a try that failed: the other computer asks by itself when it's there again. */
const FAILED_MS = 5 * MINUTE_MS

/** How it stands with a link; times are the clock's `nowMs`. */
export interface SyncStanding {
  /** Since when something here isn't there; null = nothing that we know of. */
  readonly changedMs: number | null
  /** When it was last tried; null = never yet. */
  readonly triedMs: number | null
  readonly hasFailed: boolean
}

/** When shelves are to be brought together next. Pure. */
export function nextSyncMs({ changedMs, triedMs, hasFailed }: SyncStanding): number {
  if (triedMs === null) return 0
  if (hasFailed) return triedMs + FAILED_MS
  if (changedMs === null) return triedMs + ANYWAY_MS
  return Math.max(changedMs + SETTLED_MS, triedMs + APART_MS)
}
