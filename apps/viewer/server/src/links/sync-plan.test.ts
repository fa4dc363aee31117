import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MINUTE_MS, SECOND_MS } from '@matinee/base'
import { nextSyncMs } from './sync-plan.ts'

test('a link that was never tried is tried at once', () => {
  assert.equal(nextSyncMs({ changedMs: null, triedMs: null, hasFailed: false }), 0)
})

test('what changes goes over when it has settled, and not more often than each half minute', () => {
  const triedMs = 100 * SECOND_MS
  const due = (changedMs: number): number =>
    nextSyncMs({ changedMs, triedMs, hasFailed: false }) - triedMs
  assert.equal(due(triedMs + SECOND_MS), 30 * SECOND_MS)
  assert.equal(due(triedMs + MINUTE_MS), 64 * SECOND_MS)
})

test('a computer that isn’t there is left alone for a while, whatever changes', () => {
  const standing = { changedMs: 1, triedMs: 0, hasFailed: true }
  assert.equal(nextSyncMs(standing), 5 * MINUTE_MS)
  assert.equal(nextSyncMs({ changedMs: null, triedMs: 0, hasFailed: false }), 10 * MINUTE_MS)
})
