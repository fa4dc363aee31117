import { test } from 'node:test'
import assert from 'node:assert/strict'
import { SeededRandom } from './seeded-random.ts'

test('the same seed gives the same numbers, another seed other ones', () => {
  const draw = (seed: number | string): string => new SeededRandom(seed).bytes(64).toHex()
  assert.equal(draw(7), draw(7))
  assert.notEqual(draw(7), draw(8))
  assert.notEqual(draw('a'), draw('b'))
})

test('a fork does not depend on what was drawn before it, and draws nothing from its parent', () => {
  const early = new SeededRandom(1)
  const late = new SeededRandom(1)
  late.bytes(1000)
  assert.equal(early.fork('disk').next(), late.fork('disk').next())
  assert.notEqual(early.fork('disk').next(), early.fork('network').next())
  assert.equal(early.next(), new SeededRandom(1).next())
})

test('numbers below a limit stay below it and hit every value', () => {
  const random = new SeededRandom('limits')
  const counts = Array.from({ length: 6 }, () => 0)
  for (let i = 0; i < 6000; i++) {
    const n = random.below(6)
    counts[n] = (counts[n] ?? 0) + 1
  }
  for (const count of counts) assert.ok(count > 800 && count < 1200, `${counts.join()}`)
  assert.ok(random.below(2 ** 32) < 2 ** 32)
  assert.throws(() => random.below(0), RangeError)
})

test('shuffling keeps all values', () => {
  const values = Array.from({ length: 100 }, (_, i) => i)
  const mixed = new SeededRandom(3).shuffle(values)
  assert.notDeepEqual(mixed, values)
  assert.deepEqual(
    mixed.toSorted((a, b) => a - b),
    values,
  )
})
