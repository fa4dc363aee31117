import { BENCH_SCENARIOS, MORE_SCENARIOS, type Scenario } from '@matinee/engine/sim'

/** The film of the benchmark: ten minutes. */
export const FILM_BYTES = 387_630_000

/** One peer without a limit: how fast an engine can be, and what it costs. */
export const UNLIMITED_NAME = 'unlimited'
const UNLIMITED: Scenario = {
  name: UNLIMITED_NAME,
  lineBytesPerSecond: Number.POSITIVE_INFINITY,
  bytesPerSecond: 646_050,
  watchSeconds: 0,
  peers: () => [{ rttMs: 0, bytesPerSecond: Number.POSITIVE_INFINITY, manner: { kind: 'serves' } }],
}

/** Those that every engine is measured in; the simulator runs the same, drawn from the same seeds. */
export const SCENARIO_NAMES: readonly string[] = BENCH_SCENARIOS.map(({ name }) => name)

/**
 * A scenario by its name; peers that come later in it are there from the beginning, as a tracker tells of all at
 * once. Throws RangeError when there is none.
 */
export function swarmScenario(name: string): Scenario {
  const found = [...BENCH_SCENARIOS, ...MORE_SCENARIOS, UNLIMITED].find((one) => one.name === name)
  if (!found) throw new RangeError(`no scenario ${name}`)
  return found
}
