import assert from 'node:assert/strict'
import { isIP } from 'node:net'
import { test } from 'node:test'
import fc from 'fast-check'
import { canonicalIp, formatIp, networkKey, parseIp } from './ip.ts'

test('addresses are kept in one spelling', () => {
  const spellings = {
    '2001:DB8:0:0:0:0:0:1': '2001:db8::1',
    '::ffff:192.0.2.7': '192.0.2.7',
    '::FFFF:c000:0207': '192.0.2.7',
    '1:0:0:2:0:0:0:3': '1:0:0:2::3',
    '0:0:1::': '0:0:1::',
    '::': '::',
    '1:2:3:4:5:6:7:8': '1:2:3:4:5:6:7:8',
    '1:2:3:0:5:6:7:8': '1:2:3:0:5:6:7:8',
    '64:ff9b::10.0.0.1': '64:ff9b::a00:1',
  }
  for (const [given, kept] of Object.entries(spellings)) assert.equal(canonicalIp(given), kept)
})

test('what is no address in the strict sense is a name', () => {
  const names = [
    '0x7f.1',
    '127.1',
    '2130706433',
    '0177.0.0.1',
    '127.0.0.01',
    '1.2.3',
    '1.2.3.4.5',
    '256.1.1.1',
    '1.2.3.4 ',
    '',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    '::1%lo',
    '[::1]',
    '12345::',
    '::1.2.3.4:5',
    '1.2.3.4::',
    '1:2:3:4:5:6:7:1.2.3.4',
    'localhost',
  ]
  for (const name of names) assert.equal(parseIp(name), null, name)
})

test('any address survives being written and read', () => {
  const ipv4 = fc.uint8Array({ minLength: 4, maxLength: 4 })
  const ipv6 = fc.uint8Array({ minLength: 16, maxLength: 16 })
  const sparse = ipv6.map((bytes) => bytes.map((byte) => (byte < 200 ? 0 : byte)))
  fc.assert(
    fc.property(fc.oneof(ipv4, ipv6, sparse), (bytes) => {
      const text = formatIp(bytes)
      assert.equal(canonicalIp(text), text)
      assert.notEqual(isIP(text), 0)
      // The other author of this text: the URL parser writes IPv6 in the same form.
      if (text.includes(':')) assert.equal(new URL(`http://[${text}]/`).hostname, `[${text}]`)
    }),
  )
})

test('reads exactly the texts that Node calls addresses', () => {
  const group = fc.constantFrom('0', '1', 'ffff', '', '12345', '1.2.3.4', '127.0.0.1', 'g')
  const text = fc.array(group, { maxLength: 9 }).map((groups) => groups.join(':'))
  fc.assert(
    fc.property(text, (spelling) => {
      assert.equal(parseIp(spelling) !== null, isIP(spelling) !== 0, spelling)
    }),
    { numRuns: 2000 },
  )
})

test('a network is a /24 or a /64', () => {
  assert.equal(networkKey('192.0.2.7'), networkKey('192.0.2.250'))
  assert.equal(networkKey('::ffff:192.0.2.7'), networkKey('192.0.2.1'))
  assert.notEqual(networkKey('192.0.2.7'), networkKey('192.0.3.7'))
  assert.equal(networkKey('2001:db8::1'), networkKey('2001:db8::ffff:0:0:1'))
  assert.notEqual(networkKey('2001:db8::1'), networkKey('2001:db8:0:1::1'))
  assert.equal(networkKey('name'), null)
})
