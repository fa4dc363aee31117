import { test } from 'node:test'
import assert from 'node:assert/strict'
import type { StreamStatus } from '#api'
import type { PlayerState } from './player-state.ts'
import { numberWords } from './swarm-words.ts'
import {
  NOBODY_AFTER_MS,
  SLOW_AFTER_MS,
  TROUBLE_AFTER_MS,
  waiting as waitingOf,
  type Waiting,
  type WaitingFacts,
} from './waiting-core.ts'

const words = numberWords('en')

function waiting(
  player: WaitingFacts['player'],
  status: StreamStatus | null,
  waitedMs: number,
  session: Partial<WaitingFacts['session']> = {},
): Waiting {
  const told = { status, failure: null, nextTryMs: null, ...session }
  return waitingOf({ player, session: told, elsewhere: null, waitedMs, nowMs: 50_000 }, words)
}

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
    diskTrouble: null,
    trouble: null,
    isDescribed: true,
    webSeeds: 0,
    ahead: { bytes: 0, seconds: null },
  }
}

function playerOf(readySeconds: number, durationSeconds: number, playback = OPENING) {
  const ready = [{ start: 0, end: readySeconds }]
  return { playback, ready, positionSeconds: 0, durationSeconds, rate: 1 }
}

const states = (shown: ReturnType<typeof waiting>) =>
  shown.steps.map(({ state }) => state).join(' ')

test('the list goes from people to index to seconds to picture, and the clock counts', () => {
  const finding = waiting(playerOf(0, 0), null, 3200)
  assert.equal(finding.heading.key, 'waiting.looking')
  assert.equal(states(finding), 'now next next next')
  assert.equal(finding.clock, '3')
  const connected = waiting(playerOf(0, 0), statusOf(3), 1000)
  assert.equal(connected.heading.key, 'waiting.reading')
  assert.equal(states(connected), 'done now next next')
  assert.deepEqual(connected.steps[0]?.detail?.values, { count: 3, known: 7 })
  const filling = waiting(playerOf(1.2, 60), statusOf(3), 1000)
  assert.equal(filling.heading.key, 'waiting.nearly')
  assert.equal(states(filling), 'done done now next')
  assert.equal(filling.clock, '1')
  assert.deepEqual(filling.steps[2]?.text.values, { ready: 1, count: 2 })
  assert.equal(states(waiting(playerOf(9, 60), statusOf(3), 1000)), 'done done done now')
})

test('nobody for long is said, with a way on; a film that is whole needs nobody', () => {
  const before = waiting(playerOf(0, 0), statusOf(0), NOBODY_AFTER_MS - 1)
  assert.equal(before.kind, 'waiting')
  const after = waiting(playerOf(0, 0), statusOf(0), NOBODY_AFTER_MS)
  assert.equal(after.kind, 'stuck')
  assert.equal(after.heading.key, 'stuck.nobody')
  const whole = { ...statusOf(0), bytes: { length: 10, have: 10, received: 0, passedOn: 0 } }
  assert.equal(waiting(playerOf(0, 0), whole, NOBODY_AFTER_MS).kind, 'waiting')
})

test('what failed is said at once, the server before the browser', () => {
  const failed = waiting(playerOf(0, 0), statusOf(1, { kind: 'failed', reason: 'disk-full' }), 0)
  assert.equal(failed.heading.key, 'stuck.disk-full')
  const broken = waiting(playerOf(0, 0, { kind: 'broken', why: 'format' }), statusOf(1), 0)
  assert.equal(broken.heading.key, 'stuck.format')
  const cut = waiting(playerOf(0, 0, { kind: 'broken', why: 'network' }), statusOf(1), 0)
  assert.equal(cut.heading.key, 'stuck.broken')
})

