import { existsSync, renameSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { SQLITE_CORRUPT, SQLITE_ERROR, SQLITE_NOTADB, sqliteCodeOf } from './sqlite-code.ts'
import { IDENTITY_TABLE, SHELF_TABLES, SHELF_VERSION } from './shelf-schema.ts'

/** An open shelf, and where a file that couldn't be read was put, if there was one. */
export interface OpenedShelfFile {
  readonly database: DatabaseSync
  /** Absolute; null = nothing was wrong. */
  readonly setAside: string | null
}

/**
 * Opens the file of a shelf, or makes it. One that is damaged is never deleted or written to: it's renamed, and a new one
 * begun. One that a newer Matinee wrote is left as it is.
 *
 * @param nowMs milliseconds since 1970, for the name of a file set aside
 */
export function openShelfFile(path: string, nowMs: number): OpenedShelfFile | 'newer' {
  const opened = tryOpen(path)
  if (opened === 'newer') return 'newer'
  if (opened !== null) return { database: opened, setAside: null }
  const setAside = `${path}.unread-${new Date(nowMs).toISOString().replaceAll(/[:.]/gu, '-')}`
  renameSync(path, setAside)
  for (const suffix of ['-wal', '-shm'])
    if (existsSync(path + suffix)) renameSync(path + suffix, setAside + suffix)
  const database = tryOpen(path)
  if (database === null || database === 'newer') throw new Error(`no shelf can be made at ${path}`)
  return { database, setAside }
}

/** Null when what is there isn't a whole shelf. Throws what the file system throws. */
function tryOpen(path: string): DatabaseSync | 'newer' | null {
  let database: DatabaseSync | null = null
  try {
    database = new DatabaseSync(path, { timeout: 5000 })
    const version = database.prepare('PRAGMA user_version').get()?.['user_version']
    if (typeof version === 'number' && version > SHELF_VERSION) {
      database.close()
      return 'newer'
    }
    if (version === 0 || version === SHELF_VERSION)
      database.exec(
        'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON',
      )
    if (version === 0) {
      const tables = `${SHELF_TABLES} ${IDENTITY_TABLE}`
      database.exec(`BEGIN; ${tables} PRAGMA user_version = ${SHELF_VERSION}; COMMIT`)
      return database
    }
    const check = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check']
    if (version === SHELF_VERSION && check === 'ok') {
      database.exec(IDENTITY_TABLE)
      return database
    }
  } catch (error) {
    if (!DAMAGE.includes(sqliteCodeOf(error))) {
      database?.close()
      throw error
    }
  }
  database?.close()
  return null
}

/** SQLITE_ERROR: tables of ours are there, but not our version. */
const DAMAGE: readonly number[] = [SQLITE_ERROR, SQLITE_CORRUPT, SQLITE_NOTADB]
