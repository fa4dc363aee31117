import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decodeDontHave, encodeDontHave } from './dont-have.ts'

test('a piece that is taken back comes through as it was', () => {
  fc.assert(
    fc.property(fc.nat(2 ** 32 - 1), (piece) => {
      assert.equal(decodeDontHave(encodeDontHave(piece)), piece)
    }),
  )
  assert.deepEqual(encodeDontHave(258), new Uint8Array([0, 0, 1, 2]))
})

test('P6: what is longer or shorter than a number takes nothing back', () => {
  for (const length of [0, 3, 5, 1000])
    assert.throws(() => decodeDontHave(new Uint8Array(length)), {
      name: 'WireError',
      code: 'bad-extension',
    })
})
