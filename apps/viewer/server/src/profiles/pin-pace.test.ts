import { HOUR_MS } from '@matinee/base'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NO_TRIES, pinWaitMs } from './pin-pace.ts'

const NOW_MS = 1_800_000_000_000

test('L8: after the fifth wrong PIN there is a wait, and it doubles up to an hour', () => {
  const waitAfter = (wrong: number): number => pinWaitMs({ wrong, lastMs: NOW_MS }, NOW_MS)
  assert.deepEqual([0, 1, 4, 5, 6, 7].map(waitAfter), [0, 0, 0, 30_000, 60_000, 120_000])
  assert.equal(waitAfter(40), HOUR_MS)
  assert.equal(waitAfter(1e9), HOUR_MS)
  assert.equal(pinWaitMs({ wrong: 5, lastMs: NOW_MS }, NOW_MS + 30_000), 0)
  assert.equal(pinWaitMs(NO_TRIES, NOW_MS), 0)
})

test('L8: a clock that was set back makes nobody wait longer than the wait', () => {
  assert.equal(pinWaitMs({ wrong: 5, lastMs: NOW_MS }, NOW_MS - 1000 * HOUR_MS), 30_000)
})

test('L8: all PINs of four digits take more than a year of trying', () => {
  let passedMs = 0
  for (let wrong = 0; wrong < 10_000; wrong++) {
    passedMs += pinWaitMs({ wrong, lastMs: 0 }, 0)
  }
  assert.ok(passedMs > 365 * 24 * HOUR_MS)
})
