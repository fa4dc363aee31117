/** The viewer with a large made-up feed, in real processes and a real browser: start, memory, weight, interactions. */
import { mkdir } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { madeWorks } from '@matinee/testkit'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { openChromium } from '../../../e2e/chromium.ts'
import { settle } from '../../../e2e/settled-folder.ts'
import type { BenchOptions } from '../../main.ts'
import { type Measurement, record, single, spread } from '../measurement.ts'
import { idleResidentBytes } from '../swarm/process-tree.ts'
import { type MadeFolder, madeFolder } from './made-folder.ts'
import { drawn, putClock, workOf } from './page-clock.ts'
import { type StartedViewer, startViewerProcess } from './started-viewer.ts'
import { type VisitPart, deskVisit, phoneVisit } from './visit.ts'

const SEED = 'viewer 1'
/** What is promised is promised for so many. */
const PROMISED_WORKS = 100_000
const STARTS = 7
const VISITS = 20
const TEXTS = 4
const DESK = { locale: 'en-GB', viewport: { width: 1440, height: 900 } } as const
const PHONE = { locale: 'en-GB', viewport: { width: 390, height: 844 }, hasTouch: true } as const

type Note = (measurement: Omit<Measurement, 'seeds'>) => void

/** Measures the viewer; whether it keeps what was promised for 100 000 works. */
export async function benchViewer({ works, isTrial, command }: BenchOptions): Promise<boolean> {
  const results: boolean[] = []
  const note: Note = ({ limit, ...measurement }) => {
    const what = `viewer of ${works} works: ${measurement.what}`
    const promised = works === PROMISED_WORKS && limit !== undefined ? { limit } : {}
    results.push(record({ ...measurement, ...promised, what, seeds: [SEED] }, command, isTrial))
  }
  const folder = await madeFolder(SEED, works)
  await mkdir(folder.data, { recursive: true })
  // Nothing of these works is anywhere: nobody is asked for it, not even when the player is opened.
  await settle(folder.data, { prepare: false, sharing: 'web-only' })
  await using chromium = await openChromium()
  const { browser } = chromium
  await measureLoad(folder, works, note)
  await measureStarts(folder, browser, note)
  {
    await using viewer = await startViewerProcess(folder)
    await measureWeight(viewer, browser, note)
    await measureVisits(viewer, browser, note)
    await measureInteractions(viewer, browser, note)
    measureMemory(viewer, note)
  }
  return results.every(Boolean)
}

/** The first time the feed is followed, it's read, checked and indexed behind the pages. */
async function measureLoad(folder: MadeFolder, works: number, note: Note): Promise<void> {
  await using viewer = await startViewerProcess(folder)
  const token = await tokenOf(viewer)
  const count = async (): Promise<number> => {
    const response = await fetch(new URL('/api/programme', viewer.url), {
      headers: { authorization: `Bearer ${token}` },
    })
    const { counts } = (await response.json()) as { counts: Record<string, number> }
    return Object.values(counts).reduce((sum, each) => sum + each, 0)
  }
  const isThere = (await count()) > 0
  const startMs = performance.now()
  await viewer.longestDelayMs()
  while ((await count()) < works / 2) await delay(1000)
  if (isThere) return
  note({
    what: 'first load of the feed',
    unit: 's',
    ...single((performance.now() - startMs) / 1000),
  })
  const held = await viewer.longestDelayMs()
  note({ what: 'longest wait while it is loaded', unit: 'ms', ...single(held) })
}

async function tokenOf(viewer: StartedViewer): Promise<string> {
  const code = new URL(viewer.launchUrl).hash.slice('#launch='.length)
  const response = await fetch(new URL('/api/session', viewer.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: new URL(viewer.url).origin },
    body: JSON.stringify({ code }),
  })
  return ((await response.json()) as { token: string }).token
}

async function measureStarts(folder: MadeFolder, browser: Browser, note: Note): Promise<void> {
  const ready: number[] = []
  const toPage: number[] = []
  for (let start = 0; start < STARTS; start++) {
    await using viewer = await startViewerProcess(folder)
    ready.push(viewer.readyMs)
    await using context = await browser.newContext(DESK)
    const page = await openPage(context)
    await page.goto(viewer.launchUrl, { waitUntil: 'commit' })
    const { atMs } = await drawn(page)
    // The first start fills the cache of compiled code.
    if (start > 0) toPage.push(atMs - viewer.begunAtMs)
  }
  note({ what: 'process start to ready', unit: 'ms', ...spread(ready.slice(1)) })
  note({
    what: 'process start to page one',
    unit: 'ms',
    ...spread(toPage),
    limit: { median: 900, p95: 900 },
  })
}

