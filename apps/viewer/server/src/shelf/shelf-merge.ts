import { assert } from '@matinee/base'
import { entryName, mergeEntries, valueText, type ShelfEntry } from './shelf-entries.ts'
import { numberOf, textOf } from './shelf-row.ts'
import type { SqlFile, SqlRow } from './sql-file.ts'

/** Everything that a shelf knows, with when it was last said. */
export function readEntries(sql: SqlFile): ShelfEntry[] {
  const progress = sql.all('SELECT * FROM progress').map((row): ShelfEntry => {
    const { seconds, duration_seconds: length, watched, title, changed_at_ms: atMs } = row
    return {
      kind: 'progress',
      key: [textOf(row['work']), textOf(row['episode'])],
      atMs: numberOf(atMs),
      value: {
        seconds: numberOf(seconds),
        durationSeconds: numberOf(length),
        watched: watched === 1,
        title: textOf(title),
      },
    }
  })
  return [...progress, ...sql.all('SELECT * FROM entry').map(entryOfRow)]
}

function entryOfRow(row: SqlRow): ShelfEntry {
  const { kind, key, at_ms: atMs, value } = row
  // Written by the triggers of entry-schema.ts, or from an entry that was checked.
  return {
    kind: textOf(kind),
    key: JSON.parse(textOf(key)) as string[],
    atMs: numberOf(atMs),
    value: typeof value === 'string' ? (JSON.parse(value) as object) : null,
  } as ShelfEntry
}

/** Takes over what another device knows, inside the caller's transaction. Answers how many things are other ones than before. */
export function mergeInto(sql: SqlFile, theirs: readonly ShelfEntry[]): number {
  const mine = readEntries(sql)
  const before = new Map(mine.map((entry) => [entryName(entry), entry]))
  const merged = mergeEntries(mine, theirs)
  const changed = merged.filter((entry) => {
    const known = before.get(entryName(entry))
    return known?.atMs !== entry.atMs || valueText(known) !== valueText(entry)
  })
  // Lists before what is on them: a work needs its list.
  const inOrder = changed.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
  for (const entry of inOrder) apply(sql, entry)
  // A list that came back shows what is on it, also when that was known before.
  const revived = new Set(
    changed.flatMap(({ kind, key, value }) => (kind === 'list' && value !== null ? key : [])),
  )
  for (const entry of merged)
    if (entry.kind === 'listed' && revived.has(entry.key[0] ?? '')) apply(sql, entry)
  // NOTE: last, as the triggers wrote the time of now for each of them.
  for (const entry of merged) stamp(sql, entry)
  return changed.length
}

const ORDER: readonly ShelfEntry['kind'][] = ['progress', 'favourite', 'list', 'listed', 'sitting']

/** Shows an entry in the tables that pages are answered from. */
function apply(sql: SqlFile, entry: ShelfEntry): void {
  const [first = '', second = ''] = entry.key
  switch (entry.kind) {
    case 'progress': {
      const { value, atMs } = entry
      if (value === null) return
      const { seconds, durationSeconds, watched, title } = value
      sql.run(
        'INSERT OR REPLACE INTO progress VALUES (?, ?, ?, ?, ?, ?, ?)',
        first,
        second,
        seconds,
        durationSeconds,
        watched ? 1 : 0,
        title,
        atMs,
      )
      return
    }
    case 'favourite':
      sql.run('DELETE FROM favourite WHERE work = ?', first)
      if (entry.value !== null)
        sql.run('INSERT INTO favourite VALUES (?, ?)', first, entry.value.addedAtMs)
      return
    case 'list':
      if (entry.value === null) sql.run('DELETE FROM list WHERE name = ?', first)
      else sql.run('INSERT INTO list (name) VALUES (?) ON CONFLICT DO NOTHING', first)
      return
    case 'listed':
      sql.run(
        'DELETE FROM list_work WHERE work = ?2 AND list = (SELECT id FROM list WHERE name = ?1)',
        first,
        second,
      )
      if (entry.value !== null)
        sql.run(
          'INSERT INTO list_work SELECT id, ?2, ?3 FROM list WHERE name = ?1',
          first,
          second,
          entry.value.place,
        )
      return
    case 'sitting': {
      sql.run('DELETE FROM history WHERE uid = ?', first)
      if (entry.value === null) return
      const { workId, episodeId, title, watchedAtMs } = entry.value
      sql.run(
        'INSERT INTO history (work, episode, title, watched_at_ms, uid) VALUES (?, ?, ?, ?, ?)',
        workId,
        episodeId,
        title,
        watchedAtMs,
        first,
      )
    }
  }
}

function stamp(sql: SqlFile, { kind, key, atMs, value }: ShelfEntry): void {
  assert(kind !== 'progress' || value !== null, 'progress is never removed')
  if (kind === 'progress') return
  sql.run(
    'INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?)',
    kind,
    JSON.stringify(key),
    atMs,
    value === null ? null : JSON.stringify(value),
  )
}
