/**
 * Which works of a followed feed changed since when. Each transaction that may change what is offered is a step with a tag
 * of its own, made of everything before it: two files with the same tag had the same works then.
 */
import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { type WorkId, parseWorkId } from '../name/id.ts'

/** What a followed feed's file has besides. A work stands in `changed` once, with the last step that changed it. */
export const LOG_TABLES = `
  create table if not exists step (number integer primary key, tag text not null unique) strict;
  create table if not exists changed (id text primary key, step integer not null) strict, without rowid;`

/** Steps that are remembered. */
const STEPS = 64
/** A step that changes more works is where remembering begins anew. */
const STEP_WORKS = 20_000

/** The changes of one transaction. */
export class ChangeLog {
  readonly #database: DatabaseSync
  readonly #digest = createHash('sha256')
  readonly #touched = new Set<WorkId>()
  #isAny = false
  #isAll = false

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  /** Notes that something is otherwise, by what it is now, and of which work; `null` = of none, or `all`. */
  note(work: WorkId | 'all' | null, ...what: readonly (string | Uint8Array)[]): void {
    this.#isAny = true
    if (work === 'all') this.#isAll = true
    else if (work !== null) this.#touched.add(work)
    for (const each of what) this.#digest.update(each).update('\n')
  }

  /** Writes the step, if anything was noted; the last thing in its transaction. */
  write(): void {
    if (!this.#isAny) return
    const last = this.#database
      .prepare('select number, tag from step order by number desc limit 1')
      .get()
    const before = typeof last?.tag === 'string' ? last.tag : ''
    const tag = this.#digest.update(before).digest('hex')
    const number = Number(last?.number ?? 0) + 1
    if (this.#isAll || this.#touched.size > STEP_WORKS)
      this.#database.exec('delete from step; delete from changed')
    else {
      const put = this.#database.prepare('insert or replace into changed values (?, ?)')
      for (const work of this.#touched) put.run(work, number)
    }
    this.#database.prepare('insert into step values (?, ?)').run(number, tag)
    this.#database.prepare('delete from step where number <= ?').run(number - STEPS)
    this.#database.prepare('delete from changed where step <= (select min(number) from step)').run()
  }
}

/** The tag of what is there; `''` = nothing ever was. */
export function currentTag(database: DatabaseSync): string {
  const last = database.prepare('select tag from step order by number desc limit 1').get()
  return typeof last?.tag === 'string' ? last.tag : ''
}

/** The works that may have changed since a tag; `null` = that isn't remembered. */
export function changedSince(database: DatabaseSync, tag: string): readonly WorkId[] | null {
  const from = database.prepare('select number from step where tag = ?').get(tag)?.number
  if (typeof from !== 'number') return null
  const rows = database.prepare('select id from changed where step > ? order by id').all(from)
  return rows.map(({ id }) => parseWorkId(String(id))).filter((id) => id !== null)
}