async function measureWeight(viewer: StartedViewer, browser: Browser, note: Note): Promise<void> {
  await using context = await browser.newContext(DESK)
  const page = await openPage(context)
  const scripts: Promise<number>[] = []
  page.on('response', (response) => {
    if (new URL(response.url()).pathname.endsWith('.js'))
      scripts.push(response.body().then((body) => gzipSync(body).length))
  })
  await page.goto(await viewer.newLaunchUrl())
  await drawn(page)
  await page.waitForLoadState('networkidle')
  const bytes = (await Promise.all(scripts)).reduce((sum, length) => sum + length, 0)
  note({
    what: "the first page's JavaScript, compressed",
    unit: 'kB',
    ...single(bytes / 1000),
    limit: { median: 150 },
  })
}

/** A browser that was here before, and one that never was. */
async function measureVisits(viewer: StartedViewer, browser: Browser, note: Note): Promise<void> {
  await using context = await browser.newContext(DESK)
  const first = await openPage(context)
  await first.goto(viewer.launchUrl)
  await drawn(first)
  const again: number[] = []
  const work: number[] = []
  for (let visit = 0; visit < VISITS; visit++) {
    const page = await openPage(context)
    const worked = await workOf(page)
    await page.goto(viewer.url, { waitUntil: 'commit' })
    again.push((await drawn(page)).ms)
    work.push(await worked())
    await page.close()
  }
  note({
    what: 'a running server to page one',
    unit: 'ms',
    ...spread(again),
    limit: { median: 150 },
  })
  note({
    what: "a running server to page one, work of the page's thread",
    unit: 'ms of CPU',
    ...spread(work),
  })
  const fresh: number[] = []
  for (let visit = 0; visit < VISITS / 2; visit++) {
    await using other = await browser.newContext(DESK)
    const page = await openPage(other)
    await page.goto(await viewer.newLaunchUrl(), { waitUntil: 'commit' })
    fresh.push((await drawn(page)).ms)
  }
  note({ what: 'a running server to page one, first visit', unit: 'ms', ...spread(fresh) })
}

async function measureInteractions(
  viewer: StartedViewer,
  browser: Browser,
  note: Note,
): Promise<void> {
  const texts = madeTexts()
  await using desk = await browser.newContext(DESK)
  const page = await openPage(desk)
  await page.goto(await viewer.newLaunchUrl())
  await drawn(page)
  const parts: VisitPart[] = [...(await deskVisit(page, texts))]
  await page.close()
  await using phone = await browser.newContext(PHONE)
  const narrow = await openPage(phone)
  await narrow.goto(await viewer.newLaunchUrl())
  await narrow.locator('.hero').waitFor()
  await narrow.goto(new URL('/films', viewer.url).href)
  parts.push(...(await phoneVisit(narrow)))
  for (const { what, steps } of parts) {
    const toPaint = spread(steps.map(({ toPaintMs }) => toPaintMs))
    note({ what: `${what}, to the next picture`, unit: 'ms', ...toPaint, limit: { p99: 100 } })
    const longest = spread(steps.map(({ longestTaskMs }) => longestTaskMs))
    note({ what: `${what}, longest task`, unit: 'ms', ...longest, limit: { p99: 100 } })
  }
}

/** Beginnings of titles, and one that is misspelt. */
function madeTexts(): string[] {
  const titles = Array.from(madeWorks({ seed: SEED, count: 200 }), ({ title }) =>
    typeof title === 'object' && title !== null ? String(Reflect.get(title, 'text')) : '',
  ).filter((title) => /^[a-z ]{8,}$/iu.test(title))
  const [first = ''] = titles
  return [`${first.slice(0, 3)}q${first.slice(4, 9)}`, ...titles.slice(0, TEXTS - 1)].map((text) =>
    text.slice(0, 12),
  )
}

function measureMemory(viewer: StartedViewer, note: Note): void {
  const resident = viewer.residentMB()
  note({
    what: "the server's memory after a visit",
    unit: 'MB',
    ...single(resident),
    limit: { median: 200 },
  })
  note({
    what: "the server's memory above an empty process",
    unit: 'MB',
    ...single(resident - idleResidentBytes() / 1e6),
  })
}

async function openPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  await putClock(page)
  return page
}
