import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { anyDate, anyEntry, anyRightsWork, anyTerritory } from '../../test/any-rights.ts'
import { entriesCovering, entryReaches, holdsOn, isDenial } from '../entry/rights-entry.ts'
import { isAllowed } from '../permission.ts'
import { COUNTRIES } from '../territory.ts'
import { verdict } from './verdict.ts'

const RUNS = { numRuns: 1000 }

test('a work is offered only by a verified entry with evidence that reaches the place and day', () => {
  let offers = 0
  fc.assert(
    fc.property(anyRightsWork, anyTerritory, anyDate, (work, where, date) => {
      const found = verdict(work, where, date)
      if (found.kind === 'not-offered') return
      offers++
      const { entry } = found
      assert(work.entries.includes(entry))
      assert(entry.verified && entry.evidence.length > 0 && entry.checks.length > 0)
      assert(entryReaches(entry, where) && holdsOn(entry, date) && !isDenial(entry))
      assert(entriesCovering([entry], work.releaseHashes).length === 1)
      assert(isAllowed(found.permissions.share))
      if (entry.basis.kind === 'public-domain-term') assert.equal(found.term?.kind, 'public-domain')
    }),
    RUNS,
  )
  assert(offers > 30, 'the works are varied enough to be offered at times')
})

test('without its verified flags a work is offered nowhere', () => {
  fc.assert(
    fc.property(anyRightsWork, anyTerritory, anyDate, (work, where, date) => {
      const entries = work.entries.map((entry) => ({ ...entry, verified: false }))
      assert.equal(verdict({ ...work, entries }, where, date).kind, 'not-offered')
    }),
    RUNS,
  )
})

test('an entry that denies never turns a no into a yes', () => {
  const denial = anyEntry.map((entry) => ({ ...entry, basis: { kind: 'disputed' } as const }))
  fc.assert(
    fc.property(anyRightsWork, denial, anyTerritory, anyDate, (work, extra, where, date) => {
      if (verdict(work, where, date).kind === 'offered') return
      const more = { ...work, entries: [extra, ...work.entries] }
      assert.equal(verdict(more, where, date).kind, 'not-offered')
    }),
    RUNS,
  )
})

test('what is offered to who doesn’t say where they are is offered in every country', () => {
  fc.assert(
    fc.property(anyRightsWork, anyDate, fc.constantFrom(...COUNTRIES), (work, date, country) => {
      if (verdict(work, null, date).kind === 'not-offered') return
      assert.equal(verdict(work, country, date).kind, 'offered')
    }),
    RUNS,
  )
})

test('a withdrawal never ends', () => {
  fc.assert(
    fc.property(anyRightsWork, anyTerritory, anyDate, anyDate, (work, where, a, b) => {
      const [first, second] = a <= b ? [a, b] : [b, a]
      if (work.withdrawal === null || work.withdrawal.on > first) return
      assert.equal(verdict(work, where, second).kind, 'not-offered')
    }),
    RUNS,
  )
})
