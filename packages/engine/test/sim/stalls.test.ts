import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SCENARIOS, withSupply, type Scenario } from './scenario.ts'
import { runSwarm, type RunResult } from './swarm-run.ts'

const MIB = 1 << 20
const FILM_SECONDS = 600

function watch(
  scenario: Scenario,
  order: {
    readonly seeds: number
    readonly watchSeconds: number
    readonly watchAfterSeekSeconds: number
  },
): RunResult[] {
  const run = (_: unknown, i: number) =>
    runSwarm({ ...order, scenario, seed: 7001 + i, kind: 'hybrid', pieceLength: MIB })
  return Array.from({ length: order.seeds }, run)
}

function assertNeverStill(results: readonly RunResult[]): void {
  for (const [i, { stalls, stalledMs, play, seeks, duplicateShare }] of results.entries()) {
    assert.equal(stalls, 0, `seed ${7001 + i}: ${stalledMs.toFixed(0)} ms`)
    assert.ok([play, ...seeks].every(({ ms }) => ms < Infinity))
    assert.ok(duplicateShare <= 0.03, `${(100 * duplicateShare).toFixed(1)} % duplicates`)
  }
}

/** Nearly to its end, and a while after each seek to where nothing has come yet. */
const WHOLE = { seeds: 1, watchSeconds: FILM_SECONDS - 10, watchAfterSeekSeconds: 0 }
const SEEKING = { seeds: 2, watchSeconds: 20, watchAfterSeekSeconds: 50 }

for (const scenario of SCENARIOS)
  test(`${scenario.name}: ten minutes of film never stand still, nor does it after a seek`, () => {
    assertNeverStill(watch(scenario, WHOLE))
    assertNeverStill(watch(scenario, SEEKING))
  })

/**
 * How many times the film's rate it takes where 1.2 times aren't enough: while all choke at once, or what is
 * lost is sent again, or those that were fast say nothing any more, less comes than peers have on average; and
 * of many peers whose blocks take five seconds each, one has been asked for one that is due before.
 */
const LEAST_SUPPLY = new Map([
  ['choke cycles', 1.3],
  ['one fast', 1.5],
  ['thin and lossy', 1.3],
  ['web seeds that freeze', 1.5],
])

// Where all send in bursts at once nothing comes for two seconds at a time, as long as the film's first seconds last.
for (const scenario of SCENARIOS.filter(({ name }) => name !== 'bursts')) {
  const times = LEAST_SUPPLY.get(scenario.name) ?? 1.2
  test(`${scenario.name} with ${times} times what the film takes: it never stands still`, () => {
    const lean = withSupply(scenario, times)
    assertNeverStill(watch(lean, WHOLE))
    assertNeverStill(watch(lean, SEEKING))
  })
}
