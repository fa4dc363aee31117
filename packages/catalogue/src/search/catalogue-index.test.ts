import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { WorkQuery, WorkRecord } from '@matinee/catalogue'
import { country, date, feedId, madeRecords } from '../../test/made-records.ts'
import { textSha256 } from '../node/system.ts'
import { searchIndex } from './catalogue-index.ts'
import { dayNumber } from './day-number.ts'
import { SegmentBuilder } from './segment-builder.ts'
import { SegmentView } from './segment-view.ts'

const TODAY = date('2026-11-21')

const [PLAIN] = madeRecords(1, 1)
assert.ok(PLAIN !== undefined)

/** A film with this title; more fields as given. */
function film(title: string, fields: object = {}): object {
  return { title: { text: title }, translations: {}, people: [], ...fields }
}

test('a city is found with and without its accents, both ways', () => {
  const works = index([film('Łódź'), film('Lodz'), film('東京物語'), film('Москва слезам')])
  assert.deepEqual(titles(works, 'lodz'), ['Łódź', 'Lodz'])
  assert.deepEqual(titles(works, 'Łódź'), ['Łódź', 'Lodz'])
  assert.deepEqual(titles(works, '京物'), ['東京物語'])
  assert.deepEqual(titles(works, 'москв'), ['Москва слезам'])
})

test('the whole title comes first, then its beginning, then a word in it, then a name', () => {
  const works = index([
    film('Another story', { people: [{ name: 'Ada Moon', roles: ['director'] }] }),
    film('A trip to the moon'),
    film('Moon rises'),
    film('Moon'),
    film('Nothing of it'),
  ])
  const expected = ['Moon', 'Moon rises', 'A trip to the moon', 'Another story']
  assert.deepEqual(titles(works, 'moon'), expected)
})

test('translated titles and other names of people are searched', () => {
  const works = index([
    film('七人の侍', {
      translations: { en: { title: 'Seven Samurai', otherTitles: ['The Magnificent Seven'] } },
      people: [{ name: '黒澤明', otherNames: ['Akira Kurosawa'], roles: ['director'] }],
    }),
  ])
  for (const text of ['samurai', 'magnif', 'kurosawa', '黒澤', 'akira samurai'])
    assert.deepEqual(titles(works, text), ['七人の侍'], text)
})

test('a misspelt word is corrected only when nothing has it as it was typed', () => {
  const works = index([film('Metropolis'), film('Metro')])
  assert.equal(
    searchIndex(works, { text: 'metropolsi', territory: null }, day()).correction,
    'metropolis',
  )
  assert.deepEqual(titles(works, 'metropolsi'), ['Metropolis'])
  assert.equal(searchIndex(works, { text: 'metro', territory: null }, day()).correction, null)
  assert.deepEqual(titles(works, 'mterq'), [])
})

test('O1: a work that is not offered where the viewer is never comes out, nor corrects a word', () => {
  const works = index([
    film('Only in America', { rights: rightsIn(['US']) }),
    film('Nowhere at all', { rights: rightsIn(['worldwide'], { verified: false }) }),
    film('Everywhere'),
  ])
  const seen = (where: 'US' | 'FR' | null, text = ''): string[] =>
    titles(works, text, { territory: where === null ? null : country(where) })
  assert.deepEqual(seen(null), ['Everywhere'])
  assert.deepEqual(seen('FR'), ['Everywhere'])
  assert.deepEqual(seen('US'), ['Everywhere', 'Only in America'])
  assert.deepEqual(seen('FR', 'america'), [])
  assert.deepEqual(seen('FR', 'amerika'), [])
  const { facets, total } = searchIndex(works, { territory: null }, day())
  assert.equal(total, 1)
  assert.deepEqual(
    facets?.uses.map(({ count }) => count),
    [1, 1, 1],
  )
})

test('O1: an offer that ended is gone on the day after, before anybody judged it again', () => {
  const works = index([
    film('Until June', { rights: rightsIn(['worldwide'], { until: '2027-06-30' }) }),
  ])
  const on = (text: string): number =>
    searchIndex(works, { territory: null }, dayNumber(text)).total
  assert.equal(on('2027-06-30'), 1)
  assert.equal(on('2027-07-01'), 0)
})

test('O1: an offer that has not begun is not shown because the clock went back', () => {
  const works = index([
    film('Since May', { rights: rightsIn(['worldwide'], { from: '2026-05-01' }) }),
  ])
  const on = (text: string): number =>
    searchIndex(works, { territory: null }, dayNumber(text)).total
  assert.equal(on('2026-05-01'), 1)
  assert.equal(on('2026-04-30'), 0)
})

function rightsIn(territories: readonly string[], fields: object = {}): object[] {
  const [entry] = PLAIN?.rights ?? []
  const { until: _, from: _also, ...rest } = { ...entry, until: '', from: '' }
  const basis = { kind: 'licence', licence: 'CC-BY-4.0' }
  return [{ ...rest, basis, verified: true, territories, ...fields }]
}

function index(films: readonly object[]): SegmentView[] {
  const rights = rightsIn(['worldwide'])
  const releases = PLAIN?.releases
  const records: WorkRecord[] = madeRecords(1, films.length, ({ type, version, id }, number) => ({
    type,
    version,
    id,
    releases,
    kind: 'feature',
    rights,
    ...films[number],
  }))
  const builder = new SegmentBuilder(TODAY, textSha256)
  for (const record of records) builder.add(record, '2026-10-01')
  const view = new SegmentView(builder.build(feedId('test'), []))
  names.set(view, records)
  return [view]
}

const names = new Map<SegmentView, readonly WorkRecord[]>()

function titles(
  views: readonly SegmentView[],
  text: string,
  query: WorkQuery = { territory: null },
): string[] {
  return searchIndex(views, { ...query, text }, day()).hits.map(
    ({ view, work }) => names.get(view)?.[work]?.title.text ?? '',
  )
}

function day(): number {
  return dayNumber(TODAY)
}
