/**
 * One feed in one SQLite file: its index in parts, its records, their summaries, its people. Written once from
 * beginning to end under another name, then renamed: that is the transaction. Everything that is read is
 * compared with a checksum, as SQLite notices damage of its pages only.
 */
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { crc32 } from 'node:zlib'
import type { WorkRecord } from '../record/work-record.ts'
import type { StoredFeed } from '../search/catalogue-answers.ts'
import type { Offers, Segment } from '../search/segment.ts'
import { offerParts, partsOf, segmentOf } from '../search/segment-parts.ts'
import type { IndexedPerson } from '../search/segment-builder.ts'
import type { StoredSummary } from '../search/work-summary.ts'
import { CatalogueStoreError, storeErrorOf } from './catalogue-store-error.ts'

/** Raised whenever something in here, in a segment or in a summary means something else than before. */
export const SCHEMA_VERSION = 1
/** "Matn". */
const APPLICATION_ID = 0x4d61746e
const PAGE_BYTES = 8192

const TABLES = `
  create table part (name text primary key, bytes blob not null, checksum integer not null) strict;
  create table work (number integer primary key, id text not null, record text not null, checksum integer not null) strict;
  create table summary (number integer primary key, json text not null, checksum integer not null) strict;
  create table person (number integer primary key, key text not null, name text not null) strict;`
const INDEXES = `
  create unique index work_by_id on work (id);
  create unique index person_by_key on person (key);`

/** Writes a feed's file. Not there for anybody before it has its name. */
export class FeedFileWriter implements Disposable {
  readonly #database: DatabaseSync
  readonly #addWork: StatementSync
  readonly #addSummary: StatementSync
  readonly #addPerson: StatementSync
  readonly #addPart: StatementSync
  #people = 0
  #works = 0

