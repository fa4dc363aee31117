/** Writes a feed's file from beginning to end. Not there for anybody before it has its name. */
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { crc32 } from 'node:zlib'
import type { StoredFeed } from '../search/catalogue-answers.ts'
import type { IndexedPerson } from '../search/segment-builder.ts'
import { partsOf } from '../search/segment-parts.ts'
import type { Segment } from '../search/segment.ts'
import type { StoredSummary } from '../search/work-summary.ts'
import { APPLICATION_ID, INDEXES, PAGE_BYTES, SCHEMA_VERSION, TABLES } from './feed-schema.ts'

/** A feed's file that is being written. */
export class FeedFileWriter implements Disposable {
  readonly #database: DatabaseSync
  readonly #addWork: StatementSync
  readonly #addSummary: StatementSync
  readonly #addPerson: StatementSync
  readonly #addPart: StatementSync
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
    this.#addPerson = prepare('insert into person values (?, ?, ?, ?)')
    this.#addPart = prepare('insert into part values (?, ?, ?)')
  }

  /** Adds a work, numbered on. */
  add(id: string, recordJson: string, summary: StoredSummary): void {
    const number = this.#works++
    this.#addWork.run(number, id, recordJson, crc32(recordJson))
    const json = JSON.stringify(summary)
    this.#addSummary.run(number, json, crc32(json))
  }

  /** Writes everybody, by number, what the feed is, and its index; then nothing more can be added. */
  finish(feed: StoredFeed, segment: Segment, people: readonly IndexedPerson[]): void {
    for (const [number, { key, spellings }] of people.entries()) {
      const json = spellingsJson(spellings)
      this.#addPerson.run(number, key, json, crc32(json))
    }
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

/** How somebody is written, as a file keeps it. */
export function spellingsJson(spellings: IndexedPerson['spellings']): string {
  return JSON.stringify(spellings.map(({ text, asName, asOther }) => [text, asName, asOther]))
}
