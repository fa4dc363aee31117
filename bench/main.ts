/**
 * `npm run bench -- NAME … [--trial]`: measures, and adds figures to docs/measurements.jsonl unless it's a trial.
 *
 *     catalogue [--works N]
 *     feed [--works N]
 *     viewer [--works N]
 *     first-frame [--scenario home,far …] [--seeds N] [--first-seed N]
 *     swarm [--scenario home,far …] [--client ours,webtorrent …] [--kind v1|hybrid --piece 1|4]
 *           [--seeds N] [--first-seed N] [--watch SECONDS] [--watch-after-seek SECONDS] [--warm]
 */
import { parseArgs } from 'node:util'
import { benchCatalogue } from './src/catalogue/catalogue-bench.ts'
import { benchFeed } from './src/feed/feed-bench.ts'
import { benchFirstFrame } from './src/first-frame/first-frame-bench.ts'
import { benchSwarm } from './src/swarm/swarm-bench.ts'
import { benchViewer } from './src/viewer/viewer-bench.ts'

/** What every bench is told. */
export interface BenchOptions {
  /** Works in a made-up catalogue. */
  readonly works: number
  /** Scenarios of the swarm bench, engines and kinds of torrent; empty = all. */
  readonly scenarios: readonly string[]
  readonly clients: readonly string[]
  readonly kind: string | undefined
  readonly piece: string | undefined
  /** How many swarms are drawn for each scenario, and from which seed on. */
  readonly seeds: number
  readonly firstSeed: number
  /** How much film is watched before the seeks, and after each. */
  readonly watchSeconds: number
  readonly watchAfterSeekSeconds: number
  /** Gets the film ready two seconds before play; only our engine can. */
  readonly isWarm: boolean
  /** Prints only. */
  readonly isTrial: boolean
  /** As it was typed, for the figures. */
  readonly command: string
}

/** Runs a bench; whether everything promised was reached. */
export type Bench = (options: BenchOptions) => Promise<boolean>

const BENCHES: Readonly<Record<string, Bench>> = {
  catalogue: benchCatalogue,
  feed: benchFeed,
  'first-frame': benchFirstFrame,
  swarm: benchSwarm,
  viewer: benchViewer,
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    trial: { type: 'boolean', default: false },
    works: { type: 'string', default: '100000' },
    scenario: { type: 'string' },
    client: { type: 'string' },
    kind: { type: 'string' },
    piece: { type: 'string' },
    seeds: { type: 'string', default: '3' },
    'first-seed': { type: 'string', default: '1' },
    watch: { type: 'string', default: '15' },
    'watch-after-seek': { type: 'string', default: '0' },
    warm: { type: 'boolean', default: false },
  },
})
const options: BenchOptions = {
  works: Number(values.works),
  scenarios: values.scenario?.split(',') ?? [],
  clients: values.client?.split(',') ?? [],
  kind: values.kind,
  piece: values.piece,
  seeds: Number(values.seeds),
  firstSeed: Number(values['first-seed']),
  watchSeconds: Number(values.watch),
  watchAfterSeekSeconds: Number(values['watch-after-seek']),
  isWarm: values.warm,
  isTrial: values.trial,
  command: ['npm run bench --', ...process.argv.slice(2)].join(' '),
}
for (const name of positionals.length === 0 ? Object.keys(BENCHES) : positionals) {
  const bench = BENCHES[name]
  if (bench === undefined) throw new Error(`no such bench: ${name}`)
  if (!(await bench(options))) process.exitCode = 1
}
