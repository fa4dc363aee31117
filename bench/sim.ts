/**
 * `npm run sim -- [--seeds N] [--first SEED] [--only NAME,…] [--kinds hybrid,hybrid4,v1] [--watch SECONDS]
 * [--watch-after-seek SECONDS] [--supply TIMES] [--record]`: runs the product's scheduler over simulated swarms
 * (docs/streaming.md), prints a table, and ends red when a promise is broken that the tests hold it to; with
 * `--supply`, in swarms that bring so many times what the film takes, where only standing still is looked at;
 * with `--record`, adds its figures to docs/measurements.jsonl.
 */
import { parseArgs } from 'node:util'
import {
  SCENARIOS,
  brokenPromises,
  runSwarm,
  summaryOf,
  withSupply,
  type Scenario,
  type Spread,
  type Summary,
} from '@matinee/engine/sim'
import { record, single } from './src/measurement.ts'

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
    'watch-after-seek': { type: 'string', default: '0' },
    supply: { type: 'string' },
    record: { type: 'boolean', default: false },
  },
})
const seeds = Array.from({ length: Number(values.seeds) }, (_, i) => Number(values.first) + i)
const command = ['npm run sim --', ...process.argv.slice(2)].join(' ')
const startMs = performance.now()
let runs = 0
let broken = 0
console.log(
  'kind    scenario           play: limit median    p95 (ratio, p95)  seek: limit median p95   (ratio, p95) first stalls  dup % stale',
)
for (const kind of KINDS.filter(({ name }) => values.kinds.split(',').includes(name)))
  for (const one of SCENARIOS) {
    if (values.only !== undefined && !values.only.split(',').includes(one.name)) continue
    const { supply } = values
    const scenario = supply === undefined ? one : withSupply(one, Number(supply))
    const summary = summaryOf(
      seeds.map((seed) => runSwarm({ scenario, seed, ...kind, ...watch() })),
    )
    runs += seeds.length
    print(kind.name, scenario.name, summary)
    if (supply === undefined)
      for (const words of brokenPromises(kind.kind, scenario, summary)) {
        console.log(`        BROKEN ${words}`)
        broken++
      }
    else if (summary.stalledRuns > 0) broken++
    if (values.record) note(kind.name, scenario, summary)
  }
const seconds = (performance.now() - startMs) / 1000
const perMinute = (60 * runs) / seconds
console.log(`${runs} swarms in ${seconds.toFixed(1)} s, ${perMinute.toFixed(0)} a minute`)
if (values.record) {
  const what = 'simulated swarms, each a film watched and sought in'
  record({ what, unit: 'swarms a minute', ...single(perMinute), seeds }, command)
}
if (broken > 0) process.exitCode = 1

function watch(): { readonly watchSeconds?: number; readonly watchAfterSeekSeconds: number } {
  const watchAfterSeekSeconds = Number(values['watch-after-seek'])
  return values.watch === undefined
    ? { watchAfterSeekSeconds }
    : { watchSeconds: Number(values.watch), watchAfterSeekSeconds }
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
