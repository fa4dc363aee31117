import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BugError } from '@matinee/base'
import { firstDayOf, lastDayOf, parseCalendarDate, yearOf } from './calendar-date.ts'

test('a day that the calendar has is read, and nothing else', () => {
  for (const text of ['2026-01-01', '2024-02-29', '2000-02-29', '0001-12-31', '9999-12-31']) {
    assert.equal(parseCalendarDate(text), text)
  }
  const wrong = ['2026-02-29', '1900-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '0000-01-01']
  const unlike = ['2026-1-1', '2026-01-00', '26-01-01', '2026-01-01T00:00:00Z', ' 2026-01-01', '']
  for (const text of [...wrong, ...unlike]) assert.equal(parseCalendarDate(text), null, text)
})

test('years have a first and a last day, and days compare as text', () => {
  assert.equal(firstDayOf(870), '0870-01-01')
  assert.equal(lastDayOf(2046), '2046-12-31')
  assert.equal(yearOf(lastDayOf(2046)), 2046)
  assert(lastDayOf(999) < firstDayOf(1000))
  for (const year of [0, -1, 10_000, 1.5, Number.NaN])
    assert.throws(() => firstDayOf(year), BugError)
})
