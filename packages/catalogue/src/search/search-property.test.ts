import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type FacetName,
  LENGTHS,
  type WorkFilters,
  type WorkRecord,
  type WorkSort,
} from '@matinee/catalogue'
import fc from 'fast-check'
import { country, date, feedId, madeRecords } from '../../test/made-records.ts'
import { naiveSearch } from '../../test/naive-search.ts'
import { textSha256 } from '../node/system.ts'
import { searchIndex } from './catalogue-index.ts'
import { dayNumber } from './day-number.ts'
import { SegmentBuilder } from './segment-builder.ts'
import { partsOf, segmentOf } from './segment-parts.ts'
import { SegmentView } from './segment-view.ts'

const TODAY = date('2026-11-21')
const DAY = dayNumber(TODAY)
const RECORDS = madeRecords(7, 160)
const HALF = RECORDS.length / 2
/** Two feeds, so that answers are merged. */
const FEEDS = [RECORDS.slice(0, HALF), RECORDS.slice(HALF)]
const VIEWS = FEEDS.map((records, index) => viewOf(`feed-${index}`, records))

const text = fc.oneof(
  fc.constant(''),
  fc
    .tuple(fc.constantFrom(...RECORDS), fc.nat(), fc.integer({ min: 1, max: 14 }))
    .map(([record, which, length]) => {
      const names = [record.title.text, record.people[0]?.name ?? 'a', 'Zzyzx']
      return (names[which % names.length] ?? '').slice(0, length)
    }),
)
const some = <T>(values: readonly T[]): fc.Arbitrary<T[]> =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 })
const span = (min: number, max: number): fc.Arbitrary<{ start: number; end: number }> =>
  fc.tuple(fc.integer({ min, max }), fc.integer({ min, max })).map(([a, b]) => ({
    start: Math.min(a, b),
    end: Math.max(a, b),
  }))
const filters: fc.Arbitrary<WorkFilters> = fc.record(
  {
    kinds: some(['feature', 'short', 'series'] as const),
    genres: some(['drama', 'comedy', 'silent', 'horror', 'no-such']),
    years: span(1900, 2030),
    durationSeconds: span(0, 9000),
    languages: some(['en', 'fr', 'ja', 'zxx']),
    subtitles: some(['en', 'fr', 'ja']),
    descriptions: some(['en', 'fr', 'ja']),
    countries: some(['US', 'FR', 'GB']),
    uses: some(['share', 'screen', 'remix'] as const),
  },
  { requiredKeys: [] },
)
const territory = fc.constantFrom(null, country('FR'), country('US'), country('JP'), country('PL'))

test('a search finds what a plain walk through all records finds', () => {
  fc.assert(
    fc.property(text, filters, territory, (any, given, where) => {
      const query = { text: any, filters: given, territory: where, limit: 200 }
      const found = searchIndex(VIEWS, query, DAY)
      // A misspelt text has nothing to be compared with.
      if (found.correction !== null) return
      const expected = naiveSearch(RECORDS, any, given, where, TODAY).map(({ id }) => id)
      assert.deepEqual(idsOf(found.hits).toSorted(), expected.toSorted())
      assert.equal(found.total, expected.length)
    }),
    { numRuns: 300 },
  )
})

test('a facet counts the works that its value alone would show, the other filters as they are', () => {
  fc.assert(
    fc.property(text, filters, territory, (any, given, where) => {
      const query = { text: any, filters: given, territory: where }
      const { facets, correction } = searchIndex(VIEWS, query, DAY)
      if (correction !== null || facets === null) return
      for (const [facet, only] of FACET_FILTERS)
        for (const { value, count } of facets[facet]) {
          const alone = { ...given, ...only(value) }
          const expected = naiveSearch(RECORDS, any, alone, where, TODAY)
          assert.equal(count, expected.length, `${facet} ${value}`)
        }
    }),
    { numRuns: 60 },
  )
})

test('every order holds across feeds and pages', () => {
  const sorts = fc.constantFrom<WorkSort>('title', 'year', 'year-down', 'length', 'length-down')
  fc.assert(
    fc.property(sorts, fc.integer({ min: 1, max: 60 }), (sort, limit) => {
      const pages: string[] = []
      for (let offset = 0; offset < RECORDS.length; offset += limit)
        pages.push(...idsOf(searchIndex(VIEWS, { sort, limit, offset, territory: null }, DAY).hits))
      const all = searchIndex(VIEWS, { sort, limit: 200, territory: null }, DAY)
      assert.deepEqual(pages, idsOf(all.hits))
      const years = all.hits.map(({ view, work }) => view.segment.years[work] ?? 0)
      const known = years.filter((year) => year !== 0)
      if (sort === 'year')
        assert.deepEqual(
          known,
          known.toSorted((a, b) => a - b),
        )
      if (sort === 'year-down')
        assert.deepEqual(
          known,
          known.toSorted((a, b) => b - a),
        )
      if (sort === 'year') assert.ok(years.slice(known.length).every((year) => year === 0))
    }),
    { numRuns: 40 },
  )
})

test('a segment comes back from its parts as it was', () => {
  const [view] = VIEWS
  assert.ok(view !== undefined)
  const parts = new Map(partsOf(view.segment).map(({ name, bytes }) => [name, bytes]))
  const again = segmentOf(view.segment.feed.id, (name) => parts.get(name) ?? new Uint8Array())
  assert.deepEqual(again, view.segment)
})

/** The filter that a facet's value stands for. */
const FACET_FILTERS: readonly [FacetName, (value: string) => Record<string, unknown>][] = [
  ['kinds', (value) => ({ kinds: [value] })],
  ['genres', (value) => ({ genres: [value] })],
  ['languages', (value) => ({ languages: [value] })],
  ['subtitles', (value) => ({ subtitles: [value] })],
  ['descriptions', (value) => ({ descriptions: [value] })],
  ['countries', (value) => ({ countries: [value] })],
  ['uses', (value) => ({ uses: [value] })],
  ['decades', (value) => ({ years: { start: Number(value), end: Number(value) + 10 } })],
  ['lengths', (value) => ({ durationSeconds: LENGTHS[value] })],
]

function viewOf(id: string, records: readonly WorkRecord[]): SegmentView {
  const builder = new SegmentBuilder(TODAY, textSha256)
  for (const record of records) builder.add(record, '2026-10-01')
  return new SegmentView(builder.build(feedId(id), []))
}

function idsOf(hits: ReturnType<typeof searchIndex>['hits']): string[] {
  return hits.map(({ view, work }) => {
    const records = FEEDS[VIEWS.indexOf(view)] ?? []
    return records[work]?.id ?? ''
  })
}
