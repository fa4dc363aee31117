/**
 * Why a call to the store failed. Stable.
 *
 * - `worker-crashed`: the thread that was at it ended; later calls get a new one.
 * - `closed`: the store was disposed.
 * - `full`: there is no room for the feed, on the disk or under its limit; what was there stays.
 * - `disk`: the system refused something else; what was there stays.
 * - `damaged`: a feed's file isn't what was written. It's thrown away; load the feed again.
 * - `internal`: a bug, in the message's words.
 */
export type CatalogueStoreCode =
  | 'worker-crashed'
  | 'closed'
  | 'full'
  | 'disk'
  | 'damaged'
  | 'internal'

/** Thrown by the catalogue's store. */
export class CatalogueStoreError extends Error {
  override readonly name = 'CatalogueStoreError'
  readonly code: CatalogueStoreCode

  constructor(code: CatalogueStoreCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

const FULL: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 13])
const DAMAGED: ReadonlySet<unknown> = new Set([11, 26])

/** What SQLite or the system threw, by what it means for the store. */
export function storeErrorOf(what: string, error: unknown): CatalogueStoreError {
  if (error instanceof CatalogueStoreError) return error
  const message = `${what}: ${error instanceof Error ? error.message : String(error)}`
  const codes = codesOf(error)
  const code = codes.some((each) => FULL.has(each))
    ? 'full'
    : codes.some((each) => DAMAGED.has(each))
      ? 'damaged'
      : codes.length > 0
        ? 'disk'
        : 'internal'
  return new CatalogueStoreError(code, message, { cause: error })
}

/** The system's code and SQLite's primary one (its extended ones have more bits), where there are any. */
function codesOf(error: unknown): unknown[] {
  if (!(error instanceof Error)) return []
  if ('errcode' in error && typeof error.errcode === 'number') return [error.errcode & 0xff]
  return 'syscall' in error && 'code' in error ? [error.code] : []
}
