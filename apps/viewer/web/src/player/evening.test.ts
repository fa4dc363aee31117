import { test } from 'node:test'
import assert from 'node:assert/strict'
import { TurnedClock } from '../../test/turned-clock.ts'
import { Evening, UNWATCHED_EPISODES } from './evening.ts'

test('the sleep timer stops the film that plays when it is over, once', async () => {
  const clock = new TurnedClock()
  const evening = new Evening(clock)
  const stopped: string[] = []
  const leave = evening.watch(() => stopped.push('first film'))
  evening.sleepAfter(30)
  assert.equal(evening.state.sleepAtMs, 30 * 60_000)
  await clock.pass(29 * 60_000)
  leave()
  evening.watch(() => stopped.push('next film'))
  assert.deepEqual(stopped, [])
  await clock.pass(60_000)
  assert.deepEqual(stopped, ['next film'])
  assert.equal(evening.state.sleep, 'off')
})

test('a sleep timer that was chosen anew or switched off doesn’t go by the old time', async () => {
  const clock = new TurnedClock()
  const evening = new Evening(clock)
  let count = 0
  evening.watch(() => count++)
  evening.sleepAfter(15)
  evening.sleepAfter(60)
  await clock.pass(59 * 60_000)
  assert.equal(count, 0)
  evening.sleepAfter('off')
  await clock.pass(10 * 60_000)
  assert.equal(count, 0)
})

test('"at the end" lets no next episode start by itself', () => {
  const evening = new Evening(new TurnedClock())
  assert.equal(evening.mayGoOn, true)
  evening.sleepAfter('end')
  assert.equal(evening.mayGoOn, false)
})

test('after three episodes without a sign of life it’s asked whether anybody watches', () => {
  const evening = new Evening(new TurnedClock())
  for (let count = 1; count < UNWATCHED_EPISODES; count++) evening.startedByItself()
  assert.equal(evening.mayGoOn, true)
  evening.touched()
  for (let count = 1; count < UNWATCHED_EPISODES; count++) evening.startedByItself()
  assert.equal(evening.mayGoOn, true, 'a touch counts for all before it')
  evening.startedByItself()
  assert.equal(evening.state.mustAsk, true)
  assert.equal(evening.mayGoOn, false)
  evening.touched()
  assert.equal(evening.mayGoOn, true)
})
