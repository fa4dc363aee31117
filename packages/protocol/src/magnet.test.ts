import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { LIMITS } from '@matinee/base'
import { infoHashV1, infoHashV2 } from './info-hash.ts'
import { MagnetError, formatMagnet, parseMagnet } from './magnet.ts'

const V1 = 'c12fe1c06bba254a9dc9f519b335aa7c1367a88a'
const V2 = 'd8dd32ac93357c368556af3ac1d95c9d76bd0dff6fa9833ecdac3d53134efabb'

const hashes = fc
  .tuple(
    fc.option(fc.uint8Array({ minLength: 20, maxLength: 20 }).map(infoHashV1)),
    fc.option(fc.uint8Array({ minLength: 32, maxLength: 32 }).map(infoHashV2)),
  )
  .filter(([v1, v2]) => v1 !== null || v2 !== null)
  .map(([v1, v2]) => ({ v1, v2 }))

test('a link goes there and back', () => {
  const peers = [
    { host: '203.0.113.7', port: 6881 },
    { host: '2001:db8::1', port: 1 },
  ]
  fc.assert(
    fc.property(
      hashes,
      fc.stringMatching(/^[^\p{C}\p{Z}]{1,40}$/u),
      fc.uniqueArray(fc.webUrl({ withQueryParameters: true }), { maxLength: 3 }),
      fc.subarray(peers),
      fc.subarray([
        { start: 0, end: 1 },
        { start: 3, end: 7 },
      ]),
      (infoHashes, displayName, urls, some, files) => {
        const normal = [...new Set(urls.map((url) => new URL(url).href))]
        const magnet = {
          infoHashes,
          displayName,
          trackers: normal,
          webSeeds: normal.slice(0, 2),
          peers: some,
          files,
          exactSource: normal[0] ?? null,
        }
        assert.deepEqual(parseMagnet(formatMagnet(magnet)), magnet)
      },
    ),
    { numRuns: 25 },
  )
})

test('hashes are read in hexadecimal, base32 and as a multihash', () => {
  const base32 = 'YEX6DQDLXISUVHOJ6UM3GNNKPQJWPKEK'
  for (const topic of [V1, V1.toUpperCase(), base32, base32.toLowerCase()])
    assert.equal(parseMagnet(`magnet:?xt=urn:btih:${topic}`).infoHashes.v1, V1)
  const hybrid = parseMagnet(`MAGNET:?xt.1=urn:btih:${V1}&xt.2=urn:btmh:1220${V2}`)
  assert.deepEqual(hybrid.infoHashes, { v1: V1, v2: V2 })
})

test('what makes no sense is left out', () => {
  const magnet = parseMagnet(
    `magnet:?xt=urn:btih:${V1}&xt=urn:ed2k:31d6cfe0d16ae931b73c59d7e0c089c0&dn=a%E2%80%AEb%00+c%FF` +
      '&tr=http://t.example/a&tr=javascript:alert(1)&tr=wss://t.example&tr=udp://t.example:80&tr=' +
      '&ws=file:///etc/passwd&ws=https://w.example/f&x.pe=host.example:1&x.pe=1.2.3.4:0' +
      '&x.pe=0x7f.1:80&x.pe=010.0.0.1:80&x.pe=1.2.3.4:70000&x.pe=[2001:DB8:0::1]:80&x.pe=1.2.3.4:5' +
      '&so=2,a,9-3,1-2,5,99999999&xs=ftp://x.example&kt=films&y',
  )
  assert.deepEqual(magnet, {
    infoHashes: { v1: V1, v2: null },
    displayName: 'ab c\uFFFD',
    trackers: ['http://t.example/a', 'udp://t.example:80'],
    webSeeds: ['https://w.example/f'],
    peers: [
      { host: '2001:db8::1', port: 80 },
      { host: '1.2.3.4', port: 5 },
    ],
    files: [
      { start: 1, end: 3 },
      { start: 5, end: 6 },
    ],
    exactSource: null,
  })
})

test('F10: a link that is too long, no link, or has no honest hash is refused by name', () => {
  const topic = `magnet:?xt=urn:btih:${V1}`
  const table: [string, string][] = [
    [`${topic}&dn=${'a'.repeat(2 ** 20)}`, 'too-large'],
    [`${topic}&dn=${'é'.repeat(LIMITS.magnetBytes / 2)}`, 'too-large'],
    ['http://example/?xt=urn:btih:' + V1, 'not-magnet'],
    ['--inspect', 'not-magnet'],
    ['', 'not-magnet'],
    ['magnet:?', 'no-hash'],
    ['magnet:?dn=x', 'no-hash'],
    ['magnet:?xt=urn:btih:' + V1.slice(1), 'bad-hash'],
    [`${topic} --inspect`, 'bad-hash'],
    ['magnet:?xt=urn:btmh:1114' + V1, 'bad-hash'],
    ['magnet:?xt=urn:btih:', 'bad-hash'],
    [`${topic}&xt=urn:btih:${'0'.repeat(40)}`, 'hash-conflict'],
    [topic + '&tr=udp://a.b:1'.repeat(LIMITS.torrentUrls + 1), 'urls'],
  ]
  for (const [text, code] of table)
    assert.throws(
      () => parseMagnet(text),
      (error) => error instanceof MagnetError && error.code === code,
      `${text.slice(0, 80)} is refused as ${code}`,
    )
})

test('a written link is never longer than may be read', () => {
  const trackers = Array.from({ length: 150 }, (_, i) => `https://t${i}.example/${'a'.repeat(80)}`)
  const text = formatMagnet({
    infoHashes: parseMagnet(`magnet:?xt=urn:btih:${V1}`).infoHashes,
    trackers,
  })
  assert.ok(text.length <= LIMITS.magnetBytes)
  assert.ok(parseMagnet(text).trackers.length > 50)
})
