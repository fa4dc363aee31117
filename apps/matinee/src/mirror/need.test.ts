import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { byNeed, thoseThatFit, type Candidate } from './need.ts'

function candidate(key: string, part: Partial<Candidate>): Candidate {
  return { key, bytes: 10, seeds: 5, hereBytes: 0, ...part }
}

function chooseByNeed(all: readonly Candidate[], budgetBytes: number): readonly Candidate[] {
  return thoseThatFit(all.toSorted(byNeed), budgetBytes)
}

function keys(chosen: readonly Candidate[]): string[] {
  return chosen.map(({ key }) => key)
}

test('a mirror keeps what fewest others have, and what nobody tells anything of before what is well kept', () => {
  const all = [
    candidate('many', { seeds: 40 }),
    candidate('few', { seeds: 2 }),
    candidate('lost', { seeds: 0 }),
    candidate('unknown', { seeds: null }),
  ]
  assert.deepEqual(keys(chooseByNeed(all, 30)), ['lost', 'unknown', 'few'])
})

test('what is here stays for a little difference, and goes for a great one', () => {
  const here = candidate('here', { seeds: 4, hereBytes: 10 })
  assert.deepEqual(keys(chooseByNeed([here, candidate('new', { seeds: 3 })], 10)), ['here'])
  assert.deepEqual(keys(chooseByNeed([here, candidate('new', { seeds: 0 })], 10)), ['new'])
})

test('what is too large makes way for what fits, and the budget holds whatever there is', () => {
  const large = candidate('large', { seeds: 0, bytes: 100 })
  assert.deepEqual(keys(chooseByNeed([large, candidate('small', {})], 50)), ['small'])
  const any = fc.record({
    key: fc.string(),
    bytes: fc.nat(1000),
    seeds: fc.option(fc.nat(50)),
    hereBytes: fc.nat(10),
  })
  fc.assert(
    fc.property(fc.array(any), fc.nat(3000), (all, budget) => {
      const chosen = chooseByNeed(all, budget)
      assert.ok(chosen.reduce((sum, { bytes }) => sum + bytes, 0) <= budget)
      const left = budget - chosen.reduce((sum, { bytes }) => sum + bytes, 0)
      for (const each of all) assert.ok(chosen.includes(each) || each.bytes > left)
    }),
  )
})
