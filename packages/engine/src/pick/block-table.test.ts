import assert from 'node:assert/strict'
import { test } from 'node:test'
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
