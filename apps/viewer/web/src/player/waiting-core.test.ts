import { test } from 'node:test'
import assert from 'node:assert/strict'
import type { StreamStatus } from '#api'
import type { PlayerState } from './player-state.ts'
import { numberWords } from './swarm-words.ts'
import { NOBODY_AFTER_MS, waiting } from './waiting-core.ts'

const words = numberWords('en')
const OPENING: PlayerState['playback'] = { kind: 'opening' }

function statusOf(
  connected: number,
  phase: StreamStatus['phase'] = { kind: 'live' },
): StreamStatus {
  return {
    phase,
    people: { known: 7, connected, sending: connected },
    bytes: { length: 1000, have: 10, received: 0, passedOn: 0 },
    rates: { downBytesPerSecond: 400_000, upBytesPerSecond: 0 },
    onDisk: [],
    trouble: null,
    isDescribed: true,
    webSeeds: 0,
    ahead: { bytes: 0, seconds: null },
  }
}

function playerOf(readySeconds: number, durationSeconds: number, playback = OPENING) {
  return { playback, ready: [{ start: 0, end: readySeconds }], positionSeconds: 0, durationSeconds }
}

const states = (shown: ReturnType<typeof waiting>) =>
  shown.steps.map(({ state }) => state).join(' ')

test('the list goes from people to index to seconds to picture, and the clock counts', () => {
  const finding = waiting(playerOf(0, 0), null, 3200, words)
  assert.equal(finding.heading.key, 'waiting.looking')
  assert.equal(states(finding), 'now next next next')
  assert.equal(finding.number, 3)
  const connected = waiting(playerOf(0, 0), statusOf(3), 1000, words)
  assert.equal(connected.heading.key, 'waiting.reading')
  assert.equal(states(connected), 'done now next next')
  assert.deepEqual(connected.steps[0]?.detail?.values, { count: 3, known: 7 })
  const filling = waiting(playerOf(1.2, 60), statusOf(3), 1000, words)
  assert.equal(filling.heading.key, 'waiting.nearly')
  assert.equal(states(filling), 'done done now next')
  assert.equal(filling.number, 1)
  assert.deepEqual(filling.steps[2]?.text.values, { ready: 1, count: 2 })
  assert.equal(states(waiting(playerOf(9, 60), statusOf(3), 1000, words)), 'done done done now')
})

test('nobody for long is said, with a way on; a film that is whole needs nobody', () => {
  const before = waiting(playerOf(0, 0), statusOf(0), NOBODY_AFTER_MS - 1, words)
  assert.equal(before.kind, 'waiting')
  const after = waiting(playerOf(0, 0), statusOf(0), NOBODY_AFTER_MS, words)
  assert.equal(after.kind, 'stuck')
  assert.equal(after.heading.key, 'stuck.nobody')
  const whole = { ...statusOf(0), bytes: { length: 10, have: 10, received: 0, passedOn: 0 } }
  assert.equal(waiting(playerOf(0, 0), whole, NOBODY_AFTER_MS, words).kind, 'waiting')
})

test('what failed is said at once, the server before the browser', () => {
  const failed = waiting(
    playerOf(0, 0),
    statusOf(1, { kind: 'failed', reason: 'disk-full' }),
    0,
    words,
  )
  assert.equal(failed.heading.key, 'stuck.disk-full')
  const broken = waiting(playerOf(0, 0, { kind: 'broken', why: 'format' }), statusOf(1), 0, words)
  assert.equal(broken.heading.key, 'stuck.format')
  const cut = waiting(playerOf(0, 0, { kind: 'broken', why: 'network' }), statusOf(1), 0, words)
  assert.equal(cut.heading.key, 'stuck.broken')
})
