import { performance } from 'node:perf_hooks'
import type { BenchOptions } from '../../main.ts'
import { record, spread, type Measurement } from '../measurement.ts'
import { CLIENT_NAMES, clientVersion, installPeers } from './bench-peers.ts'
import { playerSpans, type PlayOrder } from './film-player.ts'
import type { FilmKind } from './film.ts'
import { idleResidentBytes } from './process-tree.ts'
import { meanSeekMs, mostMs } from './swarm-goal.ts'
import { swarmLimit, type SwarmLimit } from './swarm-limit.ts'
import { writeSwarmPlot } from './swarm-plot.ts'
import { runSwarmClient, type ClientName, type SwarmRun } from './swarm-run.ts'
import { FILM_BYTES, SCENARIO_NAMES, UNLIMITED_NAME, swarmScenario } from './swarm-scenario.ts'
import { printSwarmTable } from './swarm-table.ts'

/** What a time that never came counts as: the player's patience. */
const NEVER_MS = 60_000
const EVERY_KIND: readonly FilmKind[] = [
  { kind: 'hybrid', pieceMiB: 1 },
  { kind: 'hybrid', pieceMiB: 4 },
  { kind: 'v1', pieceMiB: 1 },
]
/** How long before play a film is got ready, where that is measured, and what is promised then. */
const WARM_SECONDS = 2
const WARM_FIRST_MS = 50
const LONG_SESSION_SECONDS = 300
/** What the other engines can read. */
const PLAIN: FilmKind = { kind: 'v1', pieceMiB: 1 }

/** A run beside what was possible in its swarm. */
export interface JudgedRun extends SwarmRun {
  readonly limit: SwarmLimit
}

/** Plays a film in emulated swarms with our engine and with others; whether ours keeps what was promised. */
export async function benchSwarm(options: BenchOptions): Promise<boolean> {
  installPeers()
  const clients = CLIENT_NAMES.filter(
    (name) => options.clients.length === 0 || options.clients.includes(name),
  )
  const scenarios =
    options.scenarios.length === 0 ? [...SCENARIO_NAMES, UNLIMITED_NAME] : options.scenarios
  const runs: JudgedRun[] = []
  let isKept = true
  // Scenario by scenario, all engines in each: what else the machine does changes slowly.
  for (const scenario of scenarios) {
    for (const client of clients)
      for (const film of kindsFor(client, options)) {
        const group = await runGroup(client, scenario, film, options)
        runs.push(...group)
        if (!noteGroup(group, options)) isKept = false
      }
  }
  printSwarmTable(runs)
  if (!options.isTrial) writeSwarmPlot()
  return isKept
}

function kindsFor(client: ClientName, { kind, piece }: BenchOptions): readonly FilmKind[] {
  if (client !== 'ours') return kind === 'hybrid' ? [] : [PLAIN]
  return EVERY_KIND.filter(
    (film) =>
      (kind === undefined || film.kind === kind) &&
      (piece === undefined || film.pieceMiB === Number(piece)),
  )
}

async function runGroup(
  client: ClientName,
  scenario: string,
  film: FilmKind,
  options: BenchOptions,
): Promise<JudgedRun[]> {
  const runs: JudgedRun[] = []
  if (clientVersion(client) === null) return runs
  const { bytesPerSecond } = swarmScenario(scenario)
  const isWhole = scenario === UNLIMITED_NAME
  for (let seed = options.firstSeed; seed < options.firstSeed + options.seeds; seed++) {
    const order = { ...film, scenario, seed, filmBytes: FILM_BYTES }
    const play: PlayOrder = {
      filmBytes: FILM_BYTES,
      bytesPerSecond,
      watchSeconds: options.watchSeconds,
      watchAfterSeekSeconds: options.watchAfterSeekSeconds,
      warmSeconds: options.isWarm ? WARM_SECONDS : 0,
      isWhole,
    }
    const limit = isWhole
      ? { playMs: 0, seekMs: [], firstMs: 0 }
      : swarmLimit(order, playerSpans(play))
    const startMs = performance.now()
    const run = await runSwarmClient(client, order, play)
    runs.push({ ...run, limit })
    const { result, report } = run
    console.log(
      `     ${scenario} ${film.kind} ${film.pieceMiB} ${client} seed ${seed}: play ${shown(result.playMs)} (${shown(limit.playMs)})`,
      `seeks ${result.seekMs.map(shown).join(' ')} (${limit.seekMs.map(shown).join(' ')})`,
      `first ${shown(result.firstMs)} (${shown(limit.firstMs)}) stalled ${result.stalledMs}`,
      `stale ${shown(report.staleMs)} dup ${report.duplicateBlocks}/${report.servedBlocks}`,
      `emulator: ${((100 * report.cpuMs) / (performance.now() - startMs)).toFixed(0)} % of a core, late ${report.latenessMs} load ${run.loadAverage.toFixed(1)}`,
    )
  }
  return runs
}

/** A long session is another figure than a short one. */
function within({ watchSeconds, watchAfterSeekSeconds }: BenchOptions): string {
  const seconds = watchSeconds + 3 * watchAfterSeekSeconds
  return seconds < LONG_SESSION_SECONDS ? '' : ` in ${seconds / 60} minutes with three seeks`
}

