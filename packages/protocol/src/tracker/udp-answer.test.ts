import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { toHex } from '@matinee/base'
import { plain, readFixture } from '../../test/fixture.ts'
import type { AddressFamily } from '../compact-address.ts'
import {
  decodeUdpAnnounceAnswer,
  decodeUdpConnectAnswer,
  decodeUdpScrapeAnswer,
  encodeUdpAnnounceAnswer,
  encodeUdpConnectAnswer,
  encodeUdpFailure,
  encodeUdpScrapeAnswer,
} from './udp-answer.ts'
import {
  decodeUdpRequest,
  encodeUdpAnnounce,
  encodeUdpConnect,
  encodeUdpScrape,
} from './udp-request.ts'
import type { UdpRequest } from './udp-request.ts'

interface Vector {
  readonly name: string
  readonly hex: string
  readonly value: unknown
}

const fixture = readFixture<{
  readonly transactionId: number
  readonly requests: readonly Vector[]
  readonly requestsReadOnly: readonly Vector[]
  readonly requestsIgnored: readonly { name: string; hex: string }[]
  readonly answers: readonly (Vector & {
    readonly kind: 'connect' | 'announce' | 'scrape'
    readonly family: AddressFamily
  })[]
}>('tracker/udp.json')
const { transactionId } = fixture

function encode(request: UdpRequest): Uint8Array {
  switch (request.kind) {
    case 'connect':
      return encodeUdpConnect(request.transactionId)
    case 'announce':
      return encodeUdpAnnounce(request.connectionId, request.transactionId, request.announce)
    case 'scrape':
      return encodeUdpScrape(request.connectionId, request.transactionId, request.infoHashes)
  }
}

test('requests read and write as the vectors say', () => {
  for (const { name, hex, value } of fixture.requests) {
    const request = decodeUdpRequest(Uint8Array.fromHex(hex))
    assert.deepEqual(plain(request), value, name)
    assert.ok(request !== null)
    assert.equal(toHex(encode(request)), hex, name)
  }
})

test('T10: our tracker looks neither at options nor at an address in an announce', () => {
  for (const { name, hex, value } of fixture.requestsReadOnly)
    assert.deepEqual(plain(decodeUdpRequest(Uint8Array.fromHex(hex))), value, name)
})

test('T10: our tracker ignores datagrams that are no request', () => {
  for (const { name, hex } of fixture.requestsIgnored)
    assert.equal(decodeUdpRequest(Uint8Array.fromHex(hex)), null, name)
})

for (const { kind, name, hex, family, value } of fixture.answers)
  test(`T4: to a ${kind}, ${name} is ${value === null ? 'ignored' : 'understood'}`, () => {
    // In the middle of a larger array, as sockets give them.
    const bytes = Uint8Array.fromHex(`ffff${hex}ffff`).subarray(2, -2)
    const answer =
      kind === 'connect'
        ? decodeUdpConnectAnswer(bytes, transactionId)
        : kind === 'announce'
          ? decodeUdpAnnounceAnswer(bytes, transactionId, family)
          : decodeUdpScrapeAnswer(bytes, transactionId, 2)
    assert.deepEqual(plain(answer), value)
  })

const count = fc.nat(0xffff_ffff)
const port = fc.integer({ min: 1, max: 0xffff })

test('our client reads what our tracker answers, and nobody else does', () => {
  fc.assert(
    fc.property(
      count,
      count,
      count,
      count,
      fc.array(port),
      (id, other, seeders, leechers, ports) => {
        const peers = ports.map((number) => ({ host: '203.0.113.7', port: number }))
        const foreign = { host: '2001:db8::1', port: 1 }
        const bytes = encodeUdpAnnounceAnswer(
          id,
          { intervalSeconds: 900, peers: [foreign, ...peers], seeders, leechers },
          'ipv4',
        )
        const answer = {
          kind: 'answer',
          intervalMs: 900_000,
          peers,
          seeders,
          leechers,
          warning: null,
        }
        assert.deepEqual(decodeUdpAnnounceAnswer(bytes, id, 'ipv4'), answer)
        if (other !== id) assert.equal(decodeUdpAnnounceAnswer(bytes, other, 'ipv4'), null)
        assert.equal(decodeUdpScrapeAnswer(bytes, id, 1), null)
        assert.deepEqual(decodeUdpScrapeAnswer(encodeUdpFailure(id, 'no'), id, 1), {
          kind: 'failure',
          reason: 'no',
        })
      },
    ),
  )
})

test('connection ids and counts come back as they were given', () => {
  const connectionId = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)
  assert.deepEqual(decodeUdpConnectAnswer(encodeUdpConnectAnswer(9, connectionId), 9), {
    kind: 'answer',
    connectionId,
  })
  const torrents = [
    { seeders: 1, downloads: 2, leechers: 3 },
    { seeders: 4, downloads: 5, leechers: 6 },
  ]
  assert.deepEqual(decodeUdpScrapeAnswer(encodeUdpScrapeAnswer(9, torrents), 9, 2), {
    kind: 'answer',
    torrents,
  })
})
