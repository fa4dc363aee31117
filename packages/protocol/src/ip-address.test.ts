import { test } from 'node:test'
import assert from 'node:assert/strict'
import { isIP } from 'node:net'
import fc from 'fast-check'
import { formatIp, parseIp } from './ip-address.ts'

test('only plain spellings of an address are one', () => {
  const wrong =
    ',1,1.2.3,1.2.3.4.5,256.1.1.1,01.2.3.4,1.2.3.4 ,0x7f.1,2130706433,' +
    'localhost,1.2.3.-4,1.2.3.1e1,::g,:,:::,1::2::3,1:2:3:4:5:6:7,1:2:3:4:5:6:7:8:9,' +
    '1:2:3:4:5:6:7::8,12345::,fe80::1%eth0,[::1],::1.2.3,1.2.3.4::,::1.2.3.4:5,1:2:3:4:5:6:7:1.2.3.4,:1:2:3:4:5:6:7,' +
    '1:2:3:4:5:6:7:'
  for (const text of wrong.split(',')) assert.equal(parseIp(text), null, text)
})

test('addresses are written in their one canonical form', () => {
  for (const [text, canonical] of [
    ['0.0.0.0', '0.0.0.0'],
    ['255.255.255.255', '255.255.255.255'],
    ['::', '::'],
    ['::1', '::1'],
    ['0:0:0:0:0:0:0:1', '::1'],
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
    ['fe80::', 'fe80::'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
    ['::ffff:127.0.0.1', '127.0.0.1'],
    ['::ffff:7f00:1', '127.0.0.1'],
    ['::127.0.0.1', '::7f00:1'],
  ] as const) {
    const bytes = parseIp(text)
    assert.ok(bytes !== null, text)
    assert.equal(formatIp(bytes), canonical)
  }
})

test('every address is read back from its text, and Node agrees that it is one', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ minLength: 4, maxLength: 4 }),
        fc.uint8Array({ minLength: 16, maxLength: 16 }),
        fc
          .array(fc.constantFrom(0, 0, 0, 1, 0xff), { minLength: 16, maxLength: 16 })
          .map((bytes) => Uint8Array.from(bytes)),
      ),
      (bytes) => {
        const text = formatIp(bytes)
        assert.notEqual(isIP(text), 0)
        const again = parseIp(text)
        assert.ok(again !== null)
        assert.deepEqual(again, bytes.length > again.length ? bytes.subarray(12) : bytes)
      },
    ),
  )
})

test('whatever is read as an address is one for Node too', () => {
  const text = fc.string({
    unit: fc.constantFrom('0', '1', '2', '5', '9', 'a', 'F', ':', '::', '.'),
    maxLength: 24,
  })
  fc.assert(
    fc.property(text, (candidate) => {
      assert.equal(parseIp(candidate) !== null, isIP(candidate) !== 0, candidate)
    }),
    { numRuns: 2000 },
  )
})
