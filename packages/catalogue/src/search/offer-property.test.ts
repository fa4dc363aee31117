import assert from 'node:assert/strict'
import { test } from 'node:test'
import { offeredReleases } from '@matinee/catalogue'
import { COUNTRIES } from '@matinee/rights'
import fc from 'fast-check'
import { country, date, madeRecords, recordOf } from '../../test/made-records.ts'
import { dayNumber, dayOf } from './day-number.ts'
import { offeredWorks } from './offered-works.ts'
import { OffersBuilder } from './offers-builder.ts'

const TODAY = date('2026-11-21')
const places = fc.oneof(
  fc.constantFrom(null, country('US'), country('FR'), country('DE'), country('JP')),
  fc.constantFrom(...COUNTRIES),
)

const today = dayNumber(TODAY)
const [PLAIN] = madeRecords(3, 1)
const [GRANT] = PLAIN?.rights ?? []
const scope = fc.constantFrom(
  'worldwide',
  'worldwide',
  'worldwide',
  'EU',
  'US',
  'FR',
  'DE',
  'JP',
  'SU',
)
const day = fc.integer({ min: -400, max: 400 }).map((shift) => today + shift)

const basis = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ kind: 'licence', licence: 'CC-BY-4.0' }) },
  fc.constantFrom(
    { kind: 'public-domain-mark', by: 'holder' },
    { kind: 'public-domain-term' },
    { kind: 'in-copyright' },
    { kind: 'disputed' },
    { kind: 'submission', terms: { kind: 'own-text', sha256: null, acts: ['share'] } },
  ),
)
const entry = fc
  .record(
    {
      component: fc.constantFrom('film', 'film', 'film', 'music', 'underlying'),
      territories: fc.array(scope, { minLength: 1, maxLength: 3 }),
      except: fc.array(scope, { maxLength: 1 }),
      basis,
      from: day,
      until: day,
      verified: fc.constantFrom(true, true, false),
    },
    { requiredKeys: ['component', 'territories', 'basis', 'verified'] },
  )
  .map(({ from, until, ...rest }) => ({
    ...GRANT,
    ...rest,
    ...(from === undefined ? {} : { from: dayOf(Math.min(from, until ?? from)) }),
    ...(until === undefined ? {} : { until: dayOf(Math.max(until, from ?? until)) }),
  }))
const published = fc.integer({ min: 1880, max: 2020 }).map((year) => ({
  film: {
    published: { value: { year }, verified: true },
    origin: { value: 'US', verified: true },
    authors: [
      {
        role: 'director',
        kind: 'people',
        people: [{ name: 'A', died: { value: year + 10, verified: true } }],
      },
      ...['screenplay', 'dialogue', 'composer'].map((role) => ({
        role,
        kind: 'nobody',
        verified: true,
      })),
    ],
  },
}))
/** A work with a few rights entries, in every mixture of places, days and reasons. */
const record = fc
  .tuple(fc.array(entry, { minLength: 1, maxLength: 2 }), published)
  .map(([rights, term]) => recordOf({ ...PLAIN, rights, term }))

test('O1: what was judged once for all places is what a verdict says in each', () => {
  let offered = 0
  fc.assert(
    fc.property(record, places, (any, where) => {
      const builder = new OffersBuilder()
      builder.add(any, TODAY)
      const found = offeredWorks(builder.build(), where, today).count === 1
      assert.equal(found, offeredReleases(any, where, TODAY).length > 0)
      if (found) offered++
    }),
    { numRuns: 800 },
  )
  assert.ok(offered > 30, 'chance makes offers too')
})

test('O1: on no other day is a work shown that a verdict of that day would not offer', () => {
  const otherDay = fc.integer({ min: -800, max: 800 }).map((shift) => today + shift)
  fc.assert(
    fc.property(record, places, otherDay, (any, where, day) => {
      const builder = new OffersBuilder()
      builder.add(any, TODAY)
      if (offeredWorks(builder.build(), where, day).count === 0) return
      assert.ok(offeredReleases(any, where, dayOf(day)).length > 0)
    }),
    { numRuns: 800 },
  )
})
