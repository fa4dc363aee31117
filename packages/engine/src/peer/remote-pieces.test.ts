import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RemotePieces } from './remote-pieces.ts'

const bits = (...values: number[]): Uint8Array => Uint8Array.from(values)

test('P6: a second bitfield that takes pieces back is refused', () => {
  const pieces = new RemotePieces(8)
  pieces.setBits(bits(0b1100_0000))
  assert.throws(() => pieces.setBits(bits(0b1000_0000)), { code: 'pieces-taken-back' })
})

test('P6: a bitfield or have-none after have-all is refused', () => {
  for (const pieceCount of [8, null]) {
    const pieces = new RemotePieces(pieceCount)
    pieces.setAll()
    assert.throws(() => pieces.setBits(bits(0b0111_1111)), { code: 'pieces-taken-back' })
    assert.throws(() => pieces.setNone(), { code: 'pieces-taken-back' })
  }
})

test('telling the same pieces twice, or more than before, is harmless', () => {
  const pieces = new RemotePieces(8)
  pieces.setNone()
  pieces.setBits(bits(0b1000_0000))
  pieces.setBits(bits(0b1000_0000))
  pieces.setAll()
  assert.equal(pieces.isSeed, true)
})

test('P6: a bitfield of a wrong size or with spare bits, and a piece behind the last, are refused', () => {
  const pieces = new RemotePieces(7)
  assert.throws(() => pieces.setBits(bits(0, 0)), { code: 'invalid-bitfield-size' })
  assert.throws(() => pieces.setBits(bits(1)), { code: 'spare-bits' })
  assert.throws(() => pieces.add(7), { code: 'piece-out-of-range' })
  assert.throws(() => pieces.add(0xfffffff0), { code: 'piece-out-of-range' })
})

test('P6: what was told before the metadata came is judged when it comes', () => {
  const early = new RemotePieces(null)
  early.add(3)
  early.judge(8)
  assert.equal(early.has(3), true)
  const wrong = new RemotePieces(null)
  wrong.setBits(new Uint8Array(1024))
  assert.throws(() => wrong.judge(7), { code: 'invalid-bitfield-size' })
  const endless = new RemotePieces(null)
  assert.throws(
    () => {
      for (let piece = 0; piece < 20_000; piece++) endless.add(piece)
    },
    { code: 'piece-out-of-range' },
  )
})

test('P6: a piece is taken back alone, and only one that there is', () => {
  const pieces = new RemotePieces(10)
  pieces.setAll()
  pieces.remove(3)
  assert.ok(!pieces.has(3) && pieces.has(4) && !pieces.isSeed)
  assert.throws(() => pieces.remove(10), { name: 'WireError', code: 'piece-out-of-range' })
  assert.throws(() => pieces.remove(2 ** 32 - 1), { code: 'piece-out-of-range' })
})

test('what was taken back before the metadata came stays away, unless it came again', () => {
  const pieces = new RemotePieces(null)
  pieces.setAll()
  pieces.remove(3)
  pieces.remove(4)
  pieces.add(4)
  pieces.judge(10)
  assert.ok(!pieces.has(3) && pieces.has(4) && pieces.has(9))
})

test('P6: before the metadata came, what is taken back takes a bounded memory', () => {
  const pieces = new RemotePieces(null)
  assert.throws(
    () => {
      for (let piece = 0; piece < 20_000; piece++) pieces.remove(piece)
    },
    { code: 'piece-out-of-range' },
  )
  assert.throws(() => new RemotePieces(null).remove(2 ** 32 - 1), { code: 'piece-out-of-range' })
})
