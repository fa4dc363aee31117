export { brokenPromises } from './promise.ts'
export {
  BENCH_SCENARIOS,
  MORE_SCENARIOS,
  SCENARIOS,
  withSupply,
  type Scenario,
} from './scenario.ts'
export { summaryOf, type Spread, type Summary } from './summary.ts'
export { runSwarm, type RunOptions, type RunResult } from './swarm-run.ts'
export { chanceOf } from './event-clock.ts'
export { lossShareAt, sentMs, type PeerPlan } from './peer-plan.ts'
