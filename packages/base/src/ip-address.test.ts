import { test } from 'node:test'
import assert from 'node:assert/strict'
import { isIP } from 'node:net'
import fc from 'fast-check'
import { canonicalIp, formatIp, networkKey, parseIp } from './ip-address.ts'

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
      const again = parseIp(text)
      assert.ok(again !== null)
      // Mapped IPv4 is written as what it is.
      assert.deepEqual(again, bytes.length > again.length ? bytes.subarray(12) : bytes)
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