function shown(ms: number | null): string {
  return ms === null ? 'never' : ms.toFixed(0)
}

/** Adds the figures of one engine in one scenario; whether what was promised of them is kept. */
function noteGroup(runs: readonly JudgedRun[], options: BenchOptions): boolean {
  const { command, isTrial } = options
  const [first] = runs
  if (!first) return true
  const { client, order } = first
  const { scenario, kind, pieceMiB } = order
  const isOurs = client === 'ours'
  const results: boolean[] = []
  const note = (
    name: string,
    unit: string,
    values: readonly number[],
    more: Pick<Measurement, 'limit' | 'floor'> = {},
  ): void => {
    const { median, p95, samples } = spread(values)
    const measurement: Measurement = {
      what: `swarm ${scenario}, ${kind} of ${pieceMiB} MiB pieces: ${name}`,
      unit,
      median,
      p95,
      samples,
      seeds: runs.map((run) => run.order.seed),
      ...(isOurs ? {} : { peer: `${client} ${clientVersion(client) ?? ''}` }),
      ...(more.floor === undefined ? {} : { floor: Math.round(more.floor) }),
      ...(isOurs && more.limit ? { limit: more.limit } : {}),
    }
    results.push(record(measurement, command, isTrial))
  }
  if (options.isWarm)
    note(
      `first verified byte, opened ${WARM_SECONDS} s after getting ready`,
      'ms',
      runs.map(({ result }) => result.firstMs ?? NEVER_MS),
      { limit: { median: WARM_FIRST_MS } },
    )
  else if (scenario === UNLIMITED_NAME) noteUnlimited(runs, note)
  else {
    // In a long session much of what is sought is here already, and what is fetched ahead may lie anywhere.
    if (options.watchAfterSeekSeconds === 0) {
      noteTimes(runs, note)
      noteOldData(runs, note)
    }
    const stalls = runs.map(({ result }) => result.stalledMs / 1000)
    note(`film standing still${within(options)}`, 's', stalls, { limit: { median: 0, p95: 0 } })
    const duplicates = runs.map(
      ({ report }) => (100 * report.duplicateBlocks) / Math.max(1, report.servedBlocks),
    )
    note('bytes that came twice', '%', duplicates, { limit: { median: 3 } })
  }
  return results.every(Boolean)
}

type Note = (
  name: string,
  unit: string,
  values: readonly number[],
  more?: Pick<Measurement, 'limit' | 'floor'>,
) => void

function noteTimes(runs: readonly JudgedRun[], note: Note): void {
  const { kind, scenario } = runs[0]?.order ?? { kind: 'v1', scenario: '' }
  const medianOf = (values: readonly number[]): number => spread(values).median
  const playLimit = medianOf(runs.map(({ limit }) => limit.playMs))
  const seekLimit = medianOf(runs.map(({ limit }) => meanSeekMs(limit)))
  const plays = runs.map(({ result }) => result.playMs ?? NEVER_MS)
  note('play', 'ms', plays, { floor: playLimit, limit: mostMs(kind, scenario, playLimit) })
  const seeks = runs.map(({ result }) =>
    meanSeekMs({ seekMs: result.seekMs.map((ms) => ms ?? NEVER_MS) }),
  )
  note('seek', 'ms', seeks, { floor: seekLimit, limit: mostMs(kind, scenario, seekLimit) })
  const isPromised = kind === 'hybrid' && ['home', 'far'].includes(scenario)
  const firstLimit = medianOf(runs.map(({ limit }) => limit.firstMs))
  note(
    'first verified byte',
    'ms',
    runs.map(({ result }) => result.firstMs ?? NEVER_MS),
    isPromised ? { limit: { median: Math.round(firstLimit) } } : {},
  )
}

function noteOldData(runs: readonly JudgedRun[], note: Note): void {
  const { kind, scenario } = runs[0]?.order ?? { kind: 'v1', scenario: '' }
  const isPromised = kind === 'hybrid' && ['home', 'far'].includes(scenario)
  note(
    "old data after a seek, beyond its peer's round trip",
    'ms',
    runs.map(({ report }) => report.staleMs),
    isPromised ? { limit: { median: 150 } } : {},
  )
}

function noteUnlimited(runs: readonly JudgedRun[], note: Note): void {
  const { kind } = runs[0]?.order ?? { kind: 'v1' }
  const megabytes = FILM_BYTES / 1e6
  note(
    'the whole film',
    'Mbit/s',
    runs.map(({ result }) => (8000 * megabytes) / (result.wholeMs ?? Infinity)),
  )
  note(
    'processor time',
    'ms of CPU per MB',
    runs.map(({ cpuMs }) => cpuMs / megabytes),
    kind === 'v1' ? { limit: { median: 10 } } : {},
  )
  const idle = idleResidentBytes()
  note(
    'memory above an idle process',
    'MB',
    runs.map((run) => (run.peakResidentBytes - (run.client === 'libtorrent' ? 0 : idle)) / 1e6),
    { limit: { median: 90 } },
  )
}
