import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brokenPromises } from './promise.ts'
import { BENCH_SCENARIOS, SCENARIOS, scenarioNamed, type Scenario } from './scenario.ts'
import { summaryOf, type Summary } from './summary.ts'
import { runSwarm, type RunOptions } from './swarm-run.ts'

const MIB = 1 << 20

function summaryFor(
  scenario: Scenario,
  more: Partial<RunOptions> & { readonly seeds: number },
): Summary {
  const { seeds, kind = 'hybrid', pieceLength = MIB } = more
  const run = (_: unknown, i: number) =>
    runSwarm({ ...more, scenario, kind, pieceLength, seed: 7001 + i })
  return summaryOf(Array.from({ length: seeds }, run))
}

for (const kind of ['hybrid', 'v1'] as const)
  for (const scenario of SCENARIOS)
    test(`${scenario.name}, ${kind}: film and seeks come nearly as soon as they could`, () => {
      const isOfBench = BENCH_SCENARIOS.includes(scenario)
      const watchSeconds = isOfBench ? 12 : 20
      const summary = summaryFor(scenario, { kind, watchSeconds, seeds: isOfBench ? 6 : 4 })
      assert.deepEqual(brokenPromises(kind, scenario, summary), [])
    })

for (const name of ['home', 'far', 'mixed', 'partial'])
  test(`${name}: pieces of 4 MiB cost nothing where blocks are verified alone`, () => {
    const scenario = scenarioNamed(name)
    const summary = summaryFor(scenario, { pieceLength: 4 * MIB, watchSeconds: 8, seeds: 6 })
    assert.deepEqual(brokenPromises('hybrid', scenario, summary), [])
  })

for (const scenario of SCENARIOS)
  test(`${scenario.name}: opened two seconds after warm, the first verified byte is here within 50 ms`, () => {
    for (const seed of [7001, 7002, 7003]) {
      const options = { scenario, seed, kind: 'hybrid', pieceLength: MIB, warmSeconds: 2 } as const
      const { first } = runSwarm({ ...options, watchSeconds: 0 })
      assert.ok(first.ms <= 50, `${first.ms} ms, seed ${seed}`)
    }
  })

test('the same seed gives the same run, in every scenario', () => {
  for (const scenario of SCENARIOS) {
    const once = () =>
      runSwarm({ scenario, seed: 5, kind: 'hybrid', pieceLength: MIB, watchSeconds: 2 })
    assert.deepEqual(once(), once(), scenario.name)
  }
})
