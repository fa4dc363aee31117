import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import {
  IN_STEP,
  STRETCHES,
  cueTime,
  delayed,
  filmTime,
  inStepWith,
  possibleTiming,
  type SubtitleTiming,
} from './subtitle-timing.ts'

const timings: fc.Arbitrary<SubtitleTiming> = fc.record({
  delayMs: fc.integer({ min: -600, max: 600 }).map((steps) => steps * 50),
  stretch: fc.constantFrom(...STRETCHES.map(({ stretch }) => stretch)),
})

test('a place in the subtitles and its moment of the film lead to each other', () => {
  fc.assert(
    fc.property(timings, fc.integer({ min: 0, max: 20_000 }), (timing, seconds) => {
      assert.ok(Math.abs(cueTime(timing, filmTime(timing, seconds)) - seconds) < 1e-6)
    }),
  )
})

test('one heard line puts the subtitles in step to a twentieth of a second', () => {
  fc.assert(
    fc.property(timings, (made) => {
      const cueSeconds = 61.5
      const timing = inStepWith(
        { ...IN_STEP, stretch: made.stretch },
        { cueSeconds, filmSeconds: filmTime(made, cueSeconds) },
        null,
      )
      assert.ok(Math.abs(filmTime(timing, cueSeconds) - filmTime(made, cueSeconds)) <= 0.0251)
      assert.equal(timing.stretch, made.stretch)
    }),
  )
})

test('a second heard line, far from the first, tells how fast the subtitles run', () => {
  const made = { delayMs: -1500, stretch: 25 / 23.976 }
  const heard = (cueSeconds: number) => ({ cueSeconds, filmSeconds: filmTime(made, cueSeconds) })
  const first = inStepWith(IN_STEP, heard(30), null)
  const second = inStepWith(first, heard(3000), heard(30))
  assert.ok(Math.abs(second.stretch - made.stretch) < 1e-9)
  assert.equal(second.delayMs, made.delayMs)
})

test('two lines close together, or at a speed no film has, only move the subtitles', () => {
  const at = (cueSeconds: number, filmSeconds: number) => ({ cueSeconds, filmSeconds })
  assert.equal(inStepWith(IN_STEP, at(60, 70), at(0, 0)).stretch, 1)
  assert.equal(inStepWith(IN_STEP, at(1000, 2000), at(0, 0)).stretch, 1)
  assert.equal(inStepWith(IN_STEP, at(1000, 500), at(0, 0)).delayMs, -500_000)
})

test('the delay is a multiple of 50 ms and never beyond ten minutes', () => {
  assert.equal(delayed(IN_STEP, 130).delayMs, 150)
  assert.equal(delayed(IN_STEP, 1e9).delayMs, 600_000)
  assert.equal(delayed(IN_STEP, -1e9).delayMs, -600_000)
})

test('what was kept and can be no timing is in step', () => {
  for (const [delayMs, stretch] of [
    ['1', 1],
    [1, null],
    [Number.NaN, 1],
    [0, 3],
    [0, -1],
  ])
    assert.deepEqual(possibleTiming(delayMs, stretch), IN_STEP)
  assert.deepEqual(possibleTiming(149, 0.96), { delayMs: 150, stretch: 0.96 })
})
