import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { openChromium } from '../../../e2e/chromium.ts'
import { settle } from '../../../e2e/settled-folder.ts'
import type { BenchOptions } from '../../main.ts'
import { record, spread, type Measurement } from '../measurement.ts'
import type { SwarmOrder } from '../swarm/emulator/emulated-swarm.ts'
import { openFilm, type FilmTorrent } from '../swarm/film.ts'
import { runSwarmClient, startEmulator } from '../swarm/swarm-run.ts'
import { UNLIMITED_NAME } from '../swarm/swarm-scenario.ts'
import { startViewerProcess } from '../viewer/started-viewer.ts'
import { FILM_WORK, writeFilmFeed } from './film-feed.ts'
import { firstFrame, putFrameClock, type FirstFrame } from './frame-clock.ts'
import { measuredFilm, type MeasuredFilm } from './measured-film.ts'
import { startSaying } from './said-process.ts'

/** Films that are begun in each way, in turns. */
const ROUNDS = 6
const SCENARIOS = ['home', 'weak', 'far'] as const
/** Against a static server, and over a swarm beyond that and the engine's own time. */
const MOST_TIMES = 1.4
const MOST_BEYOND_MS = 250
/** How long the page of a work is read before Play is pressed. */
const READ_MS = 2000
/** How long the film plays before each seek. */
const WATCH_MS = 2000
/** Where the seeks go, as the swarm bench has it: by a key, by a key, by the time line. */
const SEEK_SHARES = [0.9, 0.6, 0.75] as const
const WINDOW = { locale: 'en-GB', viewport: { width: 1440, height: 900 } } as const

/** What one viewing took. */
interface Viewing {
  readonly play: FirstFrame
  readonly seeks: readonly FirstFrame[]
}

/** How Play was pressed: on a page that had got the film ready, or with nothing known of it. */
type Way = 'read' | 'cold'

interface Stage {
  readonly film: MeasuredFilm
  readonly torrent: FilmTorrent
  readonly browser: Browser
}

/**
 * From a click on Play to the first frame, and from a seek to its first, in Chromium: from a peer without
 * limits against a static server, and over shaped swarms against the engine alone. Whether what was promised holds.
 */
export async function benchFirstFrame(options: BenchOptions): Promise<boolean> {
  const film = await measuredFilm()
  const torrent = await openFilm({ kind: 'hybrid', pieceMiB: 1, path: film.path }, film.lengthBytes)
  await using chromium = await openChromium()
  const stage: Stage = { film, torrent, browser: chromium.browser }
  const results: boolean[] = []
  const note = (measurement: Measurement): void => {
    const what = `first frame, 1080p: ${measurement.what}`
    results.push(record({ ...measurement, what }, options.command, options.isTrial))
  }
  const reached = await measureLoopback(stage, options, note)
  for (const scenario of options.scenarios.length === 0 ? SCENARIOS : options.scenarios)
    await measureSwarm(stage, scenario, { ...options, reached, note })
  return results.every(Boolean)
}

type Note = (measurement: Measurement) => void

/** Medians of what was reached on loopback, by the way that Play was pressed. */
type Reached = Readonly<Record<Way, { readonly play: number; readonly seek: number }>>

async function measureLoopback(
  stage: Stage,
  { isTrial }: BenchOptions,
  note: Note,
): Promise<Reached> {
  const { film } = stage
  await using seed = await startEmulator(swarmOrder(stage, UNLIMITED_NAME, 1))
  await using plain = await startSaying('static-process.ts', film.path)
  const viewings: Record<Way | 'static', Viewing[]> = { static: [], read: [], cold: [] }
  // In turns: what else the machine does changes slowly. The first round fills the caches of compiled code.
  for (let round = 0; round <= (isTrial ? ROUNDS / 2 : ROUNDS); round++) {
    const viewing = {
      static: await viewPlainly(stage, plain.said.url ?? ''),
      read: await viewInMatinee(stage, seed.trackerUrl, 'read'),
      cold: await viewInMatinee(stage, seed.trackerUrl, 'cold'),
    }
    if (round === 0) continue
    for (const way of ['static', 'read', 'cold'] as const) {
      viewings[way].push(viewing[way])
      if (isTrial) print(way, viewing[way])
    }
  }
  const plays = (way: Way | 'static') => spread(viewings[way].map(({ play }) => play.ms))
  const seeks = (way: Way | 'static') =>
    spread(viewings[way].flatMap((each) => each.seeks.map(({ ms }) => ms)))
  const seeds = ['loopback']
  note({ what: 'a static server, play', unit: 'ms', ...plays('static'), seeds })
  note({ what: 'a static server, seek', unit: 'ms', ...seeks('static'), seeds })
  const playLimit = { median: Math.round(MOST_TIMES * plays('static').median) }
  const seekLimit = { median: Math.round(MOST_TIMES * seeks('static').median) }
  const at = (way: Way) => (way === 'read' ? 'a work page that was read' : 'a cold start')
  for (const way of ['read', 'cold'] as const) {
    note({ what: `${at(way)}, play`, unit: 'ms', ...plays(way), seeds, limit: playLimit })
    note({ what: `${at(way)}, seek`, unit: 'ms', ...seeks(way), seeds, limit: seekLimit })
  }
  const reached = (way: Way) => ({ play: plays(way).median, seek: seeks(way).median })
  return { read: reached('read'), cold: reached('cold') }
}

