import type { ShelfFile } from '#api'
import type { WorkIdList } from './film-progress.ts'
import { filmOf, numberOf, progressOf, textOf } from './shelf-row.ts'
import type { SqlFile } from './sql-file.ts'

/** Everything on a shelf, to be kept in a file. */
export function exportShelf(sql: SqlFile, lists: readonly WorkIdList[]): ShelfFile {
  return {
    type: 'matinee-shelf',
    version: 1,
    progress: sql.all('SELECT * FROM progress ORDER BY work, episode').map(progressOf),
    favourites: sql.all('SELECT * FROM favourite ORDER BY work').map((row) => ({
      workId: textOf(row['work']),
      addedAtMs: numberOf(row['added_at_ms']),
    })),
    lists: lists.map(({ name, workIds }) => ({ name, workIds: [...workIds] })),
    history: sql.all('SELECT * FROM history ORDER BY id').map((row) => ({
      ...filmOf(row),
      title: textOf(row['title']),
      watchedAtMs: numberOf(row['watched_at_ms']),
    })),
  }
}
