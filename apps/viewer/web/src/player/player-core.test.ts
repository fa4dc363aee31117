import { test } from 'node:test'
import assert from 'node:assert/strict'
import { CONTROLS_HIDE_MS, PlayerCore, type MediaPort } from './player-core.ts'

/** A media element that only notes what it's told, and a clock that is turned by hand. */
function stage(captions: string | null = null) {
  const told: string[] = []
  const timers: { atMs: number; run: () => void }[] = []
  let nowMs = 0
  const media: MediaPort = {
    play: () => void told.push('play'),
    pause: () => void told.push('pause'),
    seek: (seconds) => void told.push(`seek ${seconds}`),
    setVolume: (volume, isMuted) => void told.push(`volume ${volume}${isMuted ? ' muted' : ''}`),
    setRate: (rate) => void told.push(`rate ${rate}`),
    setFullScreen: (isFull) => void told.push(`full ${isFull}`),
  }
  const core = new PlayerCore({
    media,
    clock: {
      nowMs: () => nowMs,
      after(delayMs, run) {
        const timer = { atMs: nowMs + delayMs, run }
        timers.push(timer)
        return () => void timers.splice(timers.indexOf(timer), 1)
      },
    },
    chapterStarts: [0, 8, 36],
    captionLanguages: ['fr', 'en'],
    captions,
    startSeconds: 0,
  })
  const pass = (ms: number): void => {
    nowMs += ms
    for (const timer of timers.filter(({ atMs }) => atMs <= nowMs)) {
      timers.splice(timers.indexOf(timer), 1)
      timer.run()
    }
  }
  return { core, told, pass }
}

function playing() {
  const made = stage()
  made.core.tell({ kind: 'index-read', durationSeconds: 60 })
  made.core.tell({ kind: 'playing' })
  made.told.length = 0
  return made
}

test('play and pause follow what the viewer wants, not what the film does just now', () => {
  const { core, told } = playing()
  core.tell({ kind: 'waiting' })
  assert.equal(core.state.playback.kind, 'stalled')
  core.act({ kind: 'toggle-play' })
  core.act({ kind: 'toggle-play' })
  assert.deepEqual(told, ['pause', 'play'])
})

test('a seek stays inside the film and moves the position at once', () => {
  const { core, told } = playing()
  core.act({ kind: 'seek-to', seconds: 40 })
  assert.equal(core.state.positionSeconds, 40)
  core.act({ kind: 'seek-by', seconds: 500 })
  core.act({ kind: 'seek-by', seconds: -500 })
  core.act({ kind: 'seek-to-fraction', fraction: 0.5 })
  assert.deepEqual(told, ['seek 40', 'seek 60', 'seek 0', 'seek 30'])
})

test('chapters: forward to the next, back to the start of this one, or of the one before when it just began', () => {
  const { core, told } = playing()
  core.tell({ kind: 'time', positionSeconds: 20 })
  core.act({ kind: 'chapter-by', step: -1 })
  core.tell({ kind: 'time', positionSeconds: 9 })
  core.act({ kind: 'chapter-by', step: -1 })
  core.act({ kind: 'chapter-by', step: 1 })
  core.tell({ kind: 'time', positionSeconds: 40 })
  core.act({ kind: 'chapter-by', step: 1 })
  assert.deepEqual(told, ['seek 8', 'seek 0', 'seek 8', 'seek 60'])
})

test('volume goes in exact steps from nothing to all, and nothing is muted', () => {
  const { core, told } = playing()
  for (let step = 0; step < 3; step++) {
    core.act({ kind: 'volume-by', amount: -0.05 })
    core.tell({ kind: 'volume', volume: 1 - (step + 1) * 0.05, isMuted: false })
  }
  assert.deepEqual(told, ['volume 0.95', 'volume 0.9', 'volume 0.85'])
  core.act({ kind: 'volume-to', volume: -3 })
  core.act({ kind: 'volume-to', volume: 7 })
  assert.deepEqual(told.slice(3), ['volume 0 muted', 'volume 1'])
})

