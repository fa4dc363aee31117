export { BENCH_SCENARIOS, MORE_SCENARIOS, type Scenario } from './scenario.ts'
export { summaryOf, type Spread, type Summary } from './summary.ts'
export { runSwarm, type RunOptions, type RunResult } from './swarm-run.ts'
