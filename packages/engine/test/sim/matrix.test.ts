import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BENCH_SCENARIOS, MORE_SCENARIOS, type Scenario } from './scenario.ts'
import { summaryOf, type Summary } from './summary.ts'
import { runSwarm } from './swarm-run.ts'

const MIB = 1 << 20
const SEEDS = 6

function summaryFor(
  scenario: Scenario,
  kind: 'v1' | 'hybrid',
  watchSeconds: number,
  more: { readonly pieceLength?: number; readonly seeds?: number } = {},
): Summary {
  const { pieceLength = MIB, seeds = SEEDS } = more
  const run = (_: unknown, i: number) =>
    runSwarm({ scenario, seed: 7001 + i, kind, pieceLength, watchSeconds })
  return summaryOf(Array.from({ length: seeds }, run))
}

function named(name: string): Scenario {
  const found = [...BENCH_SCENARIOS, ...MORE_SCENARIOS].find((one) => one.name === name)
  assert.ok(found)
  return found
}

function assertAtMost(value: number, bound: number, what: string): void {
  assert.ok(value <= bound, `${what}: ${value.toFixed(2)}, at most ${bound}`)
}

/** Over the limit by this factor and 60 ms at most: median, and 95th percentile. */
const BOUNDS = {
  hybrid: { usual: 1.25, weak: 1.35, hostile: 1.25, p95: 2 },
  v1: { usual: 1.35, weak: 1.35, hostile: 1.8, p95: 2.5 },
} as const

for (const kind of ['hybrid', 'v1'] as const)
  for (const scenario of BENCH_SCENARIOS)
    test(`${scenario.name}, ${kind}: film and seeks come nearly as soon as they could`, () => {
      const { name } = scenario
      const bounds = BOUNDS[kind]
      const isWeak = name === 'weak' || name === 'tight'
      const most = isWeak ? bounds.weak : name === 'hostile' ? bounds.hostile : bounds.usual
      const summary = summaryFor(scenario, kind, 12)
      assertAtMost(summary.play.ratio, most, 'play')
      assertAtMost(summary.seek.ratio, most, 'seek')
      assertAtMost(summary.play.p95Ratio, bounds.p95, 'play, worst')
      assertAtMost(summary.seek.p95Ratio, bounds.p95, 'seek, worst')
      assertAtMost(summary.duplicateShare, 0.03, 'duplicates')
      assert.equal(summary.innocents, 0, 'honest peers that were turned away')
      if (kind === 'hybrid') assertAtMost(summary.firstOverMs, 60, 'first block')
    })

/** The limit knows who chokes and who has fallen silent; nobody else can. */
const SEEK_BOUNDS = new Map([
  ['choke cycles', 3],
  ['freezing', 2.2],
])

for (const scenario of MORE_SCENARIOS)
  test(`${scenario.name}: film and seeks come, and nobody stalls`, () => {
    const summary = summaryFor(scenario, 'hybrid', 20, { seeds: 4 })
    assertAtMost(summary.play.ratio, 1.7, 'play')
    assertAtMost(summary.seek.ratio, SEEK_BOUNDS.get(scenario.name) ?? 1.7, 'seek')
    assertAtMost(summary.duplicateShare, 0.03, 'duplicates')
    assert.equal(summary.stalledRuns, 0)
    assert.equal(summary.innocents, 0)
  })

for (const name of ['home', 'mixed', 'weak', 'partial', 'tight', 'hostile'])
  test(`${name}: ten minutes of film never stand still`, () => {
    const summary = summaryFor(named(name), 'hybrid', 580, { seeds: 2 })
    assert.equal(summary.stalledRuns, 0)
    assertAtMost(summary.duplicateShare, 0.03, 'duplicates')
  })

for (const name of ['home', 'far'])
  test(`${name}: pieces of 4 MiB cost nothing where blocks are verified alone`, () => {
    const summary = summaryFor(named(name), 'hybrid', 8, { pieceLength: 4 * MIB })
    assertAtMost(summary.play.ratio, 1.25, 'play')
    assertAtMost(summary.seek.ratio, 1.25, 'seek')
  })

test('after a seek, data of the old place comes for little more than a round trip', () => {
  assertAtMost(summaryFor(named('far'), 'hybrid', 8).staleMs, 150, 'far')
  // The slowest peer of a home swarm needs 130 ms for the block that it can't take back.
  assertAtMost(summaryFor(named('home'), 'hybrid', 8).staleMs, 280, 'home')
})

test('the same seed gives the same run', () => {
  const once = () =>
    runSwarm({ scenario: named('mixed'), seed: 5, kind: 'v1', pieceLength: MIB, watchSeconds: 5 })
  assert.deepEqual(once(), once())
})
