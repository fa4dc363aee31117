import type { FilmKey } from './film-progress.ts'
import type { SqlFile } from './sql-file.ts'

/** A film that goes on within this time is the same sitting. */
const SITTING_MS = 6 * 3_600_000

/** Writes down that a film is being watched: a new sitting, or the one that goes on. Inside the caller's transaction. */
export function recordSitting(
  sql: SqlFile,
  { workId, episodeId }: FilmKey,
  title: string,
  nowMs: number,
): void {
  const changes = sql.run(
    `UPDATE history SET watched_at_ms = ?, title = ? WHERE id = (
       SELECT id FROM history WHERE work = ? AND episode = ? AND watched_at_ms > ?
       ORDER BY watched_at_ms DESC LIMIT 1)`,
    nowMs,
    title,
    workId,
    episodeId ?? '',
    nowMs - SITTING_MS,
  )
  if (changes > 0) return
  sql.run(
    'INSERT INTO history (work, episode, title, watched_at_ms) VALUES (?, ?, ?, ?)',
    workId,
    episodeId ?? '',
    title,
    nowMs,
  )
}
