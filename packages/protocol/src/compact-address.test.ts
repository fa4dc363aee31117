import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { BugError, formatIp } from '@matinee/base'
import {
  decodeCompactAddresses,
  encodeCompactAddress,
  encodeCompactAddresses,
  mixFamilies,
} from './compact-address.ts'

const port = fc.integer({ min: 1, max: 0xffff })
const anyAddress = (length: 4 | 16): fc.Arbitrary<{ host: string; port: number }> =>
  fc
    .tuple(fc.uint8Array({ minLength: length, maxLength: length }), port)
    .map(([ip, number]) => ({ host: formatIp(ip), port: number }))

test('addresses of both families are read as they were written', () => {
  fc.assert(
    fc.property(fc.array(anyAddress(4)), fc.array(anyAddress(16)), (ipv4, ipv6) => {
      const { ipv4: first, ipv6: second } = encodeCompactAddresses([...ipv4, ...ipv6])
      assert.deepEqual(decodeCompactAddresses(first, 'ipv4', 100), ipv4)
      assert.deepEqual(decodeCompactAddresses(second, 'ipv6', 100), ipv6)
    }),
  )
})

test('T3: no more than the limit is read, and no part of an address', () => {
  assert.equal(decodeCompactAddresses(new Uint8Array(600).fill(1), 'ipv4', 7)?.length, 7)
  for (const length of [1, 5, 7, 17]) {
    assert.equal(decodeCompactAddresses(new Uint8Array(length), 'ipv4', 7), null)
    assert.equal(decodeCompactAddresses(new Uint8Array(length), 'ipv6', 7), null)
  }
})

test('only an IP address can be written', () => {
  assert.throws(() => encodeCompactAddress({ host: 'localhost', port: 1 }), BugError)
  assert.throws(() => encodeCompactAddress({ host: '1.2.3.4', port: 65_536 }), BugError)
})

test('a long list of one family leaves room for the other', () => {
  assert.deepEqual(mixFamilies([1, 2, 3, 4, 5, 6], [7, 8], 4), [1, 2, 7, 8])
  assert.deepEqual(mixFamilies([1, 2, 3, 4, 5, 6], [], 4), [1, 2, 3, 4])
  assert.deepEqual(mixFamilies([1], [7, 8, 9, 10], 4), [1, 7, 8, 9])
})
