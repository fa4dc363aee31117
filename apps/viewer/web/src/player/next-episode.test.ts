import { test } from 'node:test'
import assert from 'node:assert/strict'
import { nextOffer, wantsNextStart, type EpisodeEnd } from './next-episode.ts'

const END: EpisodeEnd = {
  hasNext: true,
  playsNext: true,
  stays: false,
  isEnded: false,
  durationSeconds: 1500,
  remainingSeconds: 15,
  offeredForSeconds: 0,
}

test('the next episode is offered for the last fifteen seconds, and counts to the end', () => {
  assert.deepEqual(nextOffer({ ...END, remainingSeconds: 15.1 }), { kind: 'none' })
  const short = { ...END, durationSeconds: 60 }
  assert.equal(nextOffer({ ...short, remainingSeconds: 6.1 }).kind, 'none')
  assert.equal(nextOffer({ ...short, remainingSeconds: 6 }).kind, 'offered')
  assert.deepEqual(nextOffer(END), { kind: 'offered', secondsLeft: 15 })
  assert.deepEqual(nextOffer({ ...END, remainingSeconds: 0.4, offeredForSeconds: 14 }), {
    kind: 'offered',
    secondsLeft: 1,
  })
  const over = { ...END, isEnded: true, remainingSeconds: 0, offeredForSeconds: 15 }
  assert.deepEqual(nextOffer(over), { kind: 'now' })
})

test('credits are never cut: nothing starts by itself before the film has ended', () => {
  for (let remainingSeconds = 0.1; remainingSeconds < 20; remainingSeconds += 0.5)
    assert.notEqual(nextOffer({ ...END, remainingSeconds, offeredForSeconds: 99 }).kind, 'now')
})

test('who went straight to the end still has time to refuse', () => {
  const jumped = { ...END, isEnded: true, remainingSeconds: 0, offeredForSeconds: 2 }
  assert.deepEqual(nextOffer(jumped), { kind: 'offered', secondsLeft: 6 })
})

test('who stays with the credits is asked nothing until they are over, and then nothing starts by itself', () => {
  assert.deepEqual(nextOffer({ ...END, stays: true }), { kind: 'none' })
  const over = { ...END, stays: true, isEnded: true, offeredForSeconds: 99 }
  assert.deepEqual(nextOffer(over), { kind: 'offered', secondsLeft: null })
})

test('without the setting it is only offered, and the last episode offers nothing', () => {
  const over = { ...END, playsNext: false, isEnded: true, offeredForSeconds: 99 }
  assert.deepEqual(nextOffer(over), { kind: 'offered', secondsLeft: null })
  assert.deepEqual(nextOffer({ ...over, hasNext: false }), { kind: 'none' })
})

test('the next start is wanted for the last two minutes, of something short for its last fifth, and no sooner', () => {
  assert.equal(wantsNextStart({ ...END, remainingSeconds: 120.1 }), false)
  assert.equal(wantsNextStart({ ...END, remainingSeconds: 120 }), true)
  assert.equal(wantsNextStart({ ...END, durationSeconds: 10, remainingSeconds: 2.1 }), false)
  assert.equal(wantsNextStart({ ...END, durationSeconds: 10, remainingSeconds: 2 }), true)
  assert.equal(wantsNextStart({ ...END, remainingSeconds: 900, isEnded: true }), true)
})

test('no next start is wanted where nothing follows, or nothing begins by itself, or the length isn’t known', () => {
  assert.equal(wantsNextStart(END), true)
  assert.equal(wantsNextStart({ ...END, hasNext: false }), false)
  assert.equal(wantsNextStart({ ...END, playsNext: false }), false)
  assert.equal(wantsNextStart({ ...END, durationSeconds: 0, remainingSeconds: 0 }), false)
})
