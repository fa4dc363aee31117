import type { SQLOutputValue } from 'node:sqlite'
import type { FilmKey, FilmProgress } from './film-progress.ts'
import type { SqlRow } from './sql-file.ts'

/** The film that a row is about. */
export function filmOf(row: SqlRow): FilmKey {
  return { workId: textOf(row['work']), episodeId: textOf(row['episode']) || null }
}

/** A row of `progress`. */
export function progressOf(row: SqlRow): FilmProgress {
  return {
    ...filmOf(row),
    seconds: numberOf(row['seconds']),
    durationSeconds: numberOf(row['duration_seconds']),
    watched: row['watched'] === 1,
    title: textOf(row['title']),
    changedAtMs: numberOf(row['changed_at_ms']),
  }
}

/** A column that holds text. */
export function textOf(value: SQLOutputValue | undefined): string {
  return typeof value === 'string' ? value : ''
}

/** A column that holds a number. */
export function numberOf(value: SQLOutputValue | undefined): number {
  return typeof value === 'number' ? value : 0
}
