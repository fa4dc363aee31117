/**
 * `npm run sim -- [--seeds N] [--first SEED] [--only NAME,…] [--kinds hybrid,hybrid4,v1] [--watch SECONDS] [--record]`:
 * runs the product's scheduler over simulated swarms (docs/streaming.md) and prints a table; with
 * `--record`, adds its figures to docs/measurements.jsonl.
 */
import { parseArgs } from 'node:util'
import {
  BENCH_SCENARIOS,
  MORE_SCENARIOS,
  runSwarm,
  summaryOf,
  type Scenario,
  type Spread,
  type Summary,
} from '@matinee/engine/sim'
import { record } from './src/measurement.ts'

const MIB = 1 << 20
const KINDS = [
  { name: 'hybrid', kind: 'hybrid', pieceLength: MIB },
  { name: 'hybrid4', kind: 'hybrid', pieceLength: 4 * MIB },
  { name: 'v1', kind: 'v1', pieceLength: MIB },
] as const

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '10' },
    first: { type: 'string', default: '1' },
    only: { type: 'string' },
    kinds: { type: 'string', default: 'hybrid,v1' },
    watch: { type: 'string' },
    record: { type: 'boolean', default: false },
  },
})
const seeds = Array.from({ length: Number(values.seeds) }, (_, i) => Number(values.first) + i)
const command = ['npm run sim --', ...process.argv.slice(2)].join(' ')
const startMs = performance.now()
let runs = 0
console.log(
  'kind    scenario           play: limit median    p95 (ratio, p95)  seek: limit median p95   (ratio, p95) first stalls  dup % stale',
)
for (const kind of KINDS.filter(({ name }) => values.kinds.split(',').includes(name)))
  for (const scenario of [...BENCH_SCENARIOS, ...MORE_SCENARIOS]) {
    if (values.only !== undefined && !values.only.split(',').includes(scenario.name)) continue
    const summary = summaryOf(
      seeds.map((seed) => runSwarm({ scenario, seed, ...kind, ...watch() })),
    )
    runs += seeds.length
    print(kind.name, scenario.name, summary)
    if (values.record) note(kind.name, scenario, summary)
  }
const seconds = (performance.now() - startMs) / 1000
const perMinute = ((60 * runs) / seconds).toFixed(0)
console.log(`${runs} swarms in ${seconds.toFixed(1)} s, ${perMinute} a minute`)

function watch(): { readonly watchSeconds?: number } {
  return values.watch === undefined ? {} : { watchSeconds: Number(values.watch) }
}

function print(kind: string, scenario: string, summary: Summary): void {
  const time = ({ limitMs, medianMs, p95Ms, ratio, p95Ratio }: Spread): string =>
    `${[limitMs, medianMs, p95Ms].map((ms) => ms.toFixed(0).padStart(6)).join(' ')} (${ratio.toFixed(2)}, ${p95Ratio.toFixed(2)})`
  const innocents = summary.innocents > 0 ? ` BANNED INNOCENTS ${summary.innocents}` : ''
  console.log(
    [
      kind.padEnd(7),
      scenario.padEnd(18),
      time(summary.play),
      time(summary.seek),
      summary.firstOverMs.toFixed(0).padStart(5),
      `${summary.stalledRuns}/${summary.runs}`.padStart(6),
      (100 * summary.duplicateShare).toFixed(2).padStart(6),
      summary.staleMs.toFixed(0).padStart(5) + innocents,
    ].join(' '),
  )
}

function note(kind: string, { name }: Scenario, summary: Summary): void {
  for (const what of ['play', 'seek'] as const) {
    const { medianMs, p95Ms, limitMs } = summary[what]
    const figure = { unit: 'ms', median: Math.round(medianMs), p95: Math.round(p95Ms) }
    const title = `simulated swarm: ${name}, ${kind}, ${what}; the limit is ${Math.round(limitMs)} ms`
    record({ what: title, ...figure, samples: seeds.length, seeds }, command)
  }
}