test('sound comes back at half when it was turned down to nothing', () => {
  const { core, told } = playing()
  core.tell({ kind: 'volume', volume: 0, isMuted: true })
  core.act({ kind: 'toggle-mute' })
  core.tell({ kind: 'volume', volume: 0.7, isMuted: false })
  core.act({ kind: 'toggle-mute' })
  assert.deepEqual(told, ['volume 0.5', 'volume 0.7 muted'])
})

test('captions come back in the language they had, first in the one of the page', () => {
  const { core } = playing()
  core.act({ kind: 'toggle-captions' })
  assert.equal(core.state.captions, 'fr')
  core.act({ kind: 'captions-to', language: 'en' })
  core.act({ kind: 'captions-to', language: null })
  assert.equal(core.state.captions, null)
  core.act({ kind: 'toggle-captions' })
  assert.equal(core.state.captions, 'en')
})

test('controls hide 2.8 s after the last sign of life while the film plays', () => {
  const { core, pass } = playing()
  core.stir()
  pass(CONTROLS_HIDE_MS - 1)
  assert.equal(core.state.areControlsShown, true)
  core.stir()
  pass(CONTROLS_HIDE_MS - 1)
  assert.equal(core.state.areControlsShown, true)
  pass(1)
  assert.equal(core.state.areControlsShown, false)
  core.act({ kind: 'toggle-mute' })
  assert.equal(core.state.areControlsShown, true)
})

test('controls stay while it is paused, while the keyboard is in them, and while the list of keys is open', () => {
  const paused = playing()
  paused.core.tell({ kind: 'paused' })
  paused.pass(10 * CONTROLS_HIDE_MS)
  assert.equal(paused.core.state.areControlsShown, true)
  const held = playing()
  held.core.hold(true)
  held.pass(10 * CONTROLS_HIDE_MS)
  assert.equal(held.core.state.areControlsShown, true)
  held.core.hold(false)
  held.pass(CONTROLS_HIDE_MS)
  assert.equal(held.core.state.areControlsShown, false)
  const listed = playing()
  listed.core.act({ kind: 'toggle-key-list' })
  listed.pass(10 * CONTROLS_HIDE_MS)
  assert.equal(listed.core.state.areControlsShown, true)
})

test('the end is the end: the pause and the wait that come with it change nothing', () => {
  const { core } = playing()
  core.tell({ kind: 'ended' })
  core.tell({ kind: 'paused' })
  core.tell({ kind: 'waiting' })
  assert.equal(core.state.playback.kind, 'ended')
  core.act({ kind: 'seek-to', seconds: 5 })
  assert.equal(core.state.playback.kind, 'paused')
})

test('before the first picture a wait is still the opening', () => {
  const { core } = stage()
  core.tell({ kind: 'waiting' })
  assert.equal(core.state.playback.kind, 'opening')
})

test('a film that is opened anew keeps its place', () => {
  const { core } = playing()
  core.tell({ kind: 'time', positionSeconds: 33 })
  core.tell({ kind: 'broken', why: 'network' })
  core.reopen()
  assert.equal(core.state.playback.kind, 'opening')
  assert.equal(core.state.positionSeconds, 33)
  assert.equal(core.state.wantsToPlay, true)
})

test('speed goes step by step and stops at both ends', () => {
  const { core, told } = playing()
  core.act({ kind: 'rate-by', step: 1 })
  core.tell({ kind: 'rate', rate: 2 })
  core.act({ kind: 'rate-by', step: 1 })
  core.tell({ kind: 'rate', rate: 0.5 })
  core.act({ kind: 'rate-by', step: -1 })
  assert.deepEqual(told, ['rate 1.25', 'rate 2', 'rate 0.5'])
})

test('listeners hear of every change until they leave', () => {
  const { core } = playing()
  let heard = 0
  const leave = core.subscribe(() => heard++)
  core.tell({ kind: 'time', positionSeconds: 1 })
  leave()
  core.tell({ kind: 'time', positionSeconds: 2 })
  assert.equal(heard, 1)
})
