import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { arch, cpus, loadavg, platform, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'

/** A figure: one line of docs/measurements.jsonl. Only bench programs write them. */
export interface Measurement {
  /** What was measured, such as `catalogue: search, three letters or more`. */
  readonly what: string
  /** `ms`, `s`, `MB` (10^6 bytes), `works` … */
  readonly unit: string
  readonly median: number
  readonly p95: number
  /** Where the tail is what matters. */
  readonly p99?: number
  /** How many were measured. */
  readonly samples: number
  /** Where chance was made from. */
  readonly seeds: readonly (number | string)[]
  /** With which other program or way it's compared, by its version. */
  readonly peer?: string
  /** What it must reach, where something was promised: at most this median, this 99th percentile. */
  readonly limit?: { readonly median?: number; readonly p95?: number; readonly p99?: number }
  /** What nobody can go below: the median of what a clairvoyant one could do in the same runs. */
  readonly floor?: number
}

const FILE = fileURLToPath(new URL('../../docs/measurements.jsonl', import.meta.url))

/** Median and tail of what was measured, in any order; at least one. */
export function spread(
  values: readonly number[],
): Pick<Measurement, 'median' | 'p95' | 'p99' | 'samples'> {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number): number => {
    const index = Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)
    return rounded(sorted[Math.max(0, index)] ?? Number.NaN)
  }
  return { median: at(0.5), p95: at(0.95), p99: at(0.99), samples: sorted.length }
}

/** One value that was measured once. */
export function single(value: number): Pick<Measurement, 'median' | 'p95' | 'samples'> {
  return { median: rounded(value), p95: rounded(value), samples: 1 }
}

/** Prints a figure, and adds it to docs/measurements.jsonl unless it's a trial. Returns whether its limit holds. */
export function record(measurement: Measurement, command: string, isTrial = false): boolean {
  const { what, unit, median, p95, p99, limit } = measurement
  const isWithin =
    median <= (limit?.median ?? Infinity) &&
    p95 <= (limit?.p95 ?? Infinity) &&
    (p99 ?? median) <= (limit?.p99 ?? Infinity)
  const tail = p99 === undefined ? '' : `, p99 ${p99}`
  console.log(`${isWithin ? 'ok  ' : 'OVER'} ${what}: median ${median}${tail} ${unit}`)
  if (isTrial) return isWithin
  const line = { commit: commit(), on: new Date().toISOString(), command, machine: machine() }
  appendFileSync(FILE, `${JSON.stringify({ ...line, ...measurement })}\n`)
  return isWithin
}

function rounded(value: number): number {
  return Number(value.toPrecision(4))
}

/** The commit, with `+` when the tree holds more than that; the figures themselves aside. */
function commit(): string {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: fileURLToPath(new URL('../..', import.meta.url)) })
      .toString()
      .trim()
  const changes = git(
    'status',
    '--porcelain',
    '--untracked-files=no',
    '--',
    ':/',
    ':!/docs/measurements.jsonl',
  )
  return `${git('rev-parse', '--short=12', 'HEAD')}${changes === '' ? '' : '+'}`
}

/** Every figure that was written, the oldest first. */
export function recorded(): readonly Measurement[] {
  if (!existsSync(FILE)) return []
  const lines = readFileSync(FILE, 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Measurement)
}

/** What kind of machine and how busy: enough to compare figures, nothing that names one. */
function machine(): string {
  const [cpu] = cpus()
  const [load = 0] = loadavg()
  const gigabytes = Math.round(totalmem() / 1e9)
  return `${platform()} ${arch()}, ${cpus().length} × ${cpu?.model.trim() ?? 'processor'}, ${gigabytes} GB, Node ${process.version}, load ${load.toFixed(1)}`
}
