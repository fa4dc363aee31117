import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AgeLimit, UNRATED, ageOf, isWithin } from '@matinee/catalogue'

import { country, date, feedId, madeRecords } from '../../test/made-records.ts'
import { parseListId } from '../name/id.ts'
import { textSha256 } from '../node/system.ts'
import { searchIndex } from './catalogue-index.ts'
import { curatedLists } from './curated-lists.ts'
import { dayNumber } from './day-number.ts'
import { offeredWorksOf } from './person-match.ts'
import { rowHits } from './programme-row.ts'
import { SegmentBuilder } from './segment-builder.ts'
import { partsOf, segmentOf } from './segment-parts.ts'
import { SegmentView } from './segment-view.ts'

const TODAY = date('2026-11-21')
const DAY = dayNumber(TODAY)
const SAID = [
  {},
  { ages: [{ scheme: 'de-fsk', label: 'FSK 0', minYears: 0 }] },
  { ages: [{ scheme: 'de-fsk', label: 'FSK 12', minYears: 12 }] },
  { advisories: [{ kind: 'fear', degree: 'mild' }] },
  { advisories: [{ kind: 'violence', degree: 'strong' }] },
] as const
const RECORDS = madeRecords(11, 60, (made, number) => ({ ...made, ...SAID[number % SAID.length] }))
const territory = country('FR')

test('O4: the strictest of what a record says decides from which age it is shown', () => {
  const of = (
    years: readonly number[],
    warnings: readonly (readonly [string, string])[],
  ): number => {
    const ages = years.map((minYears) => ({ scheme: 'maker', label: `${minYears}+`, minYears }))
    const advisories = warnings.map(([kind, degree]) => ({ kind, degree }))
    const [record] = madeRecords(1, 1, (made) => ({ ...made, ages, advisories }))
    return record === undefined ? assert.fail('a record') : ageOf(record)
  }
  assert.equal(of([], []), UNRATED)
  assert.equal(of([0], []), 0)
  assert.equal(of([6, 13], []), 13)
  assert.equal(of([0], [['fear', 'mild']]), 6)
  assert.equal(of([6], [['fear', 'moderate']]), 12)
  assert.equal(of([18], [['fear', 'mild']]), 18)
  assert.equal(of([], [['fear', 'strong']]), 16)
  assert.equal(of([], [['sex', 'strong']]), 18)
})

test('O4: a work that says nothing of ages is shown only where that was allowed', () => {
  assert.equal(isWithin(UNRATED, { years: 17, withUnrated: false }), false)
  assert.equal(isWithin(UNRATED, { years: 0, withUnrated: true }), true)
  assert.equal(isWithin(UNRATED, null), true)
  assert.equal(isWithin(12, { years: 12, withUnrated: false }), true)
  assert.equal(isWithin(13, { years: 12, withUnrated: true }), false)
})

test('O4: what is above an age comes out of no search, list, row, count or person', () => {
  const builder = new SegmentBuilder(TODAY, textSha256)
  for (const record of RECORDS) builder.add(record, '2026-10-01')
  const id = feedId('feed')
  const listId = parseListId('all')
  assert.ok(listId !== null)
  const works = RECORDS.map((record) => record.id)
  const list = { id: listId, kind: 'list', translations: {}, works }
  const parts = new Map(partsOf(builder.build(id, [list])).map((part) => [part.name, part.bytes]))
  const segment = segmentOf(id, (name) => parts.get(name) ?? assert.fail(name))
  const view = new SegmentView(segment)
  for (const ages of LIMITS) {
    const audience = { territory, ages }
    const allowed = new Set(
      RECORDS.flatMap((record, at) => (isWithin(ageOf(record), ages) ? [at] : [])),
    )
    const everything = new Set(
      searchIndex([view], { territory, limit: 200 }, DAY).hits.map(({ work }) => work),
    )
    const expected = [...everything].filter((work) => allowed.has(work)).length
    assert.ok(expected > 0 && (ages === null || expected < everything.size))
    const found = searchIndex([view], { ...audience, limit: 200 }, DAY)
    assert.equal(found.total, expected)
    assert.ok(found.hits.every(({ work }) => allowed.has(work)))
    const counted = found.facets?.kinds.reduce((sum, { count }) => sum + count, 0)
    assert.equal(counted, expected)
    const row = rowHits([view], { ...audience, row: { kind: 'pick', seed: 'a' }, limit: 200 }, DAY)
    assert.equal(row.total, expected)
    assert.ok(row.hits.every(({ work }) => allowed.has(work)))
    for (const { hits } of curatedLists([view], audience, DAY))
      assert.ok(hits.every(({ work }) => allowed.has(work)))
    for (let person = 0; person < segment.personHashes.length; person++)
      for (const work of offeredWorksOf(view, person, audience, DAY)) assert.ok(allowed.has(work))
    for (const work of everything) {
      const text = RECORDS[work]?.title.text ?? ''
      const { hits } = searchIndex([view], { ...audience, text, limit: 200 }, DAY)
      assert.ok(hits.every((hit) => allowed.has(hit.work)))
    }
  }
})

const LIMITS: readonly (AgeLimit | null)[] = [
  null,
  { years: 6, withUnrated: false },
  { years: 6, withUnrated: true },
  { years: 0, withUnrated: false },
]
