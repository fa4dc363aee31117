import { join } from 'node:path'
import {
  type FeedId,
  type ListId,
  type WorkId,
  type WorkList,
  type WorkRecord,
  parseLanguage,
  parseListId,
  personKeyOf,
} from '@matinee/catalogue'
import { CatalogueReader } from '../src/node/catalogue-reader.ts'
import { FeedFileWriter } from '../src/node/feed-file-writer.ts'
import { textSha256 } from '../src/node/system.ts'
import { dayNumber } from '../src/search/day-number.ts'
import { SegmentBuilder } from '../src/search/segment-builder.ts'
import { SORTS } from '../src/search/work-query.ts'
import { summaryOf } from '../src/search/work-summary.ts'
import { country, date, feedId } from './made-records.ts'

/** The feed of these tests. */
export const UPDATED: FeedId = feedId('updated')
const ADDED = '2026-10-01'
const TODAY = date('2026-11-21')
const day = dayNumber(TODAY)
const NO_LIMIT = 4e9

/** What changes in a feed. */
export interface TestUpdate {
  readonly works: readonly WorkRecord[]
  readonly removed: readonly WorkId[]
  readonly lists: readonly WorkList[]
}

/** Writes a feed's file as a load does. */
export function writeFeed(
  folder: string,
  records: Iterable<WorkRecord>,
  lists: readonly WorkList[],
  version: string,
): void {
  using writer = new FeedFileWriter(join(folder, `${UPDATED}.1.feed`), NO_LIMIT)
  const builder = new SegmentBuilder(TODAY, textSha256)
  for (const record of records) {
    builder.add(record, ADDED)
    writer.add(record.id, JSON.stringify(record), summaryOf(record, ADDED))
  }
  const feed = { ...headOf(version), workCount: builder.workCount }
  writer.finish(feed, builder.build(UPDATED, lists), builder.people())
}

/** Changes an open feed from a version to another one. */
export function updateFeed(
  reader: CatalogueReader,
  { works, removed, lists }: TestUpdate,
  from: string,
  to: string,
): void {
  if (!reader.updating.begin({ feedId: UPDATED, from })) throw new Error(`it isn't ${from}`)
  const entry = { state: 'offered', added: date(ADDED) } as const
  reader.updating.add(works.map((record) => ({ record: JSON.stringify(record), entry })))
  reader.updating.finish({ feed: headOf(to), lists, removed, largestBytes: NO_LIMIT })
}

/** Opens the feeds of a folder in this thread. */
export function openedReader(folder: string): CatalogueReader {
  return new CatalogueReader({ folder, order: [] })
}

/** Everything that can be asked, about these texts and records. */
export function answersOf(
  reader: CatalogueReader,
  texts: readonly string[],
  records: readonly WorkRecord[],
): unknown {
  const places = [null, country('FR'), country('US')]
  const keys = records.map(({ id }) => ({ feedId: UPDATED, id }))
  const people = new Set(records.flatMap((record) => record.people.map(personKeyOf)))
  return places.map((territory) => ({
    searches: texts.map((text) => reader.search({ text, territory, day, withFacets: true })),
    sorted: SORTS.map((sort) => reader.search({ sort, territory, day, limit: 200 })),
    filtered: [
      reader.search({ territory, day, filters: { genres: ['drama'], kinds: ['feature'] } }),
      reader.search({ territory, day, filters: { years: { start: 1950, end: 2000 } } }),
      reader.search({ territory, day, filters: { subtitles: ['en', 'fr'], uses: ['remix'] } }),
      reader.search({ territory, day, filters: { descriptions: ['en', 'fr'] } }),
      reader.search({ territory, day, filters: { list: { feedId: UPDATED, id: LIST } } }),
    ],
    suggestions: texts.map((text) => reader.suggest({ text, territory, day })),
    works: reader.works({ keys, territory, day }),
    whole: records.map(({ id }) => reader.work({ id, territory, day })),
    people: [...people].map((key) => reader.person({ key, territory, day })),
    lists: reader.lists({ territory, day }),
    rows: [
      reader.row({ row: { kind: 'added' }, territory, day }),
      reader.row({ row: { kind: 'short' }, territory, day }),
      reader.row({ row: { kind: 'pick', seed: 'monday' }, limit: 7, territory, day }),
    ],
    counts: reader.counts({ territory, day }),
    feeds: reader.feeds(),
  }))
}

/** The one list that the feed has. */
const LIST = listId('chosen')

/** A list of these works. */
export function chosen(works: readonly WorkId[]): WorkList {
  const language = parseLanguage('en')
  if (language === null) throw new RangeError('English is a language')
  const translations = { [language]: { title: 'Chosen films' } }
  return { id: LIST, kind: 'programme', translations, works }
}

function listId(text: string): ListId {
  const id = parseListId(text)
  if (id === null) throw new RangeError(`${text} is no id`)
  return id
}

function headOf(version: string) {
  const names = { en: 'Updated' }
  return { id: UPDATED, version, trust: 'signed', names, loadedOn: String(TODAY) } as const
}
