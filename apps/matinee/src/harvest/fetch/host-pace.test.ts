import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MINUTE_MS } from '@matinee/base'
import {
  FIRST_PAUSE_MS,
  INTERVAL_MS,
  NEW_HOST,
  paceAfter,
  retryAfterMs,
  secondsToLeave,
} from './host-pace.ts'

const WALL_MS = Date.parse('2026-11-21T12:00:00Z')

test('a host is left in peace between two answers', () => {
  assert.equal(paceAfter(NEW_HOST, 200, undefined, 1000, WALL_MS).notBeforeMs, 1000 + INTERVAL_MS)
  // A time to wait means nothing where nothing was refused.
  assert.equal(paceAfter(NEW_HOST, 200, '999', 1000, WALL_MS).notBeforeMs, 1000 + INTERVAL_MS)
})

test('a host that has too much to do is asked again when it says so', () => {
  assert.equal(paceAfter(NEW_HOST, 429, '120', 0, WALL_MS).notBeforeMs, 120_000)
  const date = 'Sat, 21 Nov 2026 12:02:00 GMT'
  assert.equal(paceAfter(NEW_HOST, 503, date, 0, WALL_MS).notBeforeMs, 120_000)
  // In the past, or at once: not before the usual pause.
  assert.equal(paceAfter(NEW_HOST, 503, '0', 0, WALL_MS).notBeforeMs, INTERVAL_MS)
  for (const nonsense of ['', 'soon', '-5', '1e9', '2027-01-01', '9'.repeat(100)])
    assert.equal(retryAfterMs(nonsense, WALL_MS), null, nonsense)
})

test('one that says no time is asked ever later, and then not at all', () => {
  let state = NEW_HOST
  const pauses: number[] = []
  for (let times = 0; times < 5; times++) {
    assert.equal(secondsToLeave(state, 0), null)
    state = paceAfter(state, 503, undefined, 0, WALL_MS)
    pauses.push(state.notBeforeMs / FIRST_PAUSE_MS)
  }
  assert.deepEqual(pauses, [1, 2, 4, 8, 16])
  assert.equal(secondsToLeave(state, 0), 480)
  assert.equal(paceAfter(state, 200, undefined, 0, WALL_MS).refusals, 0)
})

test('nobody waits for a host that wants hours of peace', () => {
  const state = paceAfter(NEW_HOST, 429, '7200', 0, WALL_MS)
  assert.equal(secondsToLeave(state, 0), 7200)
  assert.equal(secondsToLeave(paceAfter(NEW_HOST, 429, '600', 0, WALL_MS), 0), null)
  assert.equal(secondsToLeave(state, 7200_000 - MINUTE_MS), null)
})
