import { test } from 'node:test'
import assert from 'node:assert/strict'
import { fromHex, toHex } from './bytes.ts'

test('hexadecimal text goes there and back, and anything else is refused', () => {
  assert.deepEqual(fromHex('00ff10'), new Uint8Array([0, 255, 16]))
  assert.equal(toHex(new Uint8Array([0, 255, 16])), '00ff10')
  assert.equal(fromHex('0'), null)
  assert.equal(fromHex('zz'), null)
})
