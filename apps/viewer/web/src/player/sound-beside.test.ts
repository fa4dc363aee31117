import { test } from 'node:test'
import assert from 'node:assert/strict'
import { besideStep } from './sound-beside.ts'

const TOGETHER = { isFilmPlaying: true, filmSeconds: 60, soundSeconds: 60, rate: 1 }

test('a sound that is with its film is left alone', () => {
  for (const soundSeconds of [59.97, 60, 60.03])
    assert.deepEqual(besideStep({ ...TOGETHER, soundSeconds }), {
      isPlaying: true,
      seekToSeconds: null,
      rate: 1,
    })
})

test('a sound that is a little behind or ahead catches up without a gap, at the film’s own speed', () => {
  const behind = besideStep({ ...TOGETHER, soundSeconds: 59.8, rate: 1.5 })
  assert.equal(behind.seekToSeconds, null)
  assert.ok(behind.rate > 1.5 && behind.rate < 1.66)
  const ahead = besideStep({ ...TOGETHER, soundSeconds: 60.3 })
  assert.equal(ahead.seekToSeconds, null)
  assert.ok(ahead.rate < 1 && ahead.rate >= 0.9)
})

test('a sound that is elsewhere jumps to its film', () => {
  for (const soundSeconds of [0, 59.4, 60.6, 3000])
    assert.deepEqual(besideStep({ ...TOGETHER, soundSeconds }), {
      isPlaying: true,
      seekToSeconds: 60,
      rate: 1,
    })
})

test('while the film stands or waits its sound does too, at the same place', () => {
  const standing = { ...TOGETHER, isFilmPlaying: false, soundSeconds: 60.2 }
  assert.deepEqual(besideStep(standing), { isPlaying: false, seekToSeconds: 60, rate: 1 })
  assert.equal(besideStep({ ...standing, soundSeconds: 60 }).seekToSeconds, null)
})
