/** The catalogue with a large made-up feed: load, disk, memory, opening, searches alone, while it's loaded again, and in two feeds that have the same works. */
import { execFileSync } from 'node:child_process'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseFeedId } from '@matinee/catalogue'
import { type CatalogueStore, openCatalogueStore } from '@matinee/catalogue/node'
import { systemClock } from '@matinee/engine/system'
import type { BenchOptions } from '../../main.ts'
import { type Measurement, record, single, spread } from '../measurement.ts'
import { measureFts5 } from './fts5-peer.ts'
import { type MadeFeed, madeFeedInput, writeMadeFeed } from './made-feed.ts'
import { madeSearches, misspeltSearches } from './made-searches.ts'

const SEED = 'catalogue 1'
const SEARCHES = 1000
/** What is promised is promised for so many. */
const PROMISED_WORKS = 100_000
const OPENED = fileURLToPath(new URL('./opened-store.ts', import.meta.url))
const SEARCH = { median: 8, p99: 60 }

/** Measures the catalogue; whether it keeps what was promised for 100 000 works. */
export async function benchCatalogue({ works, isTrial, command }: BenchOptions): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-bench-'))
  const results: boolean[] = []
  const note = ({ limit, ...measurement }: Omit<Measurement, 'seeds'>): void => {
    const what = `catalogue of ${works} works: ${measurement.what}`
    const promised = works === PROMISED_WORKS && limit !== undefined ? { limit } : {}
    results.push(record({ ...measurement, ...promised, what, seeds: [SEED] }, command, isTrial))
  }
  try {
    const feed = await writeMadeFeed(join(folder, 'works.jsonl'), SEED, works)
    note({ what: 'a record', unit: 'bytes', ...single(feed.medianBytes) })
    const place = join(folder, 'catalogue')
    await using store = await openCatalogueStore({ folder: place, clock: systemClock() })
    const { cpuMs } = await store.load(madeFeedInput(feed.path, '1'))
    note({
      what: 'load and index',
      unit: 's of CPU',
      ...single(cpuMs / 1000),
      limit: { median: 60 },
    })
    note({ what: 'on disk', unit: 'MB', ...single(await folderMB(place)), limit: { median: 700 } })
    await measureSearches(store, feed, note)
    await measureWhileLoading(store, feed, note)
    await measureTwoFeeds(store, feed, note)
    await store[Symbol.asyncDispose]()
    measureOpening(place, feed, note)
    await measurePeer(feed, join(folder, 'peer'), note)
  } finally {
    await rm(folder, { recursive: true })
  }
  return results.every(Boolean)
}

type Note = (measurement: Omit<Measurement, 'seeds'>) => void

async function measureSearches(store: CatalogueStore, feed: MadeFeed, note: Note): Promise<void> {
  const texts = madeSearches(feed, SEED, SEARCHES)
  await timesOf(store, texts.slice(0, 50))
  note({ what: 'search', unit: 'ms', ...spread(await timesOf(store, texts)), limit: SEARCH })
  const wrong = misspeltSearches(feed, SEED, SEARCHES)
  const misspelt = spread(await timesOf(store, wrong))
  note({ what: 'misspelt search', unit: 'ms', ...misspelt, limit: { p99: 80 } })
  const suggested = await timed(texts, (text) => store.suggest({ text, territory: null }))
  note({ what: 'suggestions', unit: 'ms', ...spread(suggested), limit: SEARCH })
  const pages = await timed(
    Array.from({ length: 200 }, (_, page) => page),
    (page) => store.search({ territory: null, offset: page * 40, withFacets: true, sort: 'year' }),
  )
  note({ what: 'a page of everything, with facets', unit: 'ms', ...spread(pages) })
}

async function measureWhileLoading(
  store: CatalogueStore,
  feed: MadeFeed,
  note: Note,
): Promise<void> {
  const texts = madeSearches(feed, `${SEED} again`, SEARCHES)
  const times: number[] = []
  let isLoading = true
  const loaded = store.load(madeFeedInput(feed.path, '2')).finally(() => (isLoading = false))
  for (let next = 0; isLoading; next++)
    times.push(...(await timesOf(store, [texts[next % texts.length] ?? ''])))
  await loaded
  note({ what: 'search while it is loaded', unit: 'ms', ...spread(times), limit: SEARCH })
  const [feedThere] = await store.feeds()
  if (feedThere?.version !== '2') throw new Error('the second load did not arrive')
}

/** Every work in two feeds: the most that there can be to put together. */
async function measureTwoFeeds(store: CatalogueStore, feed: MadeFeed, note: Note): Promise<void> {
  const ids = ['made', 'made-too'].flatMap((id) => parseFeedId(id) ?? [])
  const [, second] = ids
  if (second === undefined) throw new Error('the second feed has an id')
  const { total } = await store.search({ territory: null })
  await store.load({ ...madeFeedInput(feed.path, '1'), id: second })
  const orders = Array.from({ length: 10 }, (_, at) => (at % 2 === 0 ? ids.toReversed() : ids))
  const moved = await timed(orders, async (order) => {
    await store.setFeedOrder(order)
    return store.search({ territory: null, limit: 1 })
  })
  note({ what: 'two feeds with the same works in another order', unit: 'ms', ...spread(moved) })
  const both = await store.search({ territory: null })
  if (both.total !== total) throw new Error('a work of two feeds is one')
  const texts = madeSearches(feed, SEED, SEARCHES)
  note({
    what: 'search in two feeds with the same works',
    unit: 'ms',
    ...spread(await timesOf(store, texts)),
  })
  await store.remove(second)
}

function measureOpening(place: string, feed: MadeFeed, note: Note): void {
  const texts = [...madeSearches(feed, SEED, 200), ...misspeltSearches(feed, SEED, 50)]
  const runs = Array.from({ length: 5 }, () => {
    const out = execFileSync(process.execPath, [OPENED, place, ...texts]).toString()
    return JSON.parse(out) as { firstPageMs: number; rssMB: number; ownMB: number }
  })
  const page = spread(runs.map((run) => run.firstPageMs))
  note({ what: 'opening to the first page', unit: 'ms', ...page })
  const memory = spread(runs.map((run) => run.rssMB))
  note({ what: 'memory of a process that searches', unit: 'MB', ...memory, limit: { median: 200 } })
  note({
    what: 'memory above an empty process',
    unit: 'MB',
    ...spread(runs.map((run) => run.ownMB)),
  })
}

async function measurePeer(feed: MadeFeed, database: string, note: Note): Promise<void> {
  const texts = madeSearches(feed, SEED, 300)
  const {
    version: peer,
    indexCpuMs,
    allMs,
    rankedMs,
  } = await measureFts5(feed.path, database, texts)
  note({ what: 'index of titles and names', unit: 's of CPU', ...single(indexCpuMs / 1000), peer })
  note({ what: 'every work of a search', unit: 'ms', ...spread(allMs), peer })
  note({ what: 'the best 40 works of a search, no total', unit: 'ms', ...spread(rankedMs), peer })
}

function timesOf(store: CatalogueStore, texts: readonly string[]): Promise<number[]> {
  return timed(texts, (text) => store.search({ text, territory: null }))
}

async function timed<T>(
  items: readonly T[],
  run: (item: T) => Promise<unknown>,
): Promise<number[]> {
  const times: number[] = []
  for (const item of items) {
    const startMs = performance.now()
    await run(item)
    times.push(performance.now() - startMs)
  }
  return times
}

async function folderMB(folder: string): Promise<number> {
  const names = await readdir(folder)
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size))
  return sizes.reduce((sum, size) => sum + size, 0) / 1e6
}
