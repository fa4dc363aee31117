import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createSecureId, isSecureId } from './secure-id.ts'

/** BEP 42, "example good IDs": address, last byte, the first 21 bits. */
const EXAMPLES = [
  ['124.31.75.21', 1, '5fbfbf'],
  ['21.75.31.124', 86, '5a3ce9'],
  ['65.23.51.170', 22, 'a5d432'],
  ['84.124.73.14', 65, '1b0321'],
  ['43.213.53.83', 90, 'e56f6c'],
] as const

test('the ids of the examples of BEP 42 come out', () => {
  for (const [host, last, prefix] of EXAMPLES) {
    const random = new Uint8Array(20).fill(0xff)
    random[19] = last
    const id = createSecureId(host, random)
    const free = (id[2] ?? 0) & 0xf8
    assert.equal(id[0], Number.parseInt(prefix.slice(0, 2), 16), host)
    assert.equal(id[1], Number.parseInt(prefix.slice(2, 4), 16), host)
    assert.equal(free, Number.parseInt(prefix.slice(4), 16) & 0xf8, host)
    assert.equal(id[19], last)
    assert.ok(isSecureId(id, host))
  }
})

test('an id made for an address is right there and, but for one in two million, nowhere else', () => {
  const host = fc.oneof(
    fc.ipV4(),
    fc.ipV6().filter((text) => !text.includes('.')),
  )
  fc.assert(
    fc.property(host, fc.uint8Array({ minLength: 20, maxLength: 20 }), (at, random) => {
      const id = createSecureId(at, random)
      assert.ok(isSecureId(id, at))
      const other = id.slice()
      other[0] = (other[0] ?? 0) ^ 0x80
      assert.ok(!isSecureId(other, at))
    }),
  )
  assert.ok(!isSecureId(new Uint8Array(20), 'localhost'))
})