test('what hinders a film is said after a while, and goes as it came', () => {
  const troubled = (kind: 'network-off' | 'nobody'): StreamStatus => ({
    ...statusOf(0),
    trouble: { kind },
  })
  const player = playerOf(0, 0)
  assert.equal(waiting(player, troubled('nobody'), TROUBLE_AFTER_MS - 1).kind, 'waiting')
  const off = waiting(player, troubled('network-off'), TROUBLE_AFTER_MS)
  assert.equal(off.heading.key, 'stuck.network-off')
  assert.equal(off.clock, '0:00', 'the leader shows the place that is kept')
  assert.deepEqual(
    off.steps.map(({ text }) => text.key),
    ['waiting.on-disk', 'waiting.asking'],
  )
  assert.equal(waiting(player, statusOf(1), TROUBLE_AFTER_MS).kind, 'waiting')
})

test('A23: a film with gaps says within seconds how much of it there is, and which minutes are missing', () => {
  const status: StreamStatus = {
    ...statusOf(2),
    trouble: {
      kind: 'part-missing',
      had: 0.6999,
      missing: [
        { start: 0.5, end: 0.6 },
        { start: 0.8, end: 1 },
      ],
    },
  }
  const told = waiting(playerOf(0, 6000), status, TROUBLE_AFTER_MS)
  assert.ok(TROUBLE_AFTER_MS <= 20_000)
  assert.equal(told.kind, 'stuck')
  assert.equal(told.heading.key, 'stuck.part-missing')
  const step = told.steps.find(({ text }) => text.key === 'waiting.had')
  assert.deepEqual(step?.text.values, { part: '69%' })
  assert.deepEqual(step?.detail, {
    key: 'waiting.missing',
    values: { parts: '50:00–1:00:00, 1:20:00–1:40:00' },
  })
  const unread = waiting(playerOf(0, 0), status, TROUBLE_AFTER_MS).steps
  assert.deepEqual(unread.find(({ text }) => text.key === 'waiting.had')?.detail?.values, {
    parts: '50%–60%, 80%–100%',
  })
})

test('a film that is asked for again says when; one that isn’t offered says so', () => {
  const again = waiting(playerOf(0, 0), null, 9000, { failure: 'busy', nextTryMs: 58_200 })
  assert.equal(again.heading.key, 'stuck.busy')
  assert.deepEqual(again.steps[0]?.detail, { key: 'waiting.next-try', values: { count: 9 } })
  assert.equal(waiting(playerOf(0, 0), null, 0, { failure: 'not-found' }).heading.key, 'stuck.gone')
})

test('a server that is gone for a moment is only waited for', () => {
  const gone = (waitedMs: number): Waiting =>
    waiting(playerOf(0, 60), null, waitedMs, { failure: 'unreachable' })
  assert.equal(gone(TROUBLE_AFTER_MS - 1).kind, 'waiting')
  assert.equal(gone(TROUBLE_AFTER_MS).heading.key, 'stuck.server')
})

test('A19: a film that comes slower than it plays says so after five seconds, at its start and when it stands still', () => {
  const slow: StreamStatus = {
    ...statusOf(2),
    bytes: { length: 60_000_000, have: 10, received: 0, passedOn: 0 },
  }
  assert.equal(SLOW_AFTER_MS, 5000)
  for (const playback of [{ kind: 'stalled', sinceMs: 0 } as const, OPENING]) {
    const still = { ...playerOf(0, 60), playback }
    const told = waiting(still, slow, SLOW_AFTER_MS)
    assert.equal(told.kind, 'slow')
    assert.deepEqual(told.note.values, { count: 25 }, 'a megabyte a second is wanted, 0.4 come')
    assert.equal(waiting(still, slow, SLOW_AFTER_MS - 1).kind, 'waiting')
    const fast = { ...slow, rates: { downBytesPerSecond: 1_100_000, upBytesPerSecond: 0 } }
    assert.equal(waiting(still, fast, SLOW_AFTER_MS).kind, 'waiting')
  }
})

test('a web server that has the film is somebody', () => {
  const web = { ...statusOf(0), webSeeds: 1, people: { known: 0, connected: 0, sending: 0 } }
  const told = waiting(playerOf(0, 0), web, NOBODY_AFTER_MS)
  assert.equal(told.heading.key, 'waiting.reading')
  assert.equal(told.steps[0]?.text.key, 'waiting.web-found')
})
