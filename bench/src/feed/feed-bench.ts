/** A signed feed of made-up works: following it for the first time, its updates, and a month of them in one go. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BenchOptions } from '../../main.ts'
import { type Measurement, record, single, spread } from '../measurement.ts'
import type { FollowOrder, FollowReport } from './following-process.ts'
import { MadePublication } from './made-publication.ts'

const SEED = 'feed 1'
const UPDATE_WORKS = 100
const UPDATES = 10
const DAYS = 30
/** In a smaller feed the shards are less than a month of deltas, and nobody would take those. */
const LEAST_WORKS = 5000
/** What is promised is promised for so many. */
const PROMISED_WORKS = 100_000
const PROCESS = fileURLToPath(new URL('./following-process.ts', import.meta.url))

/** Measures a signed feed; whether it keeps what was promised for 100 000 works. */
export async function benchFeed({ works, isTrial, command }: BenchOptions): Promise<boolean> {
  if (works < LEAST_WORKS) throw new Error(`a feed has ${LEAST_WORKS} works at least`)
  const folder = await mkdtemp(join(tmpdir(), 'matinee-bench-'))
  const results: boolean[] = []
  const note = ({ limit, ...measurement }: Omit<Measurement, 'seeds'>): void => {
    const what = `signed feed of ${works} works: ${measurement.what}`
    const promised = works === PROMISED_WORKS && limit !== undefined ? { limit } : {}
    results.push(record({ ...measurement, ...promised, what, seeds: [SEED] }, command, isTrial))
  }
  try {
    const publication = new MadePublication(join(folder, 'mirror'), SEED, works)
    note({ what: 'a record', unit: 'bytes', ...single(publication.medianBytes) })
    await using follower = new Follower(publication.folder, join(folder, 'follower'))
    await measureFirst(follower, note)
    // Somebody who has the first version, too, and comes back a month later. Nothing is written just now.
    await cp(join(folder, 'follower'), join(folder, 'late'), { recursive: true })
    await measureUpdates(follower, publication, note)
    await measureMonth(new Follower(publication.folder, join(folder, 'late')), publication, note)
  } finally {
    await rm(folder, { recursive: true })
  }
  return results.every(Boolean)
}

type Note = (measurement: Omit<Measurement, 'seeds'>) => void

async function measureFirst(follower: Follower, note: Note): Promise<void> {
  const { cpuMs, movedBytes, peakMB, takenMs, shownMs } = await follower.follow(null)
  const cpu = single(cpuMs / 1000)
  note({ what: 'full verification and load', unit: 's of CPU', ...cpu, limit: { median: 60 } })
  note({ what: 'full verification, waited for', unit: 's', ...single(takenMs / 1000) })
  note({ what: 'until it is shown, waited for', unit: 's', ...single(shownMs / 1000) })
  note({ what: 'full copy', unit: 'MB', ...single(movedBytes / 1e6) })
  note({ what: 'peak memory of the first load', unit: 'MB', ...single(peakMB) })
}

async function measureUpdates(
  follower: Follower,
  publication: MadePublication,
  note: Note,
): Promise<void> {
  const reports: FollowReport[] = []
  for (let update = 0; update < UPDATES; update++) {
    const { word, changed, added } = publication.update(UPDATE_WORKS)
    const report = await follower.follow(word)
    if (report.found === 0 || report.found > changed.length + added.length)
      throw new Error(`an update shows ${report.found} works`)
    reports.push(report)
  }
  const of = (read: (report: FollowReport) => number) => spread(reports.map(read))
  const update = `an update of ${UPDATE_WORKS} works`
  const moved = of(({ movedBytes }) => movedBytes / 1000)
  note({ what: `${update}: moved`, unit: 'kB', ...moved, limit: { p95: 200 } })
  note({ what: `${update}: until kept`, unit: 's', ...of(({ takenMs }) => takenMs / 1000) })
  const shown = of(({ shownMs }) => shownMs / 1000)
  note({ what: `${update}: until shown`, unit: 's', ...shown, limit: { p95: 2 } })
  note({ what: `${update}: work`, unit: 's of CPU', ...of(({ cpuMs }) => cpuMs / 1000) })
  const last = reports.at(-1)
  note({ what: 'memory after updates', unit: 'MB', ...single(last?.rssMB ?? 0) })
}

async function measureMonth(
  follower: Follower,
  publication: MadePublication,
  note: Note,
): Promise<void> {
  await using late = follower
  let word = ''
  for (let day = UPDATES; day < DAYS; day++) ({ word } = publication.update(UPDATE_WORKS))
  const { movedBytes, shownMs, cpuMs, found } = await late.follow(word)
  if (found === 0) throw new Error('a month of updates shows nothing')
  const what = `${DAYS} days of ${UPDATE_WORKS} works in one go`
  const moved = single(movedBytes / 1e6)
  note({ what: `${what}: moved`, unit: 'MB', ...moved, limit: { median: 5 } })
  note({ what: `${what}: until shown`, unit: 's', ...single(shownMs / 1000) })
  note({ what: `${what}: work`, unit: 's of CPU', ...single(cpuMs / 1000) })
}

/** The process that follows. */
class Follower implements AsyncDisposable {
  readonly #process: ChildProcess
  #answered = Promise.withResolvers<unknown>()
  #isOver = false

  constructor(mirror: string, folder: string) {
    // As the application starts its processes: what was compiled once is kept.
    const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, '..', 'compiled') }
    this.#process = fork(PROCESS, [mirror, folder], { env })
    this.#process.on('message', (message) => this.#answered.resolve(message))
    this.#process.on('exit', () => {
      this.#isOver = true
      this.#answered.reject(new Error('the follower ended'))
    })
  }

  /** Takes what the mirror has. */
  async follow(word: string | null): Promise<FollowReport> {
    // First it says that it's ready, then what it took.
    await this.#answered.promise
    this.#answered = Promise.withResolvers()
    this.#process.send({ kind: 'follow', word } satisfies FollowOrder)
    return (await this.#answered.promise) as FollowReport
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isOver) return
    await this.#answered.promise
    const ended = once(this.#process, 'exit')
    this.#process.send('close')
    await ended
  }
}
