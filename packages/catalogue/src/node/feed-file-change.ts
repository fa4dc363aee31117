/** What an update does to the rows of a feed's file, and what that means for its index. Runs inside of a transaction. */
import type { DatabaseSync } from 'node:sqlite'
import { crc32 } from 'node:zlib'
import { assert } from '@matinee/base'
import { type CalendarDate, parseCalendarDate } from '@matinee/rights'
import type { WorkList } from '../feed/feed-manifest.ts'
import type { WorkId } from '../name/id.ts'
import type { WorkRecord } from '../record/work-record.ts'
import type { StoredFeed } from '../search/catalogue-answers.ts'
import type { SegmentChange } from '../search/changed-segment.ts'
import { type Credit, type Spelling, creditsOf, respelt } from '../search/credits.ts'
import type { PersonKey } from '../search/person-key.ts'
import { SegmentBuilder } from '../search/segment-builder.ts'
import { segmentList } from '../search/segment-list.ts'
import type { Segment } from '../search/segment.ts'
import { summaryOf } from '../search/work-summary.ts'
import { CatalogueStoreError } from './catalogue-store-error.ts'
import type { FeedFile } from './feed-file.ts'
import { spellingsJson } from './feed-file-writer.ts'
import { textSha256 } from './system.ts'

/** A work that is new or another one. */
export interface UpdatedWork {
  readonly record: WorkRecord
  /** The same as JSON. */
  readonly json: string
  /** `YYYY-MM-DD`, the day on which it came into the feed. */
  readonly added: string
}

/** What a feed is from now on. */
export interface FeedUpdate {
  readonly feed: Omit<StoredFeed, 'workCount'>
  readonly works: readonly UpdatedWork[]
  /** Works that are gone; those that aren't there are no mistake. */
  readonly removed: readonly WorkId[]
  readonly lists: readonly WorkList[]
}

/** What rows are read with. */
type FeedRows = Pick<
  FeedFile,
  'feed' | 'path' | 'record' | 'summary' | 'workNumber' | 'personNumber' | 'person'
>

interface KeptPerson {
  readonly number: number | null
  spellings: readonly Spelling[]
}

/** One update of a file. */
export class FeedFileChange {
  readonly #database: DatabaseSync
  readonly #rows: FeedRows
  readonly #base: Segment
  readonly #people = new Map<PersonKey, KeptPerson>()

  constructor(database: DatabaseSync, rows: FeedRows, base: Segment) {
    this.#database = database
    this.#rows = rows
    this.#base = base
  }

  /** Writes everything; what it changes of the index. */
  apply({ feed, works, removed, lists }: FeedUpdate): SegmentChange {
    const free = freeNumbers(this.#base)
    const left = removed.map((id) => this.#leave(id)).filter((number) => number !== null)
    let newWorks = 0
    const indexed = works.map((work): IndexedWork => {
      const { record, added } = work
      const known = this.#leave(record.id)
      if (known === null) newWorks++
      const number = known ?? free.next().value
      this.#putWork(number, work)
      return { number, record, added }
    })
    this.#removeWorks(left)
    this.#putPeople()
    const workCount = this.#base.byTitle.length + newWorks - left.length
    this.#putPart('feed', { ...feed, workCount })
    this.#putPart('work-lists', lists)
    const pend = this.#database.prepare('insert or replace into pending values (?)')
    for (const number of [...left, ...indexed.map((work) => work.number)]) pend.run(number)
    return changeOf(this.#rows, indexed, left, lists, dateOf(feed))
  }

  #putWork(number: number, { record, json, added }: UpdatedWork): void {
    for (const credit of creditsOf(record)) this.#respell(credit, 1)
    const summary = JSON.stringify(summaryOf(record, added))
    this.#database
      .prepare('insert or replace into work values (?, ?, ?, ?)')
      .run(number, record.id, json, crc32(json))
    this.#database
      .prepare('insert or replace into summary values (?, ?, ?)')
      .run(number, summary, crc32(summary))
  }

  #removeWorks(numbers: readonly number[]): void {
    for (const table of ['work', 'summary']) {
      const remove = this.#database.prepare(`delete from ${table} where number = ?`)
      for (const number of numbers) remove.run(number)
    }
  }

  /** A work isn't what it was, and nobody is known by it any more; its number. */
  #leave(id: WorkId): number | null {
    const number = this.#rows.workNumber(id)
    if (number === null) return null
    for (const credit of creditsOf(this.#rows.record(number))) this.#respell(credit, -1)
    return number
  }

  #respell(credit: Credit, by: 1 | -1): void {
    const { key } = credit
    let person = this.#people.get(key)
    if (person === undefined) {
      const number = this.#rows.personNumber(key)
      const known = number === null ? null : this.#rows.person(number)
      person = { number, spellings: known?.spellings ?? [] }
      this.#people.set(key, person)
    }
    person.spellings = respelt(person.spellings, credit, by)
  }

  #putPeople(): void {
    const put = this.#database.prepare('insert or replace into person values (?, ?, ?, ?)')
    const remove = this.#database.prepare('delete from person where key = ?')
    const last = this.#database.prepare('select max(number) as number from person').get()?.number
    let next = Math.max(this.#base.personHashes.length, Number(last ?? -1) + 1)
    for (const [key, { number, spellings }] of this.#people) {
      const json = spellingsJson(spellings)
      if (spellings.length === 0) remove.run(key)
      else put.run(number ?? next++, key, json, crc32(json))
    }
  }

  #putPart(name: string, value: unknown): void {
    const bytes = new TextEncoder().encode(JSON.stringify(value))
    const put = this.#database.prepare('insert or replace into part values (?, ?, ?)')
    put.run(name, bytes, crc32(bytes))
  }
}

