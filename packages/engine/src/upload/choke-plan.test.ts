import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { planChokes, type ChokeFacts, type ChokeWorld } from './choke-plan.ts'

const MIB = 1024 * 1024

function peer(id: number, more: Partial<ChokeFacts> = {}): ChokeFacts {
  return {
    id,
    isInterested: true,
    isUnchoked: false,
    gaveBytes: 0,
    turnBytes: 0,
    servedMs: id,
    ...more,
  }
}

function plan(peers: readonly ChokeFacts[], more: Partial<ChokeWorld> = {}): readonly number[] {
  return [...planOf(peers, more).unchoked].sort((a, b) => a - b)
}

function planOf(peers: readonly ChokeFacts[], more: Partial<ChokeWorld> = {}) {
  const optimistic = { id: null, sinceMs: Number.NEGATIVE_INFINITY }
  return planChokes({ peers, slots: 3, isFetching: true, optimistic, nowMs: 100_000, ...more })
}

test('everybody who wants something is served while there are slots', () => {
  assert.deepEqual(plan([peer(1), peer(2, { isInterested: false }), peer(3)]), [1, 3])
})

test('while we fetch, those who give most are served, and one newcomer', () => {
  const givers = [10, 50, 30, 40].map((gaveBytes, id) => peer(id, { gaveBytes, isUnchoked: true }))
  assert.deepEqual(plan([...givers, peer(9)]), [1, 3, 9])
})

test('the newcomer keeps its slot for 30 s, then the one that waited longest has it', () => {
  const peers = [peer(1, { gaveBytes: 9 }), peer(2, { gaveBytes: 8 }), peer(3), peer(4), peer(5)]
  const optimistic = { id: 5, sinceMs: 80_000 }
  assert.deepEqual(plan(peers, { optimistic, nowMs: 109_999 }), [1, 2, 5])
  assert.deepEqual(plan(peers, { optimistic, nowMs: 110_000 }), [1, 2, 3])
})

test('a newcomer that begins to give most has earned its slot, and another newcomer comes in', () => {
  const peers = [1, 2, 3, 4].map((id) => peer(id, { gaveBytes: 5 - id }))
  const earned = peer(5, { gaveBytes: 100, isUnchoked: true })
  const optimistic = { id: 5, sinceMs: 99_000 }
  assert.deepEqual(plan([...peers, earned], { optimistic }), [1, 2, 5])
})

test('where we only give, a turn lasts 8 MiB, and who has waited longest comes next', () => {
  const served = [1, 2, 3].map((id) => peer(id, { isUnchoked: true, turnBytes: MIB }))
  const optimistic = { id: 3, sinceMs: 99_000 }
  const only = { isFetching: false, optimistic }
  assert.deepEqual(plan([...served, peer(4)], only), [1, 2, 3])
  const over = served.map((one) => (one.id === 1 ? { ...one, turnBytes: 8 * MIB } : one))
  assert.deepEqual(plan([...over, peer(4), peer(5)], only), [2, 3, 4])
})

test('of any peers as many are served as there are slots, only interested ones, and everybody in the end', () => {
  const anyPeer = fc.record({
    id: fc.integer({ min: 0, max: 30 }),
    isInterested: fc.boolean(),
    isUnchoked: fc.boolean(),
    gaveBytes: fc.nat({ max: 9 * MIB }),
    turnBytes: fc.nat({ max: 9 * MIB }),
    servedMs: fc.nat({ max: 90_000 }),
  })
  const peers = fc.uniqueArray(anyPeer, { selector: ({ id }) => id, maxLength: 20 })
  fc.assert(
    fc.property(peers, fc.integer({ min: 1, max: 9 }), fc.boolean(), (all, slots, isFetching) => {
      let now = all
      let optimistic = planOf(all).optimistic
      const interested = all.filter(({ isInterested }) => isInterested).map(({ id }) => id)
      const served = new Set<number>()
      for (let round = 1; round <= 200; round++) {
        const nowMs = 100_000 + round * 10_000
        const made = planChokes({ peers: now, slots, isFetching, optimistic, nowMs })
        assert.equal(made.unchoked.size, Math.min(slots, interested.length))
        for (const id of made.unchoked) {
          assert.ok(interested.includes(id))
          served.add(id)
        }
        optimistic = made.optimistic
        now = now.map((one) => {
          const isUnchoked = made.unchoked.has(one.id)
          const servedMs = one.isUnchoked && !isUnchoked ? nowMs : one.servedMs
          const turnBytes = isUnchoked && one.isUnchoked ? one.turnBytes + MIB : 0
          return { ...one, isUnchoked, servedMs, turnBytes }
        })
      }
      assert.equal(served.size, interested.length)
    }),
  )
})
