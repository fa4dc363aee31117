/** `npm run bench -- NAME … [--trial] [--works N]`: measures, and adds figures to docs/measurements.jsonl unless it's a trial. */
import { parseArgs } from 'node:util'
import { benchCatalogue } from './src/catalogue/catalogue-bench.ts'

/** What every bench is told. */
export interface BenchOptions {
  /** Works in a made-up catalogue. */
  readonly works: number
  /** Prints only. */
  readonly isTrial: boolean
  /** As it was typed, for the figures. */
  readonly command: string
}

/** Runs a bench; whether everything promised was reached. */
export type Bench = (options: BenchOptions) => Promise<boolean>

const BENCHES: Readonly<Record<string, Bench>> = { catalogue: benchCatalogue }

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    trial: { type: 'boolean', default: false },
    works: { type: 'string', default: '100000' },
  },
})
const options: BenchOptions = {
  works: Number(values.works),
  isTrial: values.trial,
  command: ['npm run bench --', ...process.argv.slice(2)].join(' '),
}
for (const name of positionals.length === 0 ? Object.keys(BENCHES) : positionals) {
  const bench = BENCHES[name]
  if (bench === undefined) throw new Error(`no such bench: ${name}`)
  if (!(await bench(options))) process.exitCode = 1
}
