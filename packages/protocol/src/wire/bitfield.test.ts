import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { BugError } from '@matinee/base'
import { Bitfield } from './bitfield.ts'

test('P6: a bitfield has exactly the bytes its torrent needs', () => {
  for (const [length, pieceCount] of [
    [0, 1],
    [1, 0],
    [1, 9],
    [2, 8],
    [3, 16],
    [1_000_000, 16],
  ] as const)
    assert.throws(
      () => Bitfield.decode(new Uint8Array(length), pieceCount),
      { name: 'WireError', code: 'invalid-bitfield-size' },
      `${length} bytes for ${pieceCount} pieces`,
    )
})

test('P6: a bit set behind the last piece is refused, wherever it is', () => {
  for (let pieceCount = 1; pieceCount < 16; pieceCount++)
    for (let spare = pieceCount; spare % 8 !== 0; spare++) {
      const bytes = new Uint8Array(Math.ceil(pieceCount / 8))
      bytes[spare >> 3] = 0x80 >> (spare & 7)
      assert.throws(() => Bitfield.decode(bytes, pieceCount), {
        name: 'WireError',
        code: 'spare-bits',
      })
    }
})

test('a bitfield behaves like a set of pieces', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100 }),
      fc.array(fc.record({ piece: fc.nat(99), isSet: fc.boolean() }, { noNullPrototype: true })),
      (pieceCount, steps) => {
        const bitfield = Bitfield.none(pieceCount)
        const model = new Set<number>()
        for (const { piece, isSet } of steps) {
          if (piece >= pieceCount) continue
          assert.equal(
            isSet ? bitfield.set(piece) : bitfield.clear(piece),
            model.has(piece) !== isSet,
          )
          if (isSet) model.add(piece)
          else model.delete(piece)
        }
        const again = Bitfield.decode(bitfield.encode(), pieceCount)
        assert.equal(again.count, model.size)
        assert.equal(again.isFull, model.size === pieceCount)
        for (let piece = 0; piece < pieceCount + 8; piece++)
          assert.equal(again.has(piece), model.has(piece))
      },
    ),
  )
})

test('everything is a full bitfield without spare bits', () => {
  for (const pieceCount of [1, 7, 8, 9, 64, 1001]) {
    const all = Bitfield.decode(Bitfield.all(pieceCount).encode(), pieceCount)
    assert.equal(all.isFull, true)
    assert.equal(all.count, pieceCount)
  }
})

test('a copy goes its own way', () => {
  const first = Bitfield.none(8)
  const second = first.copy()
  second.set(3)
  assert.equal(first.has(3), false)
  const sent = second.encode()
  sent.fill(0)
  assert.equal(second.has(3), true)
})

test('setting a piece outside the torrent is a bug', () => {
  const bitfield = Bitfield.none(10)
  for (const piece of [10, -1, 0.5, 0xffff_fff0]) {
    assert.throws(() => bitfield.set(piece), BugError)
    assert.equal(bitfield.has(piece), false)
  }
})
