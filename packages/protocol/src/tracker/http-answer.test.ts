import { test } from 'node:test'
import assert from 'node:assert/strict'
import { DAY_MS, LIMITS, MINUTE_MS, concatBytes, latin1Bytes, utf8Bytes } from '@matinee/base'
import { plain, readFixture } from '../../test/fixture.ts'
import { decodeHttpAnnounce, decodeHttpScrape } from './http-answer.ts'

interface Vector {
  readonly name: string
  readonly hex: string
  readonly value: unknown
}

const fixture = readFixture<{
  readonly announces: readonly Vector[]
  readonly scrapes: readonly Vector[]
  readonly refused: readonly { name: string; hex: string; code: string }[]
}>('tracker/http-answers.json')

for (const { name, hex, value } of fixture.announces)
  test(`T3: an announce is answered with ${name}`, () => {
    assert.deepEqual(plain(decodeHttpAnnounce(Uint8Array.fromHex(hex))), value)
  })

for (const { name, hex, code } of fixture.refused)
  test(`T3: an answer of ${name} is refused as ${code}`, () => {
    assert.throws(() => decodeHttpAnnounce(Uint8Array.fromHex(hex)), { name: 'TrackerError', code })
  })

test('scrapes read as the vectors say', () => {
  for (const { name, hex, value } of fixture.scrapes)
    assert.deepEqual(plain(decodeHttpScrape(Uint8Array.fromHex(hex))), value, name)
})

test('a scrape without torrents is refused', () => {
  assert.throws(() => decodeHttpScrape(latin1Bytes('de')), {
    name: 'TrackerError',
    code: 'bad-scrape',
  })
})

test('T3: whatever the interval, it is between a minute and a day', () => {
  for (const interval of [
    '0',
    '-1',
    '59',
    '60',
    '61',
    '86401',
    '9007199254740993',
    '-9'.padEnd(99, '9'),
  ]) {
    const answer = decodeHttpAnnounce(latin1Bytes(`d8:intervali${interval}e5:peers0:e`))
    assert.ok(answer.kind === 'answer')
    assert.ok(answer.intervalMs >= MINUTE_MS && answer.intervalMs <= DAY_MS, interval)
  }
})

test('T3: a reason of a megabyte is shown in 200 characters', () => {
  const reason = utf8Bytes('<img onerror>\u{1F37F}'.repeat(50_000))
  const bytes = concatBytes([
    latin1Bytes(`d14:failure reason${reason.length}:`),
    reason,
    latin1Bytes('e'),
  ])
  const answer = decodeHttpAnnounce(bytes)
  assert.ok(answer.kind === 'failure')
  assert.equal(Array.from(answer.reason).length, LIMITS.remoteTextCharacters)
  assert.ok(answer.reason.isWellFormed())
})

test('T3: more than a megabyte is refused unread', () => {
  assert.throws(() => decodeHttpAnnounce(new Uint8Array(LIMITS.trackerAnswerBytes + 1)), {
    code: 'too-large',
  })
})

test('T3: a tracker gives at most 500 peers, compact or not', () => {
  const compact = latin1Bytes(`d5:peers600000:${'\u0001'.repeat(600_000)}e`)
  const entry = 'd2:ip7:1.2.3.44:porti1ee'
  const listed = latin1Bytes(`d5:peersl${entry.repeat(1500)}ee`)
  for (const bytes of [compact, listed]) {
    const answer = decodeHttpAnnounce(bytes)
    assert.ok(answer.kind === 'answer')
    assert.equal(answer.peers.length, LIMITS.trackerPeers)
  }
  const endless = latin1Bytes(`d5:peersl${entry.repeat(40_000)}ee`)
  assert.throws(() => decodeHttpAnnounce(endless), { code: 'not-bencode' })
})
