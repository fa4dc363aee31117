import type { DatabaseSync } from 'node:sqlite'
import type { EntryClock } from './entry-clock.ts'
import { ENTRY_TABLE, ENTRY_TRIGGERS, MISSING_ENTRIES, SITTING_NAMES } from './entry-schema.ts'

/**
 * From now on the shelf in `database` remembers of each thing when it was last changed. What was there before stays as it is,
 * whatever happens meanwhile. Throws what SQLite throws.
 */
export function keepEntries(database: DatabaseSync, clock: EntryClock): void {
  database.function('entry_ms', () => clock.tick())
  const columns = database.prepare("SELECT name FROM pragma_table_info('history')").all()
  const names = columns.some(({ name }) => name === 'uid') ? '' : SITTING_NAMES
  database.exec(`BEGIN IMMEDIATE; ${ENTRY_TABLE} ${names} ${MISSING_ENTRIES} COMMIT`)
  database.exec(ENTRY_TRIGGERS)
  const latest = database
    .prepare(
      `SELECT max(coalesce((SELECT max(at_ms) FROM entry), 0),
         coalesce((SELECT max(changed_at_ms) FROM progress), 0)) AS ms`,
    )
    .get()
  const seenMs = latest?.['ms']
  if (typeof seenMs === 'number') clock.seeAhead(seenMs)
}
