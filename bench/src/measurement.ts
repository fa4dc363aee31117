import { execFileSync } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { arch, cpus, platform, totalmem } from 'node:os'
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
  readonly limit?: { readonly median?: number; readonly p99?: number }
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
  const { what, unit, median, p99, limit } = measurement
  const isWithin =
    median <= (limit?.median ?? Infinity) && (p99 ?? median) <= (limit?.p99 ?? Infinity)
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

/** The commit, with `+` when the tree holds more than that. */
function commit(): string {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: fileURLToPath(new URL('../..', import.meta.url)) })
      .toString()
      .trim()
  return `${git('rev-parse', '--short=12', 'HEAD')}${git('status', '--porcelain', '--untracked-files=no') === '' ? '' : '+'}`
}

/** What kind of machine: enough to compare figures, nothing that names one. */
function machine(): string {
  const [cpu] = cpus()
  const gigabytes = Math.round(totalmem() / 1e9)
  return `${platform()} ${arch()}, ${cpus().length} × ${cpu?.model.trim() ?? 'processor'}, ${gigabytes} GB, Node ${process.version}`
}
