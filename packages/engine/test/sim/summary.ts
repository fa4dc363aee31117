import type { Reached, RunResult } from './swarm-run.ts'

/** What the project allows beyond the limit whatever the ratio. */
const GRACE_MS = 60

/** How a time stands to its limit, over many runs. */
export interface Spread {
  readonly limitMs: number
  readonly medianMs: number
  readonly p95Ms: number
  /** Median and 95th percentile of (time - 60 ms) / limit, run by run. */
  readonly ratio: number
  readonly p95Ratio: number
}

/** Many runs of one scenario together. */
export interface Summary {
  readonly runs: number
  readonly play: Spread
  readonly seek: Spread
  /** Median of the first verified block beyond 5 round trips and its own time. */
  readonly firstOverMs: number
  readonly stalledRuns: number
  /** Of all bytes of all runs. */
  readonly duplicateShare: number
  /** Median of the time for which data of the old place came after a seek, beyond its peer's round trip. */
  readonly staleMs: number
  /** The longest of all beyond the time that its peer takes for a block, too. */
  readonly staleOverMs: number
  readonly innocents: number
}

/** Puts runs together; a seek's time is the mean of its three. */
export function summaryOf(results: readonly RunResult[]): Summary {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  return {
    runs: results.length,
    play: spreadOf(results.map(({ play }) => play)),
    seek: spreadOf(
      results.map(({ seeks }) => ({
        ms: mean(seeks.map(({ ms }) => ms)),
        limitMs: mean(seeks.map((seek) => seek.limitMs)),
      })),
    ),
    firstOverMs: quantile(
      results.map(({ first }) => first.ms - first.limitMs),
      0.5,
    ),
    stalledRuns: results.filter(({ stalls }) => stalls > 0).length,
    duplicateShare: mean(results.map((result) => result.duplicateShare)),
    staleMs: quantile(
      results.map((result) => result.staleMs),
      0.5,
    ),
    staleOverMs: Math.max(...results.map((result) => result.staleOverMs)),
    innocents: results.reduce((sum, { banned }) => sum + banned.innocent, 0),
  }
}

function spreadOf(times: readonly Reached[]): Spread {
  const ratios = times.map(({ ms, limitMs }) => (ms - GRACE_MS) / limitMs)
  return {
    limitMs: quantile(
      times.map(({ limitMs }) => limitMs),
      0.5,
    ),
    medianMs: quantile(
      times.map(({ ms }) => ms),
      0.5,
    ),
    p95Ms: quantile(
      times.map(({ ms }) => ms),
      0.95,
    ),
    ratio: quantile(ratios, 0.5),
    p95Ratio: quantile(ratios, 0.95),
  }
}

/** The value below which so much of the list lies; the list must not be empty. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const at = Math.min(sorted.length - 1, Math.floor(share * sorted.length))
  return sorted[at] ?? Number.NaN
}
