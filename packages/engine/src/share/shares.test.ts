import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeClock } from '@matinee/testkit'
import { Shares, type ShareFacts } from './shares.ts'

const SEEDING: ShareFacts = { rank: 'seeding', connections: 10, uploads: 4, isStarving: false }

test('A11: who asks for its share four times a second makes nobody be asked more than once a second', async () => {
  const clock = new FakeClock()
  const shares = new Shares({ clock, maxConnections: 1000, maxUploads: 64 })
  let asked = 0
  const joined = Array.from({ length: 200 }, () =>
    shares.join(() => {
      asked++
      return SEEDING
    }),
  )
  for (let tick = 0; tick < 240; tick++) {
    for (const share of joined) share.connections()
    await clock.advance(250)
  }
  assert.ok(asked <= 200 * 61, `${asked} questions in a minute`)
})

test('A11: while there is enough for all nothing is divided, and a film that comes is felt within a second', async () => {
  const clock = new FakeClock()
  const shares = new Shares({ clock, maxConnections: 20, maxUploads: 8 })
  const first = shares.join(() => SEEDING)
  const second = shares.join(() => SEEDING)
  assert.equal(first.connections(), Infinity)
  assert.equal(second.uploads(), Infinity)
  const film: ShareFacts = { rank: 'playing', connections: 12, uploads: 6, isStarving: true }
  const third = shares.join(() => film)
  assert.deepEqual(
    [first, second, third].map((one) => one.connections()),
    [4, 4, 12],
  )
  assert.deepEqual(
    [first, second, third].map((one) => one.uploads()),
    [1, 1, 6],
  )
  assert.ok(first.isAnyStarving())
  third.leave()
  assert.equal(first.connections(), Infinity)
  assert.ok(!first.isAnyStarving())
})
