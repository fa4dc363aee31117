/**
 * One feed in one SQLite file: its index in parts, its records, their summaries, its people. Written from beginning to end
 * under another name, then renamed: that is the transaction. Updates change rows, in one transaction of SQLite's, and leave
 * the parts as they are; `pending` says which works the parts don't know of. Everything that is read is compared with a
 * checksum, as SQLite notices damage of its pages only.
 */
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { crc32 } from 'node:zlib'
import type { WorkList } from '../feed/feed-manifest.ts'
import type { WorkRecord } from '../record/work-record.ts'
import type { StoredFeed } from '../search/catalogue-answers.ts'
import { changeSegment } from '../search/changed-segment.ts'
import type { Spelling } from '../search/credits.ts'
import type { PersonKey } from '../search/person-key.ts'
import type { IndexedPerson } from '../search/segment-builder.ts'
import { offerParts, segmentOf } from '../search/segment-parts.ts'
import type { Offers, Segment } from '../search/segment.ts'
import type { StoredSummary } from '../search/work-summary.ts'
import { CatalogueStoreError, storeErrorOf } from './catalogue-store-error.ts'
import { type FeedUpdate, FeedFileChange, pendingChange, workLists } from './feed-file-change.ts'
import { APPLICATION_ID, PAGE_BYTES, SCHEMA_VERSION } from './feed-schema.ts'

/** A feed's file. Throws {@link CatalogueStoreError}, `damaged` for whatever isn't as it was written. */
export class FeedFile implements Disposable {
  readonly path: string
  #feed: StoredFeed
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
      this.#feed = feed
      this.#workRow = prepare('select record as text, checksum from work where number = ?')
      this.#workById = prepare('select number from work where id = ?')
      this.#summaryRow = prepare('select json as text, checksum from summary where number = ?')
      this.#personRow = prepare(
        'select key, spellings as text, checksum from person where number = ?',
      )
      this.#personByKey = prepare('select number from person where key = ?')
    } catch (error) {
      this.#database.close()
      throw error
    }
  }

  /** What the feed is. */
  get feed(): StoredFeed {
    return this.#feed
  }

  /** The index. */
  segment(): Segment {
    return guard(this.path, () => {
      const base = segmentOf(this.feed.id, this.#read)
      const change = pendingChange(this.#database, this, this.#read)
      return change === null ? base : changeSegment(base, change)
    })
  }

  /**
   * Changes works, in one transaction; the index afterwards.
   *
   * @param base the index before
   * @param largestBytes above which the file is refused as `full`
   */
  update(update: FeedUpdate, base: Segment, largestBytes: number): Segment {
    return this.#change(() => {
      const pages = Math.max(1, Math.floor(largestBytes / PAGE_BYTES))
      this.#database.exec(`pragma max_page_count = ${pages}`)
      const change = new FeedFileChange(this.#database, this, base)
      const segment = changeSegment(base, change.apply(update))
      this.#feed = { ...update.feed, workCount: segment.byTitle.length }
      return segment
    })
  }

  /** The feed's lists as an update gave them; none before the first. */
  lists(): readonly WorkList[] {
    return guard(this.path, () => workLists(this.#database, this.#read) ?? [])
  }

  /** Every work, its record as JSON, with the day on which it came into the feed. */
  *works(): Generator<{ readonly json: string; readonly added: string }, void> {
    const all = this.#database.prepare(
      'select number, record as text, checksum from work order by number',
    )
    for (const row of guard(this.path, () => all.iterate())) {
      const number = Number(row['number'])
      this.#checked(row, number)
      yield { json: String(row['text']), added: this.summary(number).added }
    }
  }

  /** How many works changed after the parts were written. */
  get pendingCount(): number {
    return guard(this.path, () =>
      Number(this.#database.prepare('select count(*) as count from pending').get()?.count),
    )
  }

  /** Keeps offers that were judged again. */
  replaceOffers(offers: Offers): void {
    // The parts are about other works by now: what was judged is judged again when the file is opened.
    if (this.pendingCount > 0) return
    this.#change(() => {
      const replace = this.#database.prepare(
        'update part set bytes = ?, checksum = ? where name = ?',
      )
      for (const { name, bytes } of offerParts(offers)) replace.run(bytes, crc32(bytes), name)
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

  /** Somebody by number; `null` = they are in no work any more. */
  person(number: number): IndexedPerson | null {
    return guard(this.path, () => {
      const row = this.#personRow.get(number)
      if (row === undefined) return null
      const spellings = this.#checked(row, number) as [string, number, number][]
      return {
        key: String(row.key) as PersonKey,
        spellings: spellings.map(([text, asName, asOther]): Spelling => ({
          text,
          asName,
          asOther,
        })),
      }
    })
  }

  [Symbol.dispose](): void {
    if (this.#database.isOpen) this.#database.close()
  }

  readonly #read = (name: string): Uint8Array => readPart(this.#database, this.path, name)

  /** All of a change, or nothing. */
  #change<T>(run: () => T): T {
    return guard(this.path, () => {
      const before = this.#feed
      this.#database.exec('begin immediate')
      try {
        const result = run()
        this.#database.exec('commit')
        return result
      } catch (error) {
        this.#feed = before
        if (this.#database.isTransaction) this.#database.exec('rollback')
        throw error
      }
    })
  }

  #json(statement: StatementSync, number: number): unknown {
    return guard(this.path, () => this.#checked(statement.get(number), number))
  }

  #checked(row: Readonly<Record<string, unknown>> | undefined, number: number): unknown {
    const text = row?.['text']
    if (typeof text !== 'string' || crc32(text) !== row?.['checksum'])
      throw damaged(this.path, `row ${number} is not what was written`)
    return JSON.parse(text) as unknown
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
  // The system's own cache is enough. What is committed is on the disk.
  database.exec('pragma cache_size = -1024; pragma synchronous = full')
  const feed = JSON.parse(new TextDecoder().decode(readPart(database, path, 'feed'))) as StoredFeed
  return { prepare: (sql) => database.prepare(sql), feed }
}

/** A part, compared with its checksum. Throws {@link CatalogueStoreError}. */
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
