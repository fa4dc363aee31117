import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Playback } from './playback.ts'

const RATE = 1_000_000
const SPAN = { start: 5_000_000, end: 105_000_000 }

test('a reader that opens has nested goals, nearest first, all from where it is', () => {
  const playback = new Playback(SPAN, RATE)
  const need = playback.need({ verifiedEnd: SPAN.start, position: SPAN.start, nowMs: 0 })
  assert.ok(need.goals.length >= 4)
  for (const [i, goal] of need.goals.entries()) {
    assert.equal(goal.start, SPAN.start)
    if (i > 0) assert.ok(goal.end > (need.goals[i - 1]?.end ?? 0))
  }
  assert.equal(need.goals.at(-1)?.end, SPAN.start + 8 * RATE)
  assert.equal(need.later?.start, SPAN.start + 8 * RATE)
  assert.equal(need.later?.end, SPAN.start + 60 * RATE)
})

test('in its calm a reader needs what is next and little ahead of it', () => {
  const playback = new Playback(SPAN, RATE, 700)
  const at = (nowMs: number, verified = 0) => {
    const verifiedEnd = SPAN.start + verified * RATE
    return playback.need({ verifiedEnd, position: SPAN.start, nowMs })
  }
  assert.ok(at(5000).goals.length >= 4)
  assert.equal(at(5100, 9).later, null)
  assert.equal(at(5699, 9).isCalm, true)
  assert.equal(at(5700, 9).later?.start, SPAN.start + 9 * RATE)
  assert.equal(at(5700, 9).isCalm, false)

  const short = new Playback({ start: 0, end: 2_000_000 }, 100_000, 700)
  const need = short.need({ verifiedEnd: 0, position: 0, nowMs: 0 })
  assert.deepEqual(need.later, { start: 800_000, end: 2_000_000 }, 'a short film comes whole')
})

test('goals end with the span', () => {
  const short = new Playback({ start: 0, end: 100_000 }, RATE)
  const need = short.need({ verifiedEnd: 0, position: 0, nowMs: 0 })
  assert.ok(need.goals.every(({ end }) => end <= 100_000))
  assert.equal(need.later, null)
})

test('with eight seconds it plays; what is needed next is due when the film gets there', () => {
  const playback = new Playback(SPAN, RATE)
  const verifiedEnd = SPAN.start + 9 * RATE
  playback.need({ verifiedEnd: SPAN.start + 1.1 * RATE, position: SPAN.start, nowMs: 1000 })
  const need = playback.need({ verifiedEnd, position: verifiedEnd, nowMs: 8000 })
  assert.equal(playback.isStarving, false)
  assert.deepEqual(need.goals, [])
  // The film may have begun at 1000 ms; at 8000 it is 7 s on, 2 s of 9 are left.
  assert.equal(need.bufferSeconds, 2)
  assert.equal(need.window, null)
  const later = playback.need({ verifiedEnd, position: verifiedEnd, nowMs: 9500 })
  assert.equal(later.window?.startDueMs, 10_000)
  assert.equal(later.window?.span.end, SPAN.start + 10.5 * RATE)
})

test('a film that catches up with what is there makes its reader starve again, from there', () => {
  const playback = new Playback(SPAN, RATE)
  const verifiedEnd = SPAN.start + 9 * RATE
  playback.need({ verifiedEnd, position: verifiedEnd, nowMs: 0 })
  const need = playback.need({ verifiedEnd, position: verifiedEnd, nowMs: 9100 })
  assert.equal(playback.isStarving, true)
  assert.equal(need.goals[0]?.start, verifiedEnd)
})

test('a player that pauses is never taken for one that has run dry', () => {
  const playback = new Playback(SPAN, RATE)
  const verifiedEnd = SPAN.start + 30 * RATE
  const position = SPAN.start + 12 * RATE
  playback.need({ verifiedEnd, position, nowMs: 0 })
  const need = playback.need({ verifiedEnd, position, nowMs: 600_000 })
  assert.equal(playback.isStarving, false)
  assert.equal(need.bufferSeconds, 18)
})
