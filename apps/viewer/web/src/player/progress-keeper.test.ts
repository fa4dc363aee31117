import { test } from 'node:test'
import assert from 'node:assert/strict'
import { TurnedClock } from '../../test/turned-clock.ts'
import { KEEP_EVERY_MS, ProgressKeeper } from './progress-keeper.ts'

function stage() {
  const clock = new TurnedClock()
  const sent: number[] = []
  const keeper = new ProgressKeeper(({ seconds }) => void sent.push(Math.round(seconds)), clock)
  /** Plays so long, a quarter of a second at a time. */
  const play = async (from: number, seconds: number): Promise<void> => {
    for (let at = 0; at <= seconds; at += 0.25) {
      keeper.at({ seconds: from + at, durationSeconds: 600 }, true)
      await clock.pass(250)
    }
  }
  return { keeper, sent, play }
}

test('a film that plays tells its place every few seconds, and once more when it is left', async () => {
  const { keeper, sent, play } = stage()
  await play(100, 12)
  assert.deepEqual(sent, [105, 110])
  keeper.keep()
  keeper.keep()
  assert.deepEqual(sent, [105, 110, 112])
  assert.equal(KEEP_EVERY_MS, 5000)
})

test('seeking about isn’t watching: nothing is kept before something was played', () => {
  const { keeper, sent } = stage()
  for (const seconds of [0, 50, 300, 20]) keeper.at({ seconds, durationSeconds: 600 }, true)
  keeper.keep()
  assert.deepEqual(sent, [])
})

test('a film of unknown length has no place yet', async () => {
  const { keeper, sent } = stage()
  for (let seconds = 0; seconds < 4; seconds += 0.25)
    keeper.at({ seconds, durationSeconds: 0 }, true)
  keeper.keep()
  assert.deepEqual(sent, [])
})
