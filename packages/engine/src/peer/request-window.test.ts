import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RequestWindow } from './request-window.ts'

test('the window grows while answers come soon and shrinks when they queue', () => {
  const window = new RequestWindow()
  let nowMs = 0
  for (let block = 0; block < 20; block++) {
    window.asked(block, nowMs)
    nowMs += 50
    assert.equal(window.answered(block, nowMs), 'asked')
  }
  const grown = window.room
  assert.equal(grown, 24)
  window.asked(99, nowMs)
  window.answered(99, nowMs + 1000)
  assert.equal(window.room, grown - 1)
})

test('a peer is never asked for more at once than it allows', () => {
  const window = new RequestWindow()
  window.allow(2)
  assert.equal(window.room, 2)
})

test('a peer that owes blocks and is silent is stalled, an idle one is not', () => {
  const window = new RequestWindow()
  assert.equal(window.isStalled(60_000), false)
  window.asked(1, 60_000)
  assert.equal(window.isStalled(62_000), false)
  assert.equal(window.isStalled(63_500), true)
  assert.equal(window.isAbandoned(63_500), false)
  assert.equal(window.isAbandoned(91_000), true)
  assert.deepEqual(window.reset(), [1])
  assert.equal(window.isStalled(99_000), false)
})

test('who has sent nothing and was beaten is asked for one block at a time', () => {
  const window = new RequestWindow()
  window.beaten()
  assert.equal(window.room, 1)
  window.asked(1, 0)
  window.answered(1, 50)
  window.beaten()
  assert.equal(window.room, 2)
})

test('an answer that nobody asked for is told apart from one that was given up', () => {
  const window = new RequestWindow()
  assert.equal(window.answered(5, 0), 'unasked')
  window.asked(5, 0)
  window.forget(5)
  assert.equal(window.answered(5, 0), 'late')
  assert.equal(window.answered(5, 0), 'unasked')
})
