import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { anyTermFacts } from '../../test/any-rights.ts'
import { type CalendarDate, firstDayOf } from '../calendar-date.ts'
import { country } from '../territory.ts'
import type { TermFacts, WorkFacts } from './term-facts.ts'
import { termStatus } from './term-status.ts'

const anyPlace = fc.constantFrom('US', 'FR', 'DE', 'ES', 'JP').map(country)
const anyDay: fc.Arbitrary<CalendarDate> = fc.integer({ min: 1900, max: 2200 }).map(firstDayOf)

test('once in the public domain by its term, a work stays so', () => {
  fc.assert(
    fc.property(anyTermFacts, anyPlace, anyDay, anyDay, (facts, where, a, b) => {
      const [first, second] = a <= b ? [a, b] : [b, a]
      const before = termStatus(facts, where, first)
      if (before.kind !== 'public-domain') return
      const after = termStatus(facts, where, second)
      assert(after.kind === 'public-domain')
      // Later days need fewer facts: it can only become surer.
      assert(after.confidence === before.confidence || before.confidence === 'low')
    }),
    { numRuns: 1000 },
  )
})

test('a protection that is said to last until a day lasts until that day', () => {
  fc.assert(
    fc.property(anyTermFacts, anyPlace, anyDay, anyDay, (facts, where, a, b) => {
      const found = termStatus(facts, where, a)
      if (found.kind !== 'protected' || found.confidence === 'low') return
      if (found.until !== null && b > found.until) return
      assert.equal(termStatus(facts, where, b).kind, 'protected')
    }),
    { numRuns: 1000 },
  )
})

test('an exact end is followed by the public domain on the next day', () => {
  fc.assert(
    fc.property(anyTermFacts, anyPlace, anyDay, (facts, where, date) => {
      const found = termStatus(facts, where, date)
      if (found.kind !== 'protected' || !found.isExact || found.until === null) return
      const next = firstDayOf(Number(found.until.slice(0, 4)) + 1)
      const after = termStatus(facts, where, next)
      assert(after.kind === 'public-domain')
      assert.equal(after.since, next)
    }),
    { numRuns: 1000 },
  )
})

// What was only heard may be overruled by what is checked later; what was certain may not.
test('learning more never makes a surely free work protected', () => {
  const single = ['origin', 'notice', 'renewed', 'registered', 'forHire', 'published'] as const
  fc.assert(
    fc.property(
      anyTermFacts,
      anyPlace,
      anyDay,
      fc.constantFrom(...single),
      (facts, where, date, name) => {
        const { [name]: _gone, ...less }: WorkFacts = facts.film
        const vaguer: TermFacts = { ...facts, film: less }
        const before = termStatus(vaguer, where, date)
        if (before.kind !== 'public-domain' || before.confidence === 'low') return
        assert.equal(termStatus(facts, where, date).kind, 'public-domain')
      },
    ),
    { numRuns: 1000 },
  )
})

test('facts that nobody checked never make it certain', () => {
  fc.assert(
    fc.property(anyTermFacts, anyPlace, anyDay, (facts, where, date) => {
      const unchecked: TermFacts = JSON.parse(
        JSON.stringify(facts).replaceAll('"verified":true', '"verified":false'),
      )
      const found = termStatus(unchecked, where, date)
      if (found.kind === 'public-domain') assert.equal(found.confidence, 'low')
    }),
    { numRuns: 500 },
  )
})
