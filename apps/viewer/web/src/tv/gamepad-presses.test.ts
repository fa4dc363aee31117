import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pressesOf, type HeldPresses, type PadState } from './gamepad-presses.ts'

function pad(pressed: readonly number[], axes: readonly number[] = [0, 0]): PadState {
  return {
    buttons: Array.from({ length: 17 }, (_, at) => ({ pressed: pressed.includes(at) })),
    axes,
  }
}

test('a button counts once, however long it is held', () => {
  const first = pressesOf(pad([0]), new Map(), 0)
  assert.deepEqual(first.presses, ['press'])
  assert.deepEqual(pressesOf(pad([0]), first.held, 5000).presses, [])
  const released = pressesOf(pad([]), first.held, 5100)
  assert.deepEqual(pressesOf(pad([0]), released.held, 5200).presses, ['press'])
})

test('an arrow that is held goes on, slowly at first', () => {
  let held: HeldPresses = new Map()
  const atMs: number[] = []
  for (let nowMs = 0; nowMs <= 1000; nowMs += 10) {
    const next = pressesOf(pad([15]), held, nowMs)
    held = next.held
    if (next.presses.length > 0) atMs.push(nowMs)
  }
  assert.deepEqual(atMs, [0, 450, 580, 710, 840, 970])
})

test('the stick is an arrow when it is pushed, and rests near its middle', () => {
  assert.deepEqual(pressesOf(pad([], [0.1, -0.2]), new Map(), 0).presses, [])
  assert.deepEqual(pressesOf(pad([], [-0.9, 0]), new Map(), 0).presses, ['ArrowLeft'])
})
