import { test } from 'node:test'
import assert from 'node:assert/strict'
import { coveredPart, filledFraction, readyUntil, segmentAt, timeSegments } from './time-line.ts'
import { outBy, timeText, wallText } from './time-text.ts'

test('chapters cut the time line, from its start to its end', () => {
  assert.deepEqual(timeSegments([0, 8, 36], 60), [
    { start: 0, end: 8, chapter: 0 },
    { start: 8, end: 36, chapter: 1 },
    { start: 36, end: 60, chapter: 2 },
  ])
  assert.deepEqual(timeSegments([], 60), [{ start: 0, end: 60, chapter: 0 }])
  assert.deepEqual(timeSegments([3, 90], 60), [{ start: 0, end: 60, chapter: 0 }])
  assert.deepEqual(timeSegments([0, 8], 0), [])
})

test('a segment is filled as far as the position has come', () => {
  const segment = { start: 8, end: 36 }
  assert.equal(filledFraction(segment, 0), 0)
  assert.equal(filledFraction(segment, 22), 0.5)
  assert.equal(filledFraction(segment, 99), 1)
  assert.deepEqual(coveredPart(segment, { start: 0, end: 22 }), { start: 0, end: 0.5 })
  assert.equal(coveredPart(segment, { start: 40, end: 50 }), null)
})

test('what is ready ends at the first gap after the position', () => {
  const ready = [
    { start: 0, end: 4 },
    { start: 10, end: 20 },
  ]
  assert.equal(readyUntil(ready, 1), 4)
  assert.equal(readyUntil(ready, 6), 6)
  assert.equal(readyUntil(ready, 9.95), 20)
  assert.equal(readyUntil([], 3), 3)
})

test('a position is in the last segment that began', () => {
  const segments = timeSegments([0, 8, 36], 60)
  assert.equal(segmentAt(segments, 8)?.chapter, 1)
  assert.equal(segmentAt(segments, 60)?.chapter, 2)
  assert.equal(segmentAt([], 5), null)
})

test('film time and the time on the wall are written as people write them', () => {
  assert.equal(timeText(0), '0:00')
  assert.equal(timeText(65.9), '1:05')
  assert.equal(timeText(4029), '1:07:09')
  assert.equal(timeText(-1), '0:00')
  const evening = new Date(2026, 0, 1, 20, 6)
  assert.equal(wallText(evening, 'en'), '20:06')
  assert.equal(wallText(evening, 'fr'), '20\u202fh\u202f06')
  assert.equal(outBy(evening, 3600, 1800, 1.5).getTime() - evening.getTime(), 1200_000)
})
