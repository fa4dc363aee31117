import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MINUTE_MS, toHex } from '@matinee/base'
import { compareDistance, createSecureId, sharedBits } from '@matinee/protocol'
import { SeededRandom } from '@matinee/testkit'
import { NodeTable } from './node-table.ts'

const OWN_ID = new Uint8Array(20)

/** An id that shares so many bits with ours. */
function idAt(bits: number, random: SeededRandom): Uint8Array {
  const id = random.bytes(20)
  id.fill(0, 0, bits >> 3)
  id[bits >> 3] = 0x80 >> (bits & 7)
  assert.equal(sharedBits(OWN_ID, id), bits)
  return id
}

test('the nearest nodes come out, the nearest first, and who was silent is left out', () => {
  const random = new SeededRandom('closest')
  const table = new NodeTable(OWN_ID)
  for (let i = 0; i < 60; i++)
    table.answered({ id: random.bytes(20), address: { host: `9.${i}.1.1`, port: 6881 } }, 0)
  const target = random.bytes(20)
  const all = [...table.nodes()].toSorted((a, b) => compareDistance(target, a.id, b.id))
  assert.deepEqual(table.closest(target, 8), all.slice(0, 8))
  const [first] = all
  assert.ok(first)
  table.lost(first.address)
  assert.deepEqual(table.closest(target, 8), all.slice(1, 9))
  table.answered(first, 1)
  assert.deepEqual(table.closest(target, 1), [first])
  table.lost(first.address)
  table.lost(first.address)
  assert.equal(table.size, all.length - 1)
})

test('T5: of one network one node has a place in a bucket', () => {
  const random = new SeededRandom('network')
  const table = new NodeTable(OWN_ID)
  for (let i = 1; i < 250; i++)
    table.answered({ id: idAt(20, random), address: { host: `66.66.66.${i}`, port: 6881 } }, 0)
  assert.equal(table.size, 1)
  table.answered({ id: idAt(20, random), address: { host: '66.66.67.1', port: 6881 } }, 0)
  assert.equal(table.size, 2)
})

test('T5: an id that belongs to its address takes the place of one that doesn’t, never the other way', () => {
  const random = new SeededRandom('secure')
  // All share no bit with ours or the first few: the widest bucket is filled with made-up ids.
  const ownId = new Uint8Array(20).fill(0xff)
  const table = new NodeTable(ownId)
  for (let i = 0; i < 300; i++) {
    const id = random.bytes(20)
    id[0] = 0
    table.answered({ id, address: { host: `9.${i >> 8}.${i & 0xff}.1`, port: 6881 } }, 0)
  }
  assert.equal(table.size, 64)
  const secure = Array.from({ length: 400 }, (_, i) => {
    const host = `8.${i >> 8}.${i & 0xff}.1`
    return { id: createSecureId(host, random.bytes(20)), address: { host, port: 6881 } }
  }).filter(({ id }) => sharedBits(ownId, id) === 0)
  for (const node of secure) table.answered(node, 0)
  assert.equal(table.size, 64)
  assert.ok([...table.nodes()].every(({ isSecure }) => isSecure))
  const before = [...table.nodes()].map(({ id }) => toHex(id))
  const madeUp = random.bytes(20)
  madeUp[0] = 0
  table.answered({ id: madeUp, address: { host: '7.7.7.7', port: 6881 } }, 0)
  assert.deepEqual(
    [...table.nodes()].map(({ id }) => toHex(id)),
    before,
  )
})

test('who answers under another id is another node, and who was silent for long is asked first', () => {
  const random = new SeededRandom('stale')
  const table = new NodeTable(OWN_ID)
  const address = { host: '9.9.9.9', port: 6881 }
  table.answered({ id: idAt(3, random), address }, 0)
  const other = { id: idAt(5, random), address }
  table.answered(other, 0)
  assert.equal(table.size, 1)
  assert.deepEqual(table.closest(other.id, 1)[0]?.id, other.id)
  table.answered({ id: idAt(3, random), address: { host: '8.8.8.8', port: 1 } }, 10 * MINUTE_MS)
  assert.deepEqual(table.stale(5, 14 * MINUTE_MS), [])
  assert.deepEqual(
    table.stale(5, 16 * MINUTE_MS).map((node) => node.address),
    [address],
  )
})
