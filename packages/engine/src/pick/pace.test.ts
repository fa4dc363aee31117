import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Pace } from './pace.ts'

const STRANGER_MS = 130

/** A source 40 ms away that brings a block every 20 ms, as long as two are always asked for. */
function measured(blocks: number): { readonly pace: Pace; readonly nowMs: number } {
  const pace = new Pace(40)
  let nowMs = 0
  pace.asked(0, nowMs)
  pace.asked(1, nowMs)
  nowMs = 60
  for (let block = 0; block < blocks; block++) {
    assert.equal(pace.arrived(block, nowMs), 'asked')
    pace.asked(block + 2, nowMs)
    // The queue of two is shorter than the round trip: the source idles between blocks.
    nowMs += block % 2 === 0 ? 20 : 40
  }
  return { pace, nowMs }
}

test('only time in which a source had something to send counts', () => {
  const { pace } = measured(12)
  assert.ok(pace.serviceMs !== null && pace.serviceMs < 25, `${pace.serviceMs} ms a block`)
})

test('a source that falls silent is expected later with every millisecond', () => {
  const { pace, nowMs } = measured(8)
  const early = pace.estimate(nowMs, STRANGER_MS)
  const late = pace.estimate(nowMs + 200, STRANGER_MS)
  assert.ok(late.headMs - (nowMs + 200) > 200, `expected in ${late.headMs - nowMs - 200} ms`)
  assert.ok(late.serviceMs > 3 * early.serviceMs)
  assert.equal(late.isStalled, false)
  assert.equal(pace.estimate(nowMs + 5000, STRANGER_MS).isStalled, true)
  assert.equal(pace.room(pace.estimate(nowMs + 5000, STRANGER_MS), nowMs + 5000, 20, 4), 0)
})

test('room is what the round trip holds and a little more', () => {
  const { pace, nowMs } = measured(12)
  const estimate = pace.estimate(nowMs, STRANGER_MS)
  const room = pace.room(estimate, nowMs, 20, 4)
  // Two are owed; 40 ms of way and 20 ms of queue hold about three blocks of 20 ms.
  assert.ok(room >= 1 && room <= 3, `${room}`)
})

test('a canceled block occupies its source until it is rejected or passed over', () => {
  const pace = new Pace(10)
  for (const block of [1, 2, 3]) pace.asked(block, 0)
  assert.equal(pace.canceled(1), true)
  assert.equal(pace.canceled(1), false)
  assert.deepEqual(pace.owedBlocks(), [2, 3])
  assert.equal(pace.mentions(1), true)
  assert.equal(pace.arrived(2, 30), 'asked')
  assert.equal(pace.mentions(1), false, 'answers come in order')
  assert.equal(pace.canceled(3), true)
  assert.equal(pace.arrived(3, 50), 'late')
  assert.equal(pace.arrived(3, 50), 'unasked')
  assert.equal(pace.isIdle, true)
})

test('a source that rejects is asked for no more than it takes', () => {
  const pace = new Pace(10)
  pace.allow(100)
  for (let block = 0; block < 8; block++) pace.asked(block, 0)
  for (let block = 4; block < 8; block++) assert.equal(pace.rejected(block, 5), true)
  assert.equal(pace.rejected(7, 5), false)
  const estimate = pace.estimate(5, STRANGER_MS)
  assert.equal(pace.room(estimate, 5, 1000, 32), 0)
  pace.arrived(0, 20)
  const later = pace.estimate(20, STRANGER_MS)
  assert.ok(pace.room(later, 20, 1000, 32) <= 2)
})

test('a source is asked for nothing beyond its own cap', () => {
  const pace = new Pace(10)
  pace.allow(2)
  assert.equal(pace.room(pace.estimate(0, STRANGER_MS), 0, 1000, 32), 2)
})

test('a rejection of what waits behind a block under way leaves its time as it is', () => {
  const pace = new Pace(10)
  for (const block of [1, 2]) pace.asked(block, 0)
  pace.canceled(2)
  assert.equal(pace.rejected(2, 900), false)
  pace.arrived(1, 1010)
  assert.equal(pace.serviceMs, 1000)
})

test('canceled requests that nobody answers hold a source up for a second, and those it still owes count on', () => {
  const pace = new Pace(80)
  for (const [block, atMs] of [
    [1, 0],
    [2, 0],
  ] as const)
    pace.asked(block, atMs)
  pace.arrived(1, 100)
  pace.canceled(2)
  pace.forgetUnanswered(1000)
  assert.equal(pace.isIdle, false)
  pace.asked(3, 1050)
  pace.forgetUnanswered(5000)
  assert.equal(pace.mentions(2), true, 'what is owed behind it says how long it takes')
  pace.canceled(3)
  pace.forgetUnanswered(5000)
  assert.equal(pace.isIdle, true)
})
