import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { BlockSet } from './block-set.ts'

const CAPACITY = 200_000
const acts = fc.array(
  fc.record({
    isSet: fc.boolean(),
    start: fc.nat(CAPACITY - 1),
    // Whole pages, too: 32 768 blocks.
    length: fc.oneof(fc.nat(5), fc.nat(70_000)),
  }),
  { maxLength: 6 },
)

function perform(list: readonly { isSet: boolean; start: number; length: number }[]): {
  set: BlockSet
  plain: Set<number>
} {
  const set = new BlockSet(CAPACITY)
  const plain = new Set<number>()
  for (const { isSet, start, length } of list)
    for (let block = start; block < Math.min(start + length, CAPACITY); block++) {
      const wasThere = isSet ? plain.has(block) : !plain.delete(block)
      if (isSet) plain.add(block)
      assert.equal(isSet ? set.set(block) : set.clear(block), !wasThere)
    }
  return { set, plain }
}

test('a block set holds what a plain set holds', () => {
  fc.assert(
    fc.property(acts, fc.nat(CAPACITY), fc.nat(CAPACITY), (list, from, to) => {
      const { set, plain } = perform(list)
      assert.equal(set.count, plain.size)
      const inRuns: number[] = []
      let lastEnd = -1
      for (const { start, end } of set.runs()) {
        assert.ok(start > lastEnd && end > start, 'runs are in order, apart and not empty')
        lastEnd = end
        for (let block = start; block < end; block++) inRuns.push(block)
      }
      assert.deepEqual(
        inRuns,
        [...plain].toSorted((a, b) => a - b),
      )
      let missing = from
      while (missing < to && plain.has(missing)) missing++
      assert.equal(set.firstMissing(from, to), missing < to ? missing : null)
    }),
    { numRuns: 60 },
  )
})

test('a block set comes back from its bytes, and a copy is a set of its own', () => {
  fc.assert(
    fc.property(acts, (list) => {
      const { set } = perform(list)
      const back = BlockSet.decode(set.encode(), CAPACITY)
      assert.ok(back)
      assert.deepEqual([...back.runs()], [...set.runs()])
      assert.equal(back.count, set.count)
      assert.ok(set.isWithin(back) && back.isWithin(set))
      const copy = set.copy()
      const wasThere = copy.has(7)
      if (wasThere) copy.clear(7)
      else copy.set(7)
      assert.equal(set.has(7), wasThere)
    }),
    { numRuns: 60 },
  )
})

test('sets are joined and taken apart', () => {
  fc.assert(
    fc.property(acts, acts, (one, other) => {
      const { set: a, plain: inA } = perform(one)
      const { set: b, plain: inB } = perform(other)
      const joined = a.copy()
      joined.addAll(b)
      assert.equal(joined.count, inA.union(inB).size)
      assert.ok(a.isWithin(joined) && b.isWithin(joined))
      assert.equal(b.isWithin(a), inB.isSubsetOf(inA))
      const apart = a.copy()
      apart.clearAll(b)
      assert.equal(apart.count, inA.difference(inB).size)
      assert.ok(apart.isWithin(a))
      for (const block of inB) assert.equal(apart.has(block), false)
    }),
    { numRuns: 30 },
  )
})

test('F4: a torrent of billions of blocks takes memory only for what is there', () => {
  const set = new BlockSet(2 ** 34)
  set.set(2 ** 34 - 1)
  set.set(0)
  assert.equal(set.encode().length, 2 * 4100)
  assert.deepEqual(
    [...set.runs()],
    [
      { start: 0, end: 1 },
      { start: 2 ** 34 - 1, end: 2 ** 34 },
    ],
  )
})

test('a whole film is a few bytes', () => {
  const set = new BlockSet(32_768 * 4)
  for (let block = 0; block < set.capacity; block++) set.set(block)
  assert.equal(set.encode().length, 4 * 4)
  assert.equal(BlockSet.decode(set.encode(), set.capacity)?.count, set.capacity)
})

test('A21: bytes that no block set wrote are refused', () => {
  const set = new BlockSet(50_000)
  set.set(40_000)
  const good = set.encode()
  assert.ok(BlockSet.decode(good, 50_000))
  assert.equal(BlockSet.decode(good, 40_000), null, 'a block beyond the end')
  assert.equal(BlockSet.decode(good.subarray(0, 100), 50_000), null, 'cut off')
  assert.equal(BlockSet.decode(good.subarray(0, 3), 50_000), null, 'cut in a header')
  assert.equal(BlockSet.decode(new Uint8Array(4100), 50_000), null, 'an empty page')
  assert.equal(BlockSet.decode(new Uint8Array([0, 0, 0, 2]), 50_000), null, 'a page beyond the end')
  const whole = new Uint8Array([0x80, 0, 0, 1])
  assert.equal(BlockSet.decode(whole, 50_000), null, 'a whole page that goes beyond the end')
  const twice = new Uint8Array([0x80, 0, 0, 0, 0x80, 0, 0, 0])
  assert.equal(BlockSet.decode(twice, 50_000), null, 'a page twice')
  assert.throws(() => set.set(50_000))
})
