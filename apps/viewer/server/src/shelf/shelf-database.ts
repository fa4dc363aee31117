import { shelfFileSchema, type Imported } from '#api'
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { FilmKey, FilmProgress, HistoryEntry, WorkIdList } from './film-progress.ts'
import { EntryClock } from './entry-clock.ts'
import { keepEntries } from './entry-keeping.ts'
import { openShelf, sealShelf, type SealedProblem } from './sealed-shelf.ts'
import { decodeShelfEntries, encodeShelfEntries } from './shelf-entries.ts'
import { exportShelf } from './shelf-export.ts'
import { importShelf } from './shelf-import.ts'
import { decodeShelfJson, encodeShelfJson } from './shelf-json.ts'
import { mergeInto, readEntries } from './shelf-merge.ts'
import { summarise, summaryPlace } from './shelf-summary.ts'
import { filmOf, numberOf, progressOf, textOf } from './shelf-row.ts'
import { recordSitting } from './sitting.ts'
import { SqlFile } from './sql-file.ts'
import { watchPlace } from './watch-rule.ts'

/**
 * Everything that a shelf knows, kept in one SQLite file. Every act is one transaction and is on the disk when it
 * returns. Runs in the shelf's worker. Acts throw what SQLite throws.
 */
export class ShelfDatabase {
  readonly #sql: SqlFile
  readonly #nowMs: () => number
  readonly #clock: EntryClock

