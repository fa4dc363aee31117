import type { JudgedRun } from './swarm-bench.ts'
import { meanSeekMs } from './swarm-goal.ts'
import { spread } from '../measurement.ts'

const NEVER_MS = 60_000
const WIDTHS = [11, 10, 16, 13, 19, 19, 9, 9, 10, 8] as const

/** Prints what came of the runs: a line for each scenario, kind of torrent and engine. */
export function printSwarmTable(runs: readonly JudgedRun[]): void {
  const groups = new Map<string, JudgedRun[]>()
  for (const run of runs) {
    const { scenario, kind, pieceMiB } = run.order
    const key = [scenario, `${kind} ${pieceMiB}`, run.client].join('\t')
    groups.set(key, [...(groups.get(key) ?? []), run])
  }
  print([
    'scenario',
    'torrent',
    'engine',
    'limit',
    'play: median p95',
    'seek: median p95',
    'stalled',
    'CPU/MB',
    'memory',
    'Mbit/s',
  ])
  for (const [key, group] of groups) print([...key.split('\t'), ...cellsOf(group)])
}

function cellsOf(runs: readonly JudgedRun[]): string[] {
  const of = (value: (run: JudgedRun) => number): { median: number; p95: number } =>
    spread(runs.map(value))
  const limits = [of(({ limit }) => limit.playMs), of(({ limit }) => meanSeekMs(limit))]
  const isWhole = runs.some(({ result }) => result.wholeMs !== null)
  const time = (value: (run: JudgedRun) => number, limitMs: number): string => {
    const { median, p95 } = of(value)
    return `${median.toFixed(0)} ${p95.toFixed(0)} ×${(median / limitMs).toFixed(2)}`
  }
  const [play, seek] = limits
  return [
    isWhole ? '' : `${play?.median.toFixed(0)}/${seek?.median.toFixed(0)}`,
    isWhole ? '' : time(({ result }) => result.playMs ?? NEVER_MS, play?.median ?? 0),
    isWhole
      ? ''
      : time(
          ({ result }) => meanSeekMs({ seekMs: result.seekMs.map((ms) => ms ?? NEVER_MS) }),
          seek?.median ?? 0,
        ),
    isWhole ? '' : `${(of(({ result }) => result.stalledMs).median / 1000).toFixed(1)} s`,
    of(({ cpuMs, report }) => cpuMs / Math.max(1, report.servedBlocks * 0.016384)).median.toFixed(
      1,
    ),
    `${of(({ peakResidentBytes }) => peakResidentBytes / 1e6).median.toFixed(0)} MB`,
    isWhole
      ? of(
          ({ result, order }) => (order.filmBytes * 8) / 1000 / (result.wholeMs ?? Infinity),
        ).median.toFixed(0)
      : '',
  ]
}

function print(cells: readonly string[]): void {
  console.log(cells.map((cell, i) => cell.padEnd(WIDTHS[i] ?? 10)).join(''))
}
