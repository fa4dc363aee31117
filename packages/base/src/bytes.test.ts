import { test } from 'node:test'
import assert from 'node:assert/strict'
import { NO_BYTES, freeBytes, fromHex, toHex } from './bytes.ts'

test('hexadecimal text goes there and back, and anything else is refused', () => {
  assert.deepEqual(fromHex('00ff10'), new Uint8Array([0, 255, 16]))
  assert.equal(toHex(new Uint8Array([0, 255, 16])), '00ff10')
  assert.equal(fromHex('0'), null)
  assert.equal(fromHex('zz'), null)
})

test('freed bytes are gone for everybody, and memory that others share stays', () => {
  const own = new Uint8Array(100).fill(7)
  const view = own.subarray(10, 20)
  freeBytes(own)
  assert.equal(own.length, 0)
  assert.equal(view.length, 0)
  const shared = new Uint8Array(100).fill(7)
  freeBytes(shared.subarray(0, 50))
  assert.deepEqual(shared, new Uint8Array(100).fill(7))
  freeBytes(NO_BYTES)
  assert.doesNotThrow(() => new Uint8Array(1).set(NO_BYTES))
})
