import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { FakeClock } from '@matinee/testkit'
import { isQuiet, minuteOfDay, uploadLimit } from './quiet-hours.ts'

const DAY = {
  startMinute: 7 * 60,
  endMinute: 23 * 60,
  uploadBytesPerSecond: 50_000,
  keepsWait: true,
}

test('over a simulated day the limit changes at the minute that was chosen, and back again', async () => {
  const midnight = new Date(2026, 0, 1).getTime()
  const clock = new FakeClock({ startWallMs: midnight })
  const changes: string[] = []
  let before: number | null | undefined
  for (let minute = 0; minute < 24 * 60; minute++) {
    const limit = uploadLimit(null, DAY, minuteOfDay(midnight + minute * 60_000))
    if (limit !== before) changes.push(`${Math.floor(minute / 60)}:${minute % 60} ${limit}`)
    before = limit
  }
  assert.deepEqual(changes, ['0:0 null', '7:0 50000', '23:0 null'])
  assert.equal(minuteOfDay(clock.wallMs()), 0)
})

test('hours that go over midnight are quiet on both sides of it, and equal ones are never quiet', () => {
  const night = { ...DAY, startMinute: 22 * 60, endMinute: 6 * 60 }
  assert.deepEqual(
    [21 * 60 + 59, 22 * 60, 0, 5 * 60 + 59, 6 * 60].map((minute) => isQuiet(night, minute)),
    [false, true, true, true, false],
  )
  fc.assert(
    fc.property(fc.nat(1439), fc.nat(1439), (at, minute) => {
      assert.equal(isQuiet({ ...DAY, startMinute: at, endMinute: at }, minute), false)
    }),
  )
})

test('of two limits the slower one counts', () => {
  assert.equal(uploadLimit(10_000, DAY, 12 * 60), 10_000)
  assert.equal(uploadLimit(90_000, DAY, 12 * 60), 50_000)
  assert.equal(uploadLimit(90_000, DAY, 0), 90_000)
  assert.equal(uploadLimit(90_000, null, 0), 90_000)
})
