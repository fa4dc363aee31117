import { test } from 'node:test'
import assert from 'node:assert/strict'
import type { MediaPort } from './media-port.ts'
import { CONTROLS_HIDE_MS, PlayerCore } from './player-core.ts'
import { SEEK_PATIENCE_MS } from './seek-gate.ts'

/** A media element that only notes what it's told, and a clock that is turned by hand. */
function stage() {
  const told: string[] = []
  const timers: { atMs: number; run: () => void }[] = []
  let nowMs = 0
  const media: MediaPort = {
    play: () => void told.push('play'),
    pause: () => void told.push('pause'),
    seek: (seconds) => void told.push(`seek ${seconds}`),
    positionSeconds: () => null,
    setVolume: (volume, isMuted) => void told.push(`volume ${volume}${isMuted ? ' muted' : ''}`),
    setRate: (rate) => void told.push(`rate ${rate}`),
    setFullScreen: (isFull) => void told.push(`full ${isFull}`),
    setInWindow: (isInWindow) => void told.push(`window ${isInWindow}`),
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
  })
  core.begin([0, 8, 36], 0)
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
  /** The media element is where it was sent. */
  const arrive = (): void =>
    made.core.tell({ kind: 'sought', positionSeconds: made.core.state.positionSeconds })
  made.core.tell({ kind: 'index-read', durationSeconds: 60 })
  made.core.tell({ kind: 'playing' })
  made.told.length = 0
  return { ...made, arrive }
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
  const { core, told, arrive } = playing()
  core.act({ kind: 'seek-to', seconds: 40 })
  assert.equal(core.state.positionSeconds, 40)
  arrive()
  core.act({ kind: 'seek-by', seconds: 500 })
  arrive()
  core.act({ kind: 'seek-by', seconds: -500 })
  arrive()
  core.act({ kind: 'seek-to-fraction', fraction: 0.5 })
  assert.deepEqual(told, ['seek 40', 'seek 60', 'seek 0', 'seek 30'])
})

test('chapters: forward to the next, back to the start of this one, or of the one before when it just began', () => {
  const { core, told, arrive } = playing()
  for (const [from, step] of [
    [20, -1],
    [9, -1],
    [0, 1],
    [40, 1],
  ] as const) {
    core.tell({ kind: 'time', positionSeconds: from })
    core.act({ kind: 'chapter-by', step })
    arrive()
  }
  assert.deepEqual(told, ['seek 8', 'seek 0', 'seek 8', 'seek 60'])
})

test('A24: a storm of seeks is one seek at a time, and the last of them is where the film goes', () => {
  const { core, told, arrive } = playing()
  for (let seconds = 1; seconds <= 50; seconds++) core.act({ kind: 'seek-to', seconds })
  assert.deepEqual(told, ['seek 1'], 'the others wait')
  assert.equal(core.state.positionSeconds, 50, 'the viewer sees where it will be')
  core.tell({ kind: 'time', positionSeconds: 1 })
  assert.equal(core.state.positionSeconds, 50, 'and what the element still tells changes nothing')
  core.tell({ kind: 'sought', positionSeconds: 1 })
  assert.deepEqual(told, ['seek 1', 'seek 50'])
  arrive()
  assert.equal(told.length, 2)
})

test('A24: a seek into what nobody has doesn’t hold up the next one', () => {
  const { core, told, pass } = playing()
  core.act({ kind: 'seek-to', seconds: 55 })
  core.act({ kind: 'seek-to', seconds: 5 })
  pass(SEEK_PATIENCE_MS)
  assert.deepEqual(told, ['seek 55', 'seek 5'])
  for (let round = 0; round < 240; round++) {
    core.act({ kind: 'seek-to', seconds: round % 60 })
    core.act({ kind: 'seek-to', seconds: 7 })
    pass(SEEK_PATIENCE_MS / 10)
  }
  assert.ok(told.length <= 28, `${told.length} seeks in six seconds`)
})

test('a step goes one picture on or back, and the film stands still', () => {
  const { core, told, arrive } = playing()
  core.tell({ kind: 'time', positionSeconds: 10 })
  core.tell({ kind: 'frame-length', seconds: 0.04 })
  core.act({ kind: 'frame-by', step: 1 })
  arrive()
  core.act({ kind: 'frame-by', step: -1 })
  assert.deepEqual(told, ['pause', 'seek 10.04', 'seek 10'])
})

test('a film begins where it was left, and is sought only when there is a film', () => {
  const { core, told } = stage()
  core.begin([0], 33)
  assert.equal(core.state.positionSeconds, 33)
  assert.deepEqual(told, [])
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

test('controls stay while it is paused, while the keyboard is in them, and while a panel is open', () => {
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
  listed.core.act({ kind: 'toggle-panel', panel: 'keys' })
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

test('speed goes step by step or by tenths, and stops at both ends', () => {
  const { core, told } = playing()
  core.act({ kind: 'rate-by', step: 1 })
  core.tell({ kind: 'rate', rate: 3 })
  core.act({ kind: 'rate-by', step: 1 })
  core.act({ kind: 'rate-tenth', step: 1 })
  core.tell({ kind: 'rate', rate: 0.25 })
  core.act({ kind: 'rate-by', step: -1 })
  core.tell({ kind: 'rate', rate: 1.1 })
  core.act({ kind: 'rate-tenth', step: 1 })
  core.act({ kind: 'rate-by', step: -1 })
  core.act({ kind: 'rate-to', rate: 99 })
  assert.deepEqual(
    told.map((text) => Number(text.split(' ')[1])),
    [1.25, 3, 3, 0.25, 1.2, 1, 3],
  )
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

test('two quick presses for another speed both count, though the element has told of none', () => {
  const { core, told } = playing()
  core.act({ kind: 'rate-to', rate: 1.25 })
  core.act({ kind: 'rate-tenth', step: -1 })
  core.act({ kind: 'rate-tenth', step: -1 })
  assert.deepEqual(told, ['rate 1.25', 'rate 1.15', 'rate 1.05'])
})
