import type { Imported, ShelfFile } from '#api'
import type { SqlFile } from './sql-file.ts'

/**
 * Adds what a file holds to a shelf, inside the caller's transaction. Of a film that both know, the newer word
 * stays. Nothing is taken away. Answers what was added or made newer.
 */
export function importShelf(sql: SqlFile, file: ShelfFile): Imported {
  return {
    progress: sum(file.progress, (each) =>
      sql.run(
        `INSERT INTO progress VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
           seconds = excluded.seconds, duration_seconds = excluded.duration_seconds,
           watched = excluded.watched, title = excluded.title,
           changed_at_ms = excluded.changed_at_ms
         WHERE excluded.changed_at_ms > changed_at_ms`,
        each.workId,
        each.episodeId ?? '',
        each.seconds,
        each.durationSeconds,
        each.watched ? 1 : 0,
        each.title,
        Math.floor(each.changedAtMs),
      ),
    ),
    favourites: sum(file.favourites, ({ workId, addedAtMs }) =>
      sql.run(
        'INSERT INTO favourite VALUES (?, ?) ON CONFLICT DO NOTHING',
        workId,
        Math.floor(addedAtMs),
      ),
    ),
    lists: sum(file.lists, (list) => (importList(sql, list) > 0 ? 1 : 0)),
    history: sum(file.history, ({ workId, episodeId, title, watchedAtMs }) =>
      sql.run(
        `INSERT INTO history (work, episode, title, watched_at_ms) SELECT ?1, ?2, ?3, ?4
         WHERE NOT EXISTS (SELECT 1 FROM history
           WHERE work = ?1 AND episode = ?2 AND watched_at_ms = ?4)`,
        workId,
        episodeId ?? '',
        title,
        Math.floor(watchedAtMs),
      ),
    ),
  }
}

/** Adds a list, or its works to the list that is called so. Answers how many rows were new. */
function importList(sql: SqlFile, list: ShelfFile['lists'][number]): number {
  const added = sql.run('INSERT INTO list (name) VALUES (?) ON CONFLICT DO NOTHING', list.name)
  return (
    added +
    sum(list.workIds, (workId) =>
      sql.run(
        `INSERT INTO list_work
           SELECT list.id, ?2, 1 + coalesce((SELECT max(place) FROM list_work WHERE list = list.id), 0)
           FROM list WHERE name = ?1
         ON CONFLICT DO NOTHING`,
        list.name,
        workId,
      ),
    )
  )
}

function sum<Item>(items: readonly Item[], rows: (item: Item) => number): number {
  return items.reduce((total, item) => total + rows(item), 0)
}