  /** @param largestBytes above which the file is refused as `full` */
  constructor(path: string, largestBytes: number) {
    this.#database = new DatabaseSync(path)
    // No journal and no waiting: until it's renamed, a torn file is thrown away.
    this.#database.exec(`
      pragma page_size = ${PAGE_BYTES};
      pragma journal_mode = off;
      pragma synchronous = off;
      pragma locking_mode = exclusive;
      pragma max_page_count = ${Math.max(1, Math.floor(largestBytes / PAGE_BYTES))};
      pragma application_id = ${APPLICATION_ID};
      pragma user_version = ${SCHEMA_VERSION};
      ${TABLES}
      begin`)
    const prepare = (sql: string): StatementSync => this.#database.prepare(sql)
    this.#addWork = prepare('insert into work values (?, ?, ?, ?)')
    this.#addSummary = prepare('insert into summary values (?, ?, ?)')
    this.#addPerson = prepare('insert into person values (?, ?, ?)')
    this.#addPart = prepare('insert into part values (?, ?, ?)')
  }

  /** Adds a work, numbered on, and the people that are new with it. */
  add(
    id: string,
    recordJson: string,
    summary: StoredSummary,
    people: readonly IndexedPerson[],
  ): void {
    const number = this.#works++
    this.#addWork.run(number, id, recordJson, crc32(recordJson))
    const json = JSON.stringify(summary)
    this.#addSummary.run(number, json, crc32(json))
    for (const { key, name } of people) this.#addPerson.run(this.#people++, key, name)
  }

  /** Writes what the feed is, and its index; then nothing more can be added. */
  finish(feed: StoredFeed, segment: Segment): void {
    const head = { name: 'feed', bytes: new TextEncoder().encode(JSON.stringify(feed)) }
    for (const { name, bytes } of [head, ...partsOf(segment)])
      this.#addPart.run(name, bytes, crc32(bytes))
    this.#database.exec(`${INDEXES} commit`)
    this.#database.close()
  }

  [Symbol.dispose](): void {
    if (this.#database.isOpen) this.#database.close()
  }
}

/** Reads a feed's file. Throws {@link CatalogueStoreError}, `damaged` for whatever isn't as it was written. */
export class FeedFile implements Disposable {
  readonly path: string
  readonly feed: StoredFeed
  readonly #database: DatabaseSync
  readonly #workRow: StatementSync
  readonly #workById: StatementSync
  readonly #summaryRow: StatementSync
  readonly #personRow: StatementSync
  readonly #personByKey: StatementSync

  constructor(path: string) {
    this.path = path
    this.#database = guard(path, () => new DatabaseSync(path))
    try {
      const { prepare, feed } = guard(path, () => openTables(this.#database, path))
      this.feed = feed
      this.#workRow = prepare('select record as text, checksum from work where number = ?')
      this.#workById = prepare('select number from work where id = ?')
      this.#summaryRow = prepare('select json as text, checksum from summary where number = ?')
      this.#personRow = prepare('select key, name from person where number = ?')
      this.#personByKey = prepare('select number from person where key = ?')
    } catch (error) {
      this.#database.close()
      throw error
    }
  }

  /** The index. */
  segment(): Segment {
    return guard(this.path, () =>
      segmentOf(this.feed.id, (name) => readPart(this.#database, this.path, name)),
    )
  }

  /** Keeps offers that were judged again. */
  replaceOffers(offers: Offers): void {
    guard(this.path, () => {
      this.#database.exec('begin immediate')
      try {
        const replace = this.#database.prepare(
          'update part set bytes = ?, checksum = ? where name = ?',
        )
        for (const { name, bytes } of offerParts(offers)) replace.run(bytes, crc32(bytes), name)
      } catch (error) {
        this.#database.exec('rollback')
        throw error
      }
      this.#database.exec('commit')
    })
  }

  /** A work's record, which was validated before it was written. */
  record(number: number): WorkRecord {
    return this.#json(this.#workRow, number) as WorkRecord
  }

  /** A work's summary. */
  summary(number: number): StoredSummary {
    return this.#json(this.#summaryRow, number) as StoredSummary
  }

  /** The number of a work; `null` = it isn't in the feed. */
  workNumber(id: string): number | null {
    return this.#number(this.#workById, id)
  }

  /** The number of a person; `null` = nobody. */
  personNumber(key: string): number | null {
    return this.#number(this.#personByKey, key)
  }

  /** Somebody by number. */
  person(number: number): IndexedPerson {
    return guard(this.path, () => {
      const row = this.#personRow.get(number)
      if (row === undefined) throw damaged(this.path, 'a person is missing')
      return { key: String(row.key), name: String(row.name) } as IndexedPerson
    })
  }

  [Symbol.dispose](): void {
    if (this.#database.isOpen) this.#database.close()
  }

  #json(statement: StatementSync, number: number): unknown {
    return guard(this.path, () => {
      const row = statement.get(number)
      const text = row?.text
      if (typeof text !== 'string' || crc32(text) !== row?.checksum)
        throw damaged(this.path, `row ${number} is not what was written`)
      return JSON.parse(text) as unknown
    })
  }

  #number(statement: StatementSync, key: string): number | null {
    return guard(this.path, () => {
      const number = statement.get(key)?.number
      return typeof number === 'number' ? number : null
    })
  }
}

function openTables(
  database: DatabaseSync,
  path: string,
): { readonly prepare: (sql: string) => StatementSync; readonly feed: StoredFeed } {
  const id = database.prepare('pragma application_id').get()?.application_id
  const version = database.prepare('pragma user_version').get()?.user_version
  if (id !== APPLICATION_ID || version !== SCHEMA_VERSION)
    throw damaged(path, `it is of version ${String(version)}, not ${SCHEMA_VERSION}`)
  // Pages of a file that is written once: the system's own cache is enough.
  database.exec('pragma cache_size = -1024')
  const feed = JSON.parse(new TextDecoder().decode(readPart(database, path, 'feed'))) as StoredFeed
  return { prepare: (sql) => database.prepare(sql), feed }
}

function readPart(database: DatabaseSync, path: string, name: string): Uint8Array {
  const row = database.prepare('select bytes, checksum from part where name = ?').get(name)
  const bytes = row?.bytes
  if (!(bytes instanceof Uint8Array) || crc32(bytes) !== row?.checksum)
    throw damaged(path, `its part ${name} is not what was written`)
  return bytes
}

function damaged(path: string, why: string): CatalogueStoreError {
  return new CatalogueStoreError('damaged', `${path}: ${why}`)
}

function guard<T>(path: string, run: () => T): T {
  try {
    return run()
  } catch (error) {
    throw storeErrorOf(path, error)
  }
}
