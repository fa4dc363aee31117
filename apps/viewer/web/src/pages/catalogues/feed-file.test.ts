import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { feedFileOf } from './feed-file.ts'

const text = (written: string): Uint8Array => new TextEncoder().encode(written)

function addressOfFile(bytes: Uint8Array): string | null {
  const file = feedFileOf(bytes)
  return file.kind === 'address' ? file.address : null
}

/** A pointer as a feed's folder has it, with anything behind its salt. */
function pointer(key: Uint8Array, salt: Uint8Array, rest = '3:seqi1e1:v2:{}e'): Uint8Array {
  return Uint8Array.from([...text('d1:k32:'), ...key, ...text('4:salt20:'), ...salt, ...text(rest)])
}

test('a pointer names its feed by key and salt, whatever bytes they are', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      fc.uint8Array({ minLength: 20, maxLength: 20 }),
      (key, salt) => {
        const magnet = `magnet:?xs=urn:btpk:${key.toHex()}&s=${salt.toHex()}`
        assert.equal(addressOfFile(pointer(key, salt)), magnet)
      },
    ),
  )
})

test('a text names what stands in its first line; what is cut off, empty or no text names nothing', () => {
  assert.equal(addressOfFile(text('https://a.example/feed/\r\nmore')), 'https://a.example/feed/')
  assert.equal(addressOfFile(text('  /media/stick/feed\n')), '/media/stick/feed')
  assert.equal(addressOfFile(text('')), null)
  assert.equal(addressOfFile(text(' \n')), null)
  assert.equal(addressOfFile(Uint8Array.of(0xff, 0xfe, 0)), null)
  assert.equal(addressOfFile(pointer(new Uint8Array(32), new Uint8Array(7), '')), null)
})

test('whatever a file holds, nothing is thrown', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const address = addressOfFile(bytes)
      assert.ok(address === null || address.length > 0)
    }),
  )
})

test('what begins like JSON may be a list, whatever its size; a long file is no address', () => {
  const list = `\n {"type":"matinee-envelope","payload":"${'a'.repeat(20_000)}"}`
  assert.deepEqual(feedFileOf(text(list)), { kind: 'list', file: list })
  assert.deepEqual(feedFileOf(text('x'.repeat(9000))), { kind: 'other' })
})
