import { test } from 'node:test'
import assert from 'node:assert/strict'
import { isAtCredits } from './credits.ts'

const at = (positionSeconds: number, durationSeconds: number, isEnded = false): boolean =>
  isAtCredits({ positionSeconds, durationSeconds, isEnded })

test('credits are the last minute and a half of a long film, a twentieth of a short one', () => {
  assert.equal(at(5400 - 91, 5400), false)
  assert.equal(at(5400 - 90, 5400), true)
  assert.equal(at(95 * 6 - 1, 600), false)
  assert.equal(at(95 * 6, 600), true)
})

test('a film that has ended is at its credits, one that isn’t known yet nowhere', () => {
  assert.equal(at(3, 100, true), true)
  assert.equal(at(0, 0), false)
})
