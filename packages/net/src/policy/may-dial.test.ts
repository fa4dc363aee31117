import assert from 'node:assert/strict'
import { BlockList } from 'node:net'
import { test } from 'node:test'
import fc from 'fast-check'
import { formatIp, type LearnedFrom } from '@matinee/base'
import { ipKind } from './ip-kind.ts'
import { mayDial } from './may-dial.ts'
import type { DialPurpose } from './may-dial.ts'

const STRICT = { allowLocal: false }
const LOCAL = { allowLocal: true }
const STRANGERS: readonly LearnedFrom[] = [
  'incoming',
  'tracker',
  'pex',
  'dht',
  'metainfo',
  'magnet',
  'redirect',
]
const EVERYBODY: readonly LearnedFrom[] = ['own', 'user', 'lan', ...STRANGERS]

const LOOPBACK = [
  '127.0.0.1',
  '127.255.0.9',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '64:ff9b::127.0.0.1',
  '2002:7f00:1::',
  '2001:0:7f00:1::',
  '2001:0:808:808:0:0:80ff:fffe',
]
const PRIVATE = [
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '100.64.0.1',
  '100.127.255.255',
  '169.254.169.254',
  '198.18.0.1',
  'fc00::1',
  'fdff::1',
  'fe80::1',
  'fec0::1',
  '::ffff:10.0.0.1',
  '64:ff9b::192.168.0.1',
  '64:ff9b:1::808:808',
  '2002:c0a8:101::1',
  '2001:0:a00:1::',
  // Teredo: the client 10.0.0.1, inverted, behind a public server.
  '2001:0:808:808:0:0:f5ff:fffe',
]
const NOBODYS = [
  '0.0.0.0',
  '0.1.2.3',
  '224.0.0.1',
  '239.192.152.143',
  '255.255.255.255',
  '240.0.0.1',
  '192.0.0.8',
  '192.0.2.1',
  '198.51.100.1',
  '203.0.113.1',
  '192.88.99.1',
  '::',
  'ff02::1',
  '2001:db8::1',
  '3fff::1',
  '100::1',
  '::1.2.3.4',
  '::ffff:0.0.0.0',
  '::ffff:255.255.255.255',
  '4000::1',
  'localhost',
  '',
  '127.1',
  '8.8.8.8 ',
  '[::1]',
  '2001:10::1',
]
const PUBLIC = [
  '8.8.8.8',
  '172.32.0.1',
  '172.15.0.1',
  '100.63.0.1',
  '100.128.0.1',
  '169.253.0.1',
  '11.0.0.1',
  '2606:4700::1',
  '2a00::1',
  '::ffff:8.8.8.8',
  '64:ff9b::8.8.8.8',
  '2002:808:808::1',
  '2001:0:808:808:0:0:f7f7:f7f7',
  '2001:200::1',
]

function allowed(host: string, from: LearnedFrom, policy = STRICT): boolean {
  return mayDial({ host, port: 6881 }, from, policy).kind === 'yes'
}

test('T1: strangers never send us to loopback, private or special addresses', () => {
  for (const from of STRANGERS) {
    for (const host of [...LOOPBACK, ...PRIVATE, ...NOBODYS]) {
      assert.equal(allowed(host, from), false, `${host} from ${from}`)
    }
  }
})

test('P14: public addresses are for everybody, impossible ones for nobody', () => {
  for (const from of EVERYBODY) {
    for (const host of PUBLIC) assert.equal(allowed(host, from), true, `${host} from ${from}`)
    for (const host of NOBODYS) {
      assert.equal(allowed(host, from), false, `${host} from ${from}`)
      assert.equal(allowed(host, from, LOCAL), false, `${host} from ${from}, local allowed`)
    }
  }
})

test('private addresses are for the local network, the user and our own code', () => {
  for (const from of EVERYBODY) {
    const isOurs = from === 'own' || from === 'user' || from === 'lan'
    for (const host of PRIVATE) {
      assert.equal(allowed(host, from), isOurs, `${host} from ${from}`)
      assert.equal(allowed(host, from, LOCAL), isOurs, `${host} from ${from}, local allowed`)
    }
  }
})

test('loopback is for our own code, and for everybody with the testers’ switch', () => {
  for (const from of EVERYBODY) {
    for (const host of LOOPBACK) {
      assert.equal(allowed(host, from), from === 'own', `${host} from ${from}`)
      assert.equal(allowed(host, from, LOCAL), true, `${host} from ${from}, local allowed`)
    }
  }
})

test('T8: of all groups the two where screens are asked for are open, and to our own code alone', () => {
  const groups = [
    { host: '224.0.0.251', port: 5353 },
    { host: '239.255.255.250', port: 1900 },
    { host: '239.255.85.82', port: 8582 },
  ]
  for (const group of groups) {
    for (const from of EVERYBODY)
      assert.equal(mayDial(group, from, LOCAL).kind, from === 'own' ? 'yes' : 'no', from)
    assert.equal(mayDial({ ...group, port: 53 }, 'own', STRICT).kind, 'no')
  }
})

test('P14: strangers name no port below 1024, except where trackers and web servers are', () => {
  const verdict = (port: number, from: LearnedFrom, purpose?: DialPurpose): string =>
    mayDial({ host: '8.8.8.8', port }, from, STRICT, purpose).kind
  for (const from of STRANGERS) {
    for (const port of [0, 1, 22, 25, 53, 80, 443, 1023]) assert.equal(verdict(port, from), 'no')
    for (const port of [1024, 6881, 65_535]) assert.equal(verdict(port, from), 'yes')
    for (const port of [80, 443, 6969]) assert.equal(verdict(port, from, 'http'), 'yes')
    for (const port of [0, 22, 25, 81]) assert.equal(verdict(port, from, 'http'), 'no')
    for (const port of [80, 443, 451]) assert.equal(verdict(port, from, 'udp-tracker'), 'yes')
    for (const port of [0, 53, 123, 389]) assert.equal(verdict(port, from, 'udp-tracker'), 'no')
  }
  for (const port of [22, 80]) assert.equal(verdict(port, 'user'), 'yes')
  for (const port of [0, -1, 65_536, 1.5, Number.NaN]) assert.equal(verdict(port, 'own'), 'no')
})

test('the table of special addresses agrees with subnets written in the usual way', () => {
  // A second author of the same table: any address in one of these is not public.
  const special = new BlockList()
  const subnets = [
    '0.0.0.0/8',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.0.0.0/24',
    '192.0.2.0/24',
    '192.88.99.0/24',
    '192.168.0.0/16',
    '198.18.0.0/15',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '224.0.0.0/3',
  ]
  for (const subnet of subnets) {
    const [address, bits] = subnet.split('/')
    special.addSubnet(address ?? '', Number(bits), 'ipv4')
  }
  const nearEdge = fc
    .tuple(fc.constantFrom(...subnets), fc.integer({ min: -2, max: 2 }), fc.boolean())
    .map(([subnet, by, isEnd]) => {
      const [address = '', bits] = subnet.split('/')
      const start = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
      const at = (isEnd ? start + 2 ** (32 - Number(bits)) : start) + by
      return formatIp(Uint8Array.of(at / 2 ** 24, (at / 2 ** 16) & 255, (at / 256) & 255, at & 255))
    })
  const anywhere = fc.uint8Array({ minLength: 4, maxLength: 4 }).map(formatIp)
  fc.assert(
    fc.property(fc.oneof(nearEdge, anywhere), (host) => {
      assert.equal(ipKind(host) !== 'public', special.check(host, 'ipv4'), host)
    }),
    { numRuns: 3000 },
  )
})
