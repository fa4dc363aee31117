import { test } from 'node:test'
import assert from 'node:assert/strict'
import type { Announce } from './announce.ts'
import { buildAnnounceUrl, buildScrapeUrl, percentEncode } from './announce-url.ts'

const announce: Announce = {
  // The example of the unofficial specification of the protocol, known to every tracker.
  infoHash: Uint8Array.fromHex('123456789abcdef123456789abcdef123456789a'),
  peerId: new TextEncoder().encode('-MT0100-abcdefghi ~+'),
  port: 6881,
  uploaded: 0,
  downloaded: 1024,
  left: 2 ** 40,
  event: 'started',
  numWant: 50,
  key: 0xbeef,
}
const QUERY =
  'info_hash=%124Vx%9A%BC%DE%F1%23Eg%89%AB%CD%EF%124Vx%9A&peer_id=-MT0100-abcdefghi%20~%2B' +
  '&port=6881&uploaded=0&downloaded=1024&left=1099511627776&compact=1&numwant=50&event=started&key=0000beef'

test('an announce URL escapes bytes as trackers read them, and tells no address', () => {
  assert.equal(
    buildAnnounceUrl('http://tracker.example:8080/announce', announce),
    `http://tracker.example:8080/announce?${QUERY}`,
  )
})

test('a query that the tracker has already stays as it is', () => {
  for (const [url, joined] of [
    ['https://t.example/announce?passkey=a%2fb', 'https://t.example/announce?passkey=a%2fb&'],
    ['https://t.example/announce?passkey=a&', 'https://t.example/announce?passkey=a&'],
    ['https://t.example/announce?', 'https://t.example/announce?'],
    ['https://t.example/announce#x', 'https://t.example/announce?'],
    ['https://t.example/announce?a=1#x', 'https://t.example/announce?a=1&'],
  ] as const)
    assert.equal(buildAnnounceUrl(url, announce), joined + QUERY)
})

test('an update has no event, and a client without a key sends none', () => {
  const { key: _, ...rest } = announce
  const url = buildAnnounceUrl('http://t.example/announce', { ...rest, event: null })
  assert.ok(url.endsWith('&numwant=50'))
})

test('what is no http URL is refused', () => {
  for (const url of [
    'udp://t.example/announce',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'announce',
    '',
    `http://t.example/${'a'.repeat(3000)}`,
  ])
    assert.throws(() => buildAnnounceUrl(url, announce), { name: 'TrackerError', code: 'bad-url' })
})

test('a scrape URL stands where the announce URL does, or nowhere', () => {
  const one = [announce.infoHash]
  const hash = 'info_hash=%124Vx%9A%BC%DE%F1%23Eg%89%AB%CD%EF%124Vx%9A'
  for (const [url, scrape] of [
    ['http://t.example/announce', `http://t.example/scrape?${hash}`],
    ['http://t.example/x/announce', `http://t.example/x/scrape?${hash}`],
    ['http://t.example/announce.php', `http://t.example/scrape.php?${hash}`],
    ['http://t.example/announce?x=2', `http://t.example/scrape?x=2&${hash}`],
    ['http://t.example/a', null],
    ['http://t.example/announce/x', null],
    ['http://t.example/', null],
  ] as const)
    assert.equal(buildScrapeUrl(url, one), scrape)
})

test('every byte has one escaped form', () => {
  const all = Uint8Array.from({ length: 256 }, (_, byte) => byte)
  const text = percentEncode(all)
  assert.match(text, /^(?:%[0-9A-F]{2}|[\w\-.~])*$/)
  assert.equal(text.replaceAll(/%../g, '').length, 66)
})