async function measureSwarm(
  stage: Stage,
  scenario: string,
  options: BenchOptions & { readonly reached: Reached; readonly note: Note },
): Promise<void> {
  const { film } = stage
  const { firstSeed, reached, note, isTrial } = options
  const seeds = Array.from({ length: options.seeds }, (_, at) => firstSeed + at)
  for (const way of ['read', 'cold'] as const) {
    const beyond: { play: number[]; seek: number[] } = { play: [], seek: [] }
    for (const seed of seeds) {
      const order = swarmOrder(stage, scenario, seed)
      // The engine alone in the same swarm, with a player that has no picture.
      const { result } = await runSwarmClient('ours', order, {
        filmBytes: film.lengthBytes,
        bytesPerSecond: film.lengthBytes / film.seconds,
        watchSeconds: WATCH_MS / 1000,
        watchAfterSeekSeconds: WATCH_MS / 1000,
        warmSeconds: way === 'read' ? READ_MS / 1000 : 0,
        isWhole: false,
      })
      await using emulator = await startEmulator(order)
      const viewing = await viewInMatinee(stage, emulator.trackerUrl, way)
      if (isTrial) print(`${scenario} ${seed} ${way}`, viewing)
      const engineMs = [result.playMs, ...result.seekMs].map((ms) => ms ?? Number.NaN)
      console.log(`     ${scenario} ${seed} ${way}: engine ${engineMs.map(Math.round).join(' ')}`)
      beyond.play.push(viewing.play.ms - (engineMs[0] ?? Number.NaN))
      viewing.seeks.forEach(({ ms }, at) => beyond.seek.push(ms - (engineMs[at + 1] ?? Number.NaN)))
    }
    const at = way === 'read' ? 'a work page that was read' : 'a cold start'
    for (const what of ['play', 'seek'] as const) {
      const limit = { median: Math.round(reached[way][what] + MOST_BEYOND_MS) }
      const name = `swarm ${scenario}, ${at}, ${what} beyond the engine's own time`
      note({ what: name, unit: 'ms', ...spread(beyond[what]), seeds, limit })
    }
  }
}

function swarmOrder({ film }: Stage, scenario: string, seed: number): SwarmOrder {
  const { path, lengthBytes: filmBytes } = film
  return { kind: 'hybrid', pieceMiB: 1, path, scenario, seed, filmBytes }
}

async function viewPlainly({ browser }: Stage, url: string): Promise<Viewing> {
  await using context = await browser.newContext(WINDOW)
  const page = await context.newPage()
  await putFrameClock(page)
  await page.goto(url)
  await delay(READ_MS / 2)
  return await view(page, page.getByRole('button', { name: 'Play' }), '#bar')
}

/** A viewer that was just started, with nothing of the film on its disk. */
async function viewInMatinee(stage: Stage, trackerUrl: string, way: Way): Promise<Viewing> {
  await using folder = await temporaryFolder()
  const place = { feed: join(folder.path, 'feed'), data: join(folder.path, 'data') }
  await writeFilmFeed(place.feed, stage.film, { metainfo: stage.torrent.metainfo, trackerUrl })
  await settle(place.data, { prepare: way === 'read', dht: false })
  await using viewer = await startViewerProcess(place, { allowLocal: true })
  await using context = await stage.browser.newContext(WINDOW)
  const page = await context.newPage()
  await putFrameClock(page)
  await page.goto(viewer.launchUrl)
  await page.waitForFunction(() => localStorage.getItem('matinee.token') !== null)
  await page.goto(new URL(`/work/${FILM_WORK}`, viewer.url).href)
  const button = page.getByRole('button', { name: 'Play', exact: true }).first()
  await button.waitFor()
  await delay(READ_MS)
  return await view(page, button, '.seek-bar')
}

async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'matinee-bench-'))
  return {
    path,
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 5 }),
  }
}

async function view(page: Page, button: { click(): Promise<void> }, bar: string): Promise<Viewing> {
  const play = await firstFrame(page, 'play', () => button.click())
  const seeks: FirstFrame[] = []
  for (const share of SEEK_SHARES) {
    await delay(WATCH_MS)
    const tenths = 10 * share
    seeks.push(
      await firstFrame(page, 'seek', () =>
        Number.isInteger(tenths) ? page.keyboard.press(String(tenths)) : clickAt(page, bar, share),
      ),
    )
  }
  return { play, seeks }
}

async function clickAt(page: Page, bar: string, share: number): Promise<void> {
  await page.mouse.move(700, 400)
  const box = await page.locator(bar).boundingBox()
  if (box === null) throw new Error(`nothing to click at: ${bar}`)
  await page.mouse.click(box.x + share * box.width, box.y + box.height / 2)
}

function print(name: string, { play, seeks }: Viewing): void {
  const atMs = performance.now().toFixed(0)
  console.log(`     ${atMs} ${name}: ${[play, ...seeks].map(({ ms }) => ms.toFixed(0)).join(' ')}`)
  for (const { steps } of [play, ...seeks])
    console.log(`       ${steps.map(([step, ms]) => `${step} ${ms.toFixed(0)}`).join(', ')}`)
}
