import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { BlockTable } from './block-table.ts'

test('a block asked from two peers is missing again only when both have let go of it', () => {
  const table = new BlockTable(3)
  table.request(1, 7)
  table.request(1, 8)
  table.release(1, 7)
  assert.equal(table.isMissing(1), false)
  table.release(1, 8)
  assert.equal(table.isMissing(1), true)
})

test('holding a block tells who else was asked for it', () => {
  const table = new BlockTable(1)
  table.request(0, 1)
  table.request(0, 2)
  assert.deepEqual(table.hold(0), [1, 2])
  assert.deepEqual(table.owners(0), [])
})

test('the count of verified blocks agrees with the states after any history', () => {
  const act = fc.tuple(fc.nat(4), fc.constantFrom('request', 'release', 'hold', 'have', 'lose'))
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
      const table = new BlockTable(5)
      for (const [block, what] of acts) {
        const here = table.isHave(block) || table.isHeld(block)
        if (what === 'request' && !here && table.owners(block).length === 0) table.request(block, 1)
        if (what === 'release') table.release(block, 1)
        if (what === 'hold' && !table.isHave(block)) table.hold(block)
        if (what === 'have') table.have(block)
        if (what === 'lose') table.lose(block)
      }
      const blocks = [0, 1, 2, 3, 4]
      assert.equal(table.haveCount, blocks.filter((block) => table.isHave(block)).length)
      for (const block of blocks)
        if (table.owners(block).length > 0) assert.equal(table.isMissing(block), false)
    }),
  )
})
