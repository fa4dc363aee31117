import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { DISK_RESERVE_BYTES, goingUnder, planKeep, sumOf } from './keep-room.ts'

const amount = fc.nat(1000)
const loose = fc
  .array(fc.record({ bytes: fc.integer({ min: 1, max: 500 }), usedMs: fc.nat(100) }), {
    maxLength: 8,
  })
  .map((copies) => copies.map((copy, at) => ({ ...copy, name: String(at) })))
const facts = fc.record({
  bytes: amount,
  hereBytes: amount,
  keptBytes: amount,
  pendingBytes: amount,
  budgetBytes: amount,
  freeBytes: fc.option(amount.map((bytes) => bytes + DISK_RESERVE_BYTES)),
  loose,
})

test('A1: what is kept never takes more than films may, and a disk is never filled for it', () => {
  fc.assert(
    fc.property(facts, (known) => {
      const { refused, goes, wantingBytes } = planKeep(known)
      if (refused !== null) {
        assert.ok(wantingBytes > 0)
        assert.deepEqual(goes, [], 'nothing is deleted for what is refused')
        return
      }
      assert.ok(known.keptBytes + known.bytes <= known.budgetBytes)
      const missing = Math.max(0, known.bytes - known.hereBytes)
      if (known.freeBytes === null || missing === 0) return
      const room = known.freeBytes + sumOf(goes).bytes - DISK_RESERVE_BYTES
      assert.ok(room >= missing + known.pendingBytes)
    }),
  )
})

test('what makes way was longest unused, and is no more than it takes', () => {
  const copies = [
    { name: 'new', bytes: 100, usedMs: 9 },
    { name: 'old', bytes: 100, usedMs: 1 },
  ]
  const known = { hereBytes: 0, keptBytes: 0, pendingBytes: 0, freeBytes: null, loose: copies }
  const { goes } = planKeep({ ...known, bytes: 50, budgetBytes: 200 })
  assert.deepEqual(
    goes.map(({ name }) => name),
    ['old'],
  )
  assert.deepEqual(planKeep({ ...known, bytes: 50, budgetBytes: 250 }).goes, [])
  assert.deepEqual(sumOf(goingUnder(150, 0, copies)), { count: 1, bytes: 100 })
  assert.deepEqual(sumOf(goingUnder(200, 0, copies)), { count: 0, bytes: 0 })
})

test('A1: what a disk has no room for is refused, with what is wanting', () => {
  const loose = [{ name: 'old', bytes: 100, usedMs: 1 }]
  const known = {
    bytes: 300,
    hereBytes: 50,
    keptBytes: 0,
    pendingBytes: 20,
    budgetBytes: 1000,
    loose,
  }
  assert.deepEqual(planKeep({ ...known, freeBytes: DISK_RESERVE_BYTES + 160 }), {
    refused: 'disk',
    wantingBytes: 10,
    goes: [],
  })
  assert.equal(planKeep({ ...known, freeBytes: DISK_RESERVE_BYTES + 170 }).refused, null)
})
