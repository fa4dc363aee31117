import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SeededRandom, nodeHash } from '@matinee/testkit'
import { Audience, LEAST_GIVEN_BYTES, dayOf, lastWeek, withOneMore } from './audience.ts'

const MONDAY = '2026-11-16'

test('somebody counts once a day, when enough was given, whatever the blocks', () => {
  const audience = new Audience(nodeHash, new SeededRandom(1))
  const half = LEAST_GIVEN_BYTES / 2
  assert.equal(audience.note('203.0.113.1', half, MONDAY), false)
  assert.equal(audience.note('203.0.113.2', half, MONDAY), false, 'somebody else')
  assert.equal(audience.note('203.0.113.1', half, MONDAY), true)
  assert.equal(audience.note('203.0.113.1', half, MONDAY), false, 'once')
  assert.equal(audience.note('203.0.113.1', 2 * half, '2026-11-17'), true, 'the next day')
})

test('what was given on an earlier day is forgotten with its salt', () => {
  const audience = new Audience(nodeHash, new SeededRandom(1))
  audience.note('203.0.113.1', LEAST_GIVEN_BYTES - 1, MONDAY)
  assert.equal(audience.note('203.0.113.1', 1, '2026-11-17'), false)
})

test('a week has seven days whatever was counted, the last is today, and older days are left out', () => {
  const today = new Date(2026, 10, 22, 0, 30).getTime()
  const days = ['2026-11-01', '2026-11-16', '2026-11-22', '2026-11-22'].reduce(withOneMore, [])
  assert.deepEqual(
    lastWeek(days, today).map(({ day, people }) => `${day} ${people}`),
    ['16 1', '17 0', '18 0', '19 0', '20 0', '21 0', '22 2'].map((each) => `2026-11-${each}`),
  )
  assert.equal(dayOf(today), '2026-11-22')
})
