import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { toHex } from '@matinee/base'
import type { Announce } from './announce.ts'
import { buildAnnounceUrl, buildScrapeUrl } from './announce-url.ts'
import { decodeHttpAnnounce, decodeHttpScrape } from './http-answer.ts'
import {
  decodeAnnounceQuery,
  decodeScrapeQuery,
  encodeHttpAnnounceAnswer,
  encodeHttpFailure,
  encodeHttpScrapeAnswer,
} from './http-tracker.ts'

const twenty = fc.uint8Array({ minLength: 20, maxLength: 20 })
const anyAnnounce: fc.Arbitrary<Announce> = fc.record(
  {
    infoHash: twenty,
    peerId: twenty,
    port: fc.nat(0xffff),
    uploaded: fc.maxSafeNat(),
    downloaded: fc.maxSafeNat(),
    left: fc.maxSafeNat(),
    event: fc.constantFrom('started' as const, 'completed' as const, 'stopped' as const, null),
    numWant: fc.nat(200),
    key: fc.nat(0xffff_ffff),
  },
  { noNullPrototype: true },
)
const INFO_HASH = `info_hash=${'a'.repeat(20)}`
const PEER_ID = `peer_id=${'b'.repeat(20)}`

test('our tracker reads every announce that our client writes', () => {
  fc.assert(
    fc.property(anyAnnounce, (announce) => {
      const url = new URL(buildAnnounceUrl('http://t.example/announce?x=1', announce))
      assert.deepEqual(decodeAnnounceQuery(url.search.slice(1)), announce)
    }),
  )
})

test('our client reads what our tracker answers', () => {
  const peers = [
    { host: '203.0.113.7', port: 6881 },
    { host: '2001:db8::1', port: 6882 },
  ]
  const bytes = encodeHttpAnnounceAnswer({ intervalSeconds: 900, peers, seeders: 1, leechers: 2 })
  assert.deepEqual(decodeHttpAnnounce(bytes), {
    kind: 'answer',
    intervalMs: 900_000,
    peers,
    seeders: 1,
    leechers: 2,
    warning: null,
  })
  assert.deepEqual(decodeHttpAnnounce(encodeHttpFailure('no')), { kind: 'failure', reason: 'no' })
})

test('a scrape goes there and back', () => {
  const infoHashes = [new Uint8Array(20).fill(0xff), new Uint8Array(20)]
  const url = buildScrapeUrl('http://t.example/announce', infoHashes)
  assert.deepEqual(decodeScrapeQuery(new URL(url ?? '').search.slice(1)), infoHashes)
  const counts = { seeders: 1, leechers: 2, downloads: 3 }
  const answer = decodeHttpScrape(
    encodeHttpScrapeAnswer(infoHashes.map((infoHash) => [infoHash, counts] as const)),
  )
  assert.ok(answer.kind === 'answer')
  assert.deepEqual(
    [...answer.torrents],
    infoHashes.toReversed().map((infoHash) => [toHex(infoHash), counts]),
  )
})

test('T10: an address in an announce is not looked at', () => {
  const announce = decodeAnnounceQuery(`${INFO_HASH}&${PEER_ID}&port=1&ip=198.51.100.9&ipv6=::1`)
  assert.deepEqual(
    Object.values(announce).filter((value) => typeof value === 'string'),
    [],
  )
})

test('T10: a client gets at most 200 peers, however many it wants', () => {
  assert.equal(decodeAnnounceQuery(`${INFO_HASH}&${PEER_ID}&port=1&numwant=99999`).numWant, 200)
  assert.equal(decodeAnnounceQuery(`${INFO_HASH}&${PEER_ID}&port=1`).numWant, 50)
})

test('T10: requests that make no sense are refused', () => {
  const refusal = { name: 'TrackerError', code: 'bad-request' }
  for (const query of [
    '',
    '%00',
    `${INFO_HASH}&${PEER_ID}`,
    `${INFO_HASH}&port=1`,
    `${PEER_ID}&port=1`,
    `${INFO_HASH}a&${PEER_ID}&port=1`,
    `info_hash=%1&${PEER_ID}&port=1`,
    `info_hash=%zz${'a'.repeat(19)}&${PEER_ID}&port=1`,
    `info_hash=${'\u00e9'.repeat(20)}&${PEER_ID}&port=1`,
    `${INFO_HASH}&${PEER_ID}&port=65536`,
    `${INFO_HASH}&${PEER_ID}&port=-1`,
    `${INFO_HASH}&${PEER_ID}&port=1&left=1e3`,
    `${INFO_HASH}&${PEER_ID}&port=1&left=99999999999999999`,
    `${INFO_HASH}&${PEER_ID}&port=1&x=${'a'.repeat(1_000_000)}`,
  ])
    assert.throws(() => decodeAnnounceQuery(query), refusal, query.slice(0, 80))
  assert.throws(() => decodeScrapeQuery(''), refusal)
  assert.throws(() => decodeScrapeQuery('info_hash=abc'), refusal)
})