  /** @param nowMs milliseconds since 1970 */
  constructor(database: DatabaseSync, nowMs: () => number) {
    this.#sql = new SqlFile(database)
    this.#nowMs = nowMs
    this.#clock = new EntryClock(nowMs)
    keepEntries(database, this.#clock)
  }

  /** The player is at `seconds` of a film. Near its end the film becomes watched, and starts over next time. */
  recordProgress(film: FilmKey, seconds: number, durationSeconds: number, title: string): void {
    const place = watchPlace(seconds, durationSeconds)
    this.#sql.transaction(() => {
      this.#sql.run(
        `INSERT INTO progress VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
           seconds = excluded.seconds, duration_seconds = excluded.duration_seconds,
           watched = max(watched, excluded.watched), title = excluded.title,
           changed_at_ms = excluded.changed_at_ms`,
        film.workId,
        film.episodeId ?? '',
        place === 'begun' ? seconds : 0,
        durationSeconds,
        place === 'watched' ? 1 : 0,
        title,
        this.#clock.tick(),
      )
      if (place !== 'not-begun') recordSitting(this.#sql, film, title, this.#nowMs())
    })
  }

  /** Marks films as watched, or as never begun. */
  setWatched(films: readonly (FilmKey & { readonly title: string })[], watched: boolean): void {
    this.#sql.transaction(() => {
      for (const { workId, episodeId, title } of films)
        this.#sql.run(
          `INSERT INTO progress VALUES (?, ?, 0, 0, ?, ?, ?) ON CONFLICT DO UPDATE SET
             seconds = 0, watched = excluded.watched, changed_at_ms = excluded.changed_at_ms`,
          workId,
          episodeId ?? '',
          watched ? 1 : 0,
          title,
          this.#clock.tick(),
        )
    })
  }

  /** What is known of the films of these works. */
  progressOf(workIds: readonly string[]): FilmProgress[] {
    const sql = 'SELECT * FROM progress WHERE work IN (SELECT value FROM json_each(?))'
    return this.#sql.all(sql, JSON.stringify(workIds)).map(progressOf)
  }

  /** The film of each work that was played or marked last, newest first. */
  latest(limit: number): FilmProgress[] {
    const sql = `SELECT *, max(changed_at_ms) FROM progress WHERE seconds > 0 OR watched = 1
       GROUP BY work ORDER BY changed_at_ms DESC LIMIT ?`
    return this.#sql.all(sql, limit).map(progressOf)
  }

  watchedCount(): number {
    return numberOf(this.#sql.one('SELECT count(*) AS n FROM progress WHERE watched = 1')?.['n'])
  }

  setFavourite(workId: string, favourite: boolean): void {
    const add = 'INSERT INTO favourite VALUES (?, ?) ON CONFLICT DO NOTHING'
    if (favourite) this.#sql.run(add, workId, this.#nowMs())
    else this.#sql.run('DELETE FROM favourite WHERE work = ?', workId)
  }

  /** Ids of favourites, newest first. */
  favourites(): string[] {
    return this.#works('SELECT work FROM favourite ORDER BY added_at_ms DESC, work')
  }

  /** Which of these works are favourites. */
  favouritesAmong(workIds: readonly string[]): string[] {
    const sql = 'SELECT work FROM favourite WHERE work IN (SELECT value FROM json_each(?))'
    return this.#works(sql, JSON.stringify(workIds))
  }

  lists(): WorkIdList[] {
    return this.#sql.all('SELECT id, name FROM list ORDER BY id').map(({ id, name }) => ({
      id: String(id),
      name: textOf(name),
      workIds: this.#works('SELECT work FROM list_work WHERE list = ? ORDER BY place', id ?? null),
    }))
  }

  /** Null when a list is called so already. */
  addList(name: string): string | null {
    const row = this.#sql.one(
      'INSERT INTO list (name) VALUES (?) ON CONFLICT DO NOTHING RETURNING id',
      name,
    )
    return row === null ? null : String(row['id'])
  }

  renameList(id: string, name: string): 'renamed' | 'taken' | 'unknown' {
    const other = this.#sql.one('SELECT id FROM list WHERE name = ?', name)
    if (other !== null && String(other['id']) !== id) return 'taken'
    const changes = this.#sql.run('UPDATE list SET name = ? WHERE id = ?', name, id)
    return changes === 0 ? 'unknown' : 'renamed'
  }

  /** False when there is no such list. */
  removeList(id: string): boolean {
    return this.#sql.run('DELETE FROM list WHERE id = ?', id) > 0
  }

  /** False when there is no such list. A work that is on it keeps its place. */
  putOnList(id: string, workId: string): boolean {
    if (this.#sql.one('SELECT 1 FROM list WHERE id = ?', id) === null) return false
    this.#sql.run(
      `INSERT INTO list_work SELECT ?1, ?2, 1 + coalesce(max(place), 0) FROM list_work WHERE list = ?1
       ON CONFLICT DO NOTHING`,
      id,
      workId,
    )
    return true
  }

  /** False when it wasn't there. */
  takeOffList(id: string, workId: string): boolean {
    return this.#sql.run('DELETE FROM list_work WHERE list = ? AND work = ?', id, workId) > 0
  }

  /** Every work that it knows something of. */
  workIds(): string[] {
    return this.#works(`SELECT work FROM progress UNION SELECT work FROM favourite
      UNION SELECT work FROM list_work UNION SELECT work FROM history`)
  }

  /** By what works are known elsewhere, as far as that was remembered. */
  identities(): { workId: string; identities: string[] }[] {
    return this.#sql.all('SELECT work, identities FROM identity').map((row) => ({
      workId: textOf(row['work']),
      identities: textOf(row['identities']).split('\n'),
    }))
  }

  /** Remembers by what a work is known elsewhere. */
  rememberIdentities(workId: string, identities: readonly string[]): void {
    this.#sql.run('INSERT OR REPLACE INTO identity VALUES (?, ?)', workId, identities.join('\n'))
  }

  /** Sittings, newest first. */
  history(offset: number, limit: number): { total: number; entries: HistoryEntry[] } {
    const total = numberOf(this.#sql.one('SELECT count(*) AS n FROM history')?.['n'])
    const entries = this.#sql
      .all(
        'SELECT * FROM history ORDER BY watched_at_ms DESC, id DESC LIMIT ? OFFSET ?',
        limit,
        offset,
      )
      .map((row) => ({
        id: String(row['id']),
        ...filmOf(row),
        title: textOf(row['title']),
        watchedAtMs: numberOf(row['watched_at_ms']),
      }))
    return { total, entries }
  }

  /** False when it wasn't there. */
  forgetSitting(id: string): boolean {
    return this.#sql.run('DELETE FROM history WHERE id = ?', id) > 0
  }

  forgetHistory(): void {
    this.#sql.run('DELETE FROM history')
  }

  /** Everything, to be kept in a file: `shelfFileSchema` in JSON. */
  exportFile(): Uint8Array<ArrayBuffer> {
    return encodeShelfJson(exportShelf(this.#sql, this.lists()))
  }

  /** Adds what a file holds; null = it's none. Of a film that both know, the newer word stays. Nothing is taken away. */
  importFile(bytes: Uint8Array): Imported | null {
    const { data: file } = shelfFileSchema.safeParse(decodeShelfJson(bytes))
    return file === undefined ? null : this.#sql.transaction(() => importShelf(this.#sql, file))
  }

  /** What it knows and when each was last said, what was removed included, as short texts to be compared. */
  summary(): string[] {
    return summarise(readEntries(this.#sql))
  }

  /** What stands behind some places of {@link summary}, for another device. */
  entriesAt(places: readonly number[]): Uint8Array {
    const wanted = new Set(places)
    const all = wanted.size === 0 ? [] : readEntries(this.#sql)
    return encodeShelfEntries(all.filter((entry) => wanted.has(summaryPlace(entry))))
  }

  /** Takes over what another device knows; of each thing the last word holds. Answers how much is another now. */
  merge(bytes: Uint8Array): number | 'bad-request' {
    const entries = decodeShelfEntries(bytes)
    if (entries === null) return 'bad-request'
    for (const { atMs } of entries) this.#clock.seeAhead(atMs)
    return entries.length === 0 ? 0 : this.#sql.transaction(() => mergeInto(this.#sql, entries))
  }

  /** Everything for another device, in a file that a passphrase closes. */
  seal(passphrase: string): Uint8Array<ArrayBuffer> {
    return sealShelf(encodeShelfEntries(readEntries(this.#sql)), passphrase)
  }

  /** {@link merge} for such a file; see {@link openShelf}. */
  mergeSealed(request: Uint8Array): number | SealedProblem {
    const opened = openShelf(request)
    return typeof opened === 'string' ? opened : this.merge(opened)
  }

  close(): void {
    this.#sql.close()
  }

  #works(sql: string, ...values: readonly SQLInputValue[]): string[] {
    return this.#sql.all(sql, ...values).map((row) => textOf(row['work']))
  }
}
