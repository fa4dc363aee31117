import { test } from 'node:test'
import assert from 'node:assert/strict'
import type { StreamStatus } from '#api'
import { numberWords, swarmWords } from './swarm-words.ts'

function statusOf(part: Partial<StreamStatus> = {}): StreamStatus {
  return {
    phase: { kind: 'live' },
    people: { known: 1, connected: 1, sending: 1 },
    bytes: { length: 1000, have: 439, received: 439, passedOn: 0 },
    rates: { downBytesPerSecond: 1_500_000, upBytesPerSecond: 0 },
    onDisk: [],
    diskTrouble: null,
    trouble: null,
    isDescribed: true,
    webSeeds: 0,
    ahead: { bytes: 0, seconds: null },
    ...part,
  }
}

const words = numberWords('en')

test('while it arrives the line says from how many, how fast, and how much there is', () => {
  assert.deepEqual(swarmWords(statusOf(), words), [
    { key: 'swarm.sending', values: { count: 1, rate: '12\u00a0Mbit/s' } },
    { key: 'swarm.have', values: { part: '43%' } },
  ])
})

test('without bytes on the way it says who is connected', () => {
  const status = statusOf({ rates: { downBytesPerSecond: 0, upBytesPerSecond: 0 } })
  assert.deepEqual(swarmWords(status, words)[0], { key: 'swarm.connected', values: { count: 1 } })
})

test('a film that the disk doesn’t keep says so', () => {
  for (const diskTrouble of ['full', 'refused'] as const)
    assert.ok(
      swarmWords(statusOf({ diskTrouble }), words).some(
        ({ key }) => key === `swarm.disk-${diskTrouble}`,
      ),
    )
})

test('all but the last byte is never 100 %', () => {
  const status = statusOf({ bytes: { length: 1000, have: 999, received: 0, passedOn: 0 } })
  assert.deepEqual(swarmWords(status, words)[1], { key: 'swarm.have', values: { part: '99%' } })
})

test('a whole film says what becomes of it', () => {
  const bytes = { length: 1000, have: 1000, received: 0, passedOn: 0 }
  const keys = (status: StreamStatus) => swarmWords(status, words).map(({ key }) => key)
  assert.deepEqual(keys(statusOf({ bytes })), ['swarm.whole', 'swarm.nobody-asks'])
  assert.deepEqual(keys(statusOf({ bytes: { ...bytes, passedOn: 5e6 } })), [
    'swarm.whole',
    'swarm.passed',
  ])
  assert.deepEqual(
    keys(statusOf({ bytes, rates: { downBytesPerSecond: 0, upBytesPerSecond: 9000 } })),
    ['swarm.whole', 'swarm.passing'],
  )
})

test('every other phase has its sentence', () => {
  const first = (phase: StreamStatus['phase']) => swarmWords(statusOf({ phase }), words)[0]?.key
  assert.equal(first({ kind: 'starting' }), 'swarm.starting')
  assert.equal(first({ kind: 'finding-people' }), 'swarm.finding')
  assert.equal(first({ kind: 'checking', fraction: 0.5 }), 'swarm.checking')
  assert.equal(first({ kind: 'failed', reason: 'disk' }), 'swarm.failed')
})

test('numbers are written as the language writes them', () => {
  const french = numberWords('fr')
  assert.equal(french.rate(525_000), '4,2\u00a0Mbit/s')
  assert.equal(french.size(5_400_000), '5,4\u00a0Mo')
  assert.equal(words.rate(40_000), '320\u00a0kbit/s')
  assert.equal(words.size(2.5e9), '2.5\u00a0GB')
})
