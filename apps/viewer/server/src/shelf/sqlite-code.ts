/** SQLITE_ERROR: among others, a table that is there already. */
export const SQLITE_ERROR = 1
/** SQLITE_BUSY: another connection holds the lock. */
export const SQLITE_BUSY = 5
/** SQLITE_CORRUPT. */
export const SQLITE_CORRUPT = 11
/** SQLITE_FULL: the disk has no room. */
export const SQLITE_FULL = 13
/** SQLITE_NOTADB. */
export const SQLITE_NOTADB = 26

/** SQLite's primary result code of an error; 0 = the error is none of SQLite's. */
export function sqliteCodeOf(error: unknown): number {
  if (!(error instanceof Error) || !('errcode' in error)) return 0
  // The low byte of an extended code is the primary one.
  return typeof error.errcode === 'number' ? error.errcode & 0xff : 0
}