/** What the parts of a file don't know of yet; `null` = they know everything. */
export function pendingChange(
  database: DatabaseSync,
  rows: FeedRows,
  readPart: (name: string) => Uint8Array,
): SegmentChange | null {
  const lists = workLists(database, readPart)
  if (lists === null) return null
  const pending = database
    .prepare(
      'select number, exists (select 1 from work where work.number = pending.number) as isThere from pending order by number',
    )
    .all()
  const numbers = (isThere: number): number[] =>
    pending.filter((row) => row.isThere === isThere).map((row) => Number(row.number))
  const works = numbers(1).map((number): IndexedWork => {
    const { added } = rows.summary(number)
    return { number, record: rows.record(number), added }
  })
  return changeOf(rows, works, numbers(0), lists, dateOf(rows.feed))
}

/** The lists that the last update gave; `null` = there was none. */
export function workLists(
  database: DatabaseSync,
  readPart: (name: string) => Uint8Array,
): readonly WorkList[] | null {
  const row = database.prepare("select 1 from part where name = 'work-lists'").get()
  if (row === undefined) return null
  return JSON.parse(new TextDecoder().decode(readPart('work-lists'))) as WorkList[]
}

interface IndexedWork {
  readonly number: number
  readonly record: WorkRecord
  readonly added: string
}

function changeOf(
  rows: FeedRows,
  works: readonly IndexedWork[],
  removed: readonly number[],
  lists: readonly WorkList[],
  date: CalendarDate,
): SegmentChange {
  const builder = new SegmentBuilder(date, textSha256)
  for (const { record, added } of works) builder.add(record, added)
  const people = builder.people().map(({ key }) => {
    const number = rows.personNumber(key)
    if (number === null)
      throw new CatalogueStoreError('damaged', `${rows.path}: a person is missing`)
    return number
  })
  return {
    changed: builder.build(rows.feed.id, []),
    works: Uint32Array.from(works, ({ number }) => number),
    people: Uint32Array.from(people),
    removed,
    spellings: (person) => rows.person(person)?.spellings.map(({ text }) => text) ?? [],
    lists: lists.map((list) => segmentList(list, (work) => rows.workNumber(work))),
  }
}

/** The least numbers that no work has. */
function* freeNumbers({ byTitle, workCount }: Segment): Generator<number, never> {
  const isTaken = new Uint8Array(workCount)
  for (const work of byTitle) isTaken[work] = 1
  for (let number = 0; number < workCount; number++) if (isTaken[number] !== 1) yield number
  for (let number = workCount; ; number++) yield number
}

function dateOf({ loadedOn }: Pick<StoredFeed, 'loadedOn'>): CalendarDate {
  const date = parseCalendarDate(loadedOn)
  assert(date !== null, 'a feed was loaded on a day')
  return date
}
