import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeClock } from '@matinee/testkit'
import type { Supply } from '../pick/block-source.ts'
import { WebSeedFloor, isEnoughWithout } from './web-seed-floor.ts'

const FILM = 1_000_000

function isSpared(supply: Partial<Supply>, costWeight = 1): boolean {
  const usual = { isStarving: false, bufferSeconds: 10, filmBytesPerSecond: FILM }
  return isEnoughWithout({ ...usual, peerBytesPerSecond: 2 * FILM, ...supply }, costWeight)
}

test('while a reader starves the web seed races with everybody', () => {
  assert.equal(isSpared({ isStarving: true }), false)
})

test('with five seconds in hand and peers a third above the bitrate it is left alone', () => {
  assert.equal(isSpared({}), true)
  assert.equal(isSpared({ bufferSeconds: 4.9 }), false)
  assert.equal(isSpared({ peerBytesPerSecond: 1.29 * FILM }), false)
  assert.equal(isSpared({ peerBytesPerSecond: 1.31 * FILM }), true)
})

test('it never brings the film further ahead than fifteen seconds, where there is anybody else', () => {
  assert.equal(isSpared({ bufferSeconds: 16, peerBytesPerSecond: 0.1 * FILM }), true)
  assert.equal(isSpared({ bufferSeconds: 16, peerBytesPerSecond: 0 }), false)
})

test('the dearer it is to its publisher the later it is asked, but before the film stops', () => {
  assert.equal(isSpared({ bufferSeconds: 3 }, 2), true)
  assert.equal(isSpared({ peerBytesPerSecond: 1.2 * FILM }, 2), true)
  assert.equal(isSpared({ bufferSeconds: 1.4 }, 100), false)
  assert.equal(isSpared({ peerBytesPerSecond: 0.99 * FILM }, 100), false)
  assert.equal(isSpared({ bufferSeconds: 60 }, 0), false)
})

test('a dip of what peers bring passes, a lasting lack does not', async () => {
  const clock = new FakeClock()
  const floor = new WebSeedFloor(clock, 1)
  const supply = { isStarving: false, bufferSeconds: 10, filmBytesPerSecond: FILM }
  const asks = (peerBytesPerSecond: number): boolean =>
    !floor.isAbove({ ...supply, peerBytesPerSecond })
  assert.equal(asks(1.6 * FILM), false)
  await clock.advance(50)
  assert.equal(asks(1.1 * FILM), false)
  await clock.advance(50)
  assert.equal(asks(1.6 * FILM), false)
  let askedMs = 0
  while (!asks(0.5 * FILM)) {
    await clock.advance(50)
    askedMs += 50
    assert.ok(askedMs < 2000)
  }
})
