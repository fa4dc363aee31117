import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BlockTable } from './block-table.ts'
import { pickBlocks, type PickerView } from './picker.ts'

function view(change: Partial<PickerView> = {}): PickerView {
  return {
    table: new BlockTable(16),
    wanted: [{ first: 8, end: 16 }],
    blocksPerPiece: 4,
    peer: 1,
    peerHas: () => true,
    peerRefused: () => false,
    isReliable: () => true,
    nowMs: 0,
    ...change,
  }
}

test('blocks are asked for in the order of the deadlines', () => {
  const wanted = [
    { first: 8, end: 10 },
    { first: 2, end: 4 },
  ]
  assert.deepEqual(pickBlocks(view({ wanted }), 3), [8, 9, 2])
})

test('a peer is asked only for pieces that it has', () => {
  assert.deepEqual(pickBlocks(view({ peerHas: (piece) => piece === 3 }), 2), [12, 13])
})

test('a block that another peer was just asked for is left to that peer', () => {
  const table = new BlockTable(16)
  table.request(8, 2, 0)
  assert.deepEqual(pickBlocks(view({ table, nowMs: 100 }), 1), [9])
})

test('a block that is late elsewhere is asked from a second peer when nothing else is left', () => {
  const table = new BlockTable(16)
  for (let block = 8; block < 16; block++) table.request(block, 2, 0)
  assert.deepEqual(pickBlocks(view({ table, nowMs: 100 }), 2), [])
  assert.deepEqual(pickBlocks(view({ table, nowMs: 1000 }), 2), [8, 9])
})

test('a late block has two owners at most, unless all of them have proved nothing', () => {
  const table = new BlockTable(16)
  for (let block = 8; block < 16; block++) for (const peer of [2, 3]) table.request(block, peer, 0)
  assert.deepEqual(pickBlocks(view({ table, nowMs: 1000 }), 2), [])
  assert.deepEqual(pickBlocks(view({ table, nowMs: 1000, isReliable: () => false }), 2), [8, 9])
  const isReliable = (peer: number): boolean => peer === 3
  assert.deepEqual(pickBlocks(view({ table, nowMs: 1000, isReliable }), 2), [])
})

test('overlapping ranges never make one block be picked twice', () => {
  const wanted = [
    { first: 8, end: 10 },
    { first: 8, end: 12 },
  ]
  assert.deepEqual(pickBlocks(view({ wanted }), 8), [8, 9, 10, 11])
})
