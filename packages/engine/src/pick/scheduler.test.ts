import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { BlockSource } from './block-source.ts'
import { BlockTable } from './block-table.ts'
import type { Demand } from './demand.ts'
import { Pace } from './pace.ts'
import { MOST_OWNERS, firstBlocksFor, planPass, type PassView } from './scheduler.ts'

const PIECE_BLOCKS = 4

function source(id: number, roundTripMs: number, pieces?: readonly number[]): BlockSource {
  return {
    id,
    kind: 'peer',
    pace: new Pace(roundTripMs),
    canGive: (piece) => pieces?.includes(piece) ?? true,
    hasRefused: () => false,
    isSpared: () => false,
    request: () => {},
    cancel: () => {},
    setWanted: () => {},
  }
}

/** Lets a source bring blocks, one each so many milliseconds, until now. */
function taught(one: BlockSource, serviceMs: number, nowMs: number): BlockSource {
  for (let i = 0; i < 6; i++) {
    const block = 1000 + i
    one.pace.asked(block, nowMs - 6 * serviceMs - one.pace.roundTripMs)
  }
  for (let i = 0; i < 6; i++) one.pace.arrived(1000 + i, nowMs - (5 - i) * serviceMs)
  return one
}

function view(change: Partial<PassView>): PassView {
  return {
    nowMs: 10_000,
    table: new BlockTable(64),
    blocksPerPiece: PIECE_BLOCKS,
    demand: { goals: [{ first: 0, end: 16 }], windows: [], later: [] },
    sources: [],
    expectedSources: 1,
    firstMissing: 16,
    hedges: 8,
    mayAsk: () => true,
    ...change,
  }
}

function blocksOf(view: PassView): ReadonlyMap<number, readonly number[]> {
  const { orders } = planPass(view)
  return new Map(orders.map(({ source: { id }, blocks }) => [id, blocks]))
}

test('blocks go to whoever would bring them first, and slow sources get none that are needed soon', () => {
  const fast = taught(source(1, 20), 5, 10_000)
  const slow = taught(source(2, 20), 2000, 10_000)
  const given = blocksOf(view({ sources: [slow, fast] }))
  assert.ok((given.get(1)?.length ?? 0) >= 4)
  assert.equal(given.get(1)?.[0], 0)
  assert.equal(given.has(2), false)
})

test('a full source that is faster keeps its blocks', () => {
  const fast = taught(source(1, 20), 10, 10_000)
  const slow = taught(source(2, 20), 100, 10_000)
  const given = blocksOf(view({ sources: [slow, fast] }))
  const late = given.get(2) ?? []
  const early = given.get(1) ?? []
  assert.ok(early.every((block) => late.every((other) => block < other)))
  assert.ok(Math.max(...early) + 1 < Math.min(...late, 17), 'blocks between them stay free')
})

test('what a silent source owes is asked of another, and a late copy counts against the budget', () => {
  const nowMs = 10_000
  const table = new BlockTable(64)
  const silent = taught(source(1, 20), 10, nowMs - 500)
  for (let block = 0; block < 4; block++) {
    table.request(block, 1)
    silent.pace.asked(block, nowMs - 450)
  }
  const other = taught(source(2, 20), 10, nowMs)
  const demand: Demand = { goals: [{ first: 0, end: 4 }], windows: [], later: [] }
  const plan = planPass(view({ table, sources: [silent, other], demand }))
  assert.deepEqual(
    plan.orders.map(({ source: { id } }) => id),
    [2],
  )
  assert.ok(plan.hedges > 0)
  const poor = planPass(view({ table, sources: [silent, other], demand, hedges: 0 }))
  assert.deepEqual(poor.orders, [])
})

test('the beginning is spread over the sources that share it', () => {
  assert.equal(firstBlocksFor(80, 1), 32)
  assert.equal(firstBlocksFor(80, 40), 2)
  assert.equal(firstBlocksFor(4, 21), 1)
})

test('a plan never asks for what is here, never twice of one source, never of more than may owe it', () => {
  const act = fc.tuple(
    fc.nat(15),
    fc.nat(3),
    fc.constantFrom('ask', 'hold', 'have', 'cancel', 'wait'),
  )
  fc.assert(
    fc.property(fc.array(act, { maxLength: 80 }), fc.nat(4), (acts, hedges) => {
      const table = new BlockTable(16)
      const sources = [0, 1, 2, 3].map((id) =>
        source(id, 10 + 30 * id, id === 3 ? [0, 2] : undefined),
      )
      let nowMs = 0
      for (const [block, id, what] of acts) {
        const one = sources[id]
        assert.ok(one)
        nowMs += what === 'wait' ? 400 : 7
        if (
          what === 'ask' &&
          !table.isHave(block) &&
          !table.isHeld(block) &&
          !one.pace.mentions(block)
        ) {
          table.request(block, id)
          one.pace.asked(block, nowMs)
        } else if (what === 'cancel' && one.pace.canceled(block)) table.release(block, id)
        else if (what === 'hold' && table.owners(block).includes(id)) {
          one.pace.arrived(block, nowMs)
          for (const owner of table.hold(block)) sources[owner]?.pace.canceled(block)
        } else if (what === 'have' && table.isHeld(block)) table.have(block)
        const goals = [{ first: 0, end: 16 }]
        const plan = planPass(
          view({ nowMs, table, sources, hedges, demand: { goals, windows: [], later: [] } }),
        )
        assert.ok(plan.hedges <= hedges)
        const isAnyHeard = sources.some(({ pace }) => pace.delivered > 0)
        const asked = new Map<number, number>()
        for (const { source: chosen, blocks } of plan.orders)
          for (const wanted of blocks) {
            assert.ok(!table.isHave(wanted) && !table.isHeld(wanted), 'it is not here')
            assert.ok(
              !table.owners(wanted).includes(chosen.id),
              'it is not owed by the same source',
            )
            assert.ok(chosen.canGive(Math.floor(wanted / PIECE_BLOCKS)))
            asked.set(wanted, (asked.get(wanted) ?? 0) + 1)
            if (table.isMissing(wanted) && isAnyHeard) assert.equal(asked.get(wanted), 1)
          }
        if (isAnyHeard)
          for (const [wanted, count] of asked)
            assert.ok(count <= 1 && wanted < 16 && count < MOST_OWNERS)
      }
    }),
  )
})
