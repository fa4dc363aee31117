import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type TestContext, test } from 'node:test'
import type { Worker } from 'node:worker_threads'
import {
  type FeedWork,
  parsePersonKey,
  parseSha256,
  parseWorkId,
  readBundledFeed,
  type Sha256Text,
} from '@matinee/catalogue'
import { type CatalogueStore, CatalogueStoreError } from '@matinee/catalogue/node'
import { nodeHash } from '@matinee/testkit'
import { readFolder } from '../../test/fixture-feed.ts'
import { country, feedWorks, madeRecords } from '../../test/made-records.ts'
import { clockAt, feedOf, openedStore, temporaryFolder } from '../../test/opened-store.ts'

const STARTER = new URL('../../../../feeds/starter/', import.meta.url)
const RECORDS = madeRecords(11, 60)
const EVERYTHING = { territory: null, limit: 200 } as const

test('the starter feed is loaded, searched, read, and there again after opening', async (t) => {
  const read = readBundledFeed(readFolder(STARTER), nodeHash)
  assert.ok(read.kind === 'feed')
  const folder = temporaryFolder(t)
  const first = await openedStore(t, { folder })
  const version = await loadStarter(first)
  await first[Symbol.asyncDispose]()
  const store = await openedStore(t, { folder })
  assert.deepEqual(
    (await store.feeds()).map(({ id, version, workCount }) => ({ id, version, workCount })),
    [{ id: 'starter', version, workCount: read.feed.offered.length }],
  )
  const page = await store.search({ text: 'sint', territory: null })
  assert.deepEqual(
    page.works.map(({ title, licence }) => [title.text, licence]),
    [['Sintel', 'CC-BY-3.0']],
  )
  const misspelt = await store.search({ text: 'tears of stel', territory: null })
  assert.equal(misspelt.correction, 'tears of steel')
  assert.equal(misspelt.works[0]?.title.text, 'Tears of Steel')
  const id = parseWorkId('sintel')
  assert.ok(id !== null)
  const work = await store.work({ id, territory: null })
  assert.ok(work.kind === 'offered')
  const expected = read.feed.offered.find(({ entry }) => entry.id === id)
  assert.deepEqual(work.record, JSON.parse(JSON.stringify(expected?.record)))
})

test('people, lists, rows, suggestions and counts tell of the works on offer', async (t) => {
  const read = readBundledFeed(readFolder(STARTER), nodeHash)
  assert.ok(read.kind === 'feed')
  const store = await openedStore(t)
  await loadStarter(store)
  const audience = { territory: country('FR') }
  const { people } = await store.suggest({ text: 'levy', ...audience })
  assert.deepEqual(
    people.map(({ name, workCount }) => [name, workCount]),
    [['Colin Levy', 1]],
  )
  const key = people[0]?.key ?? ''
  assert.equal(parsePersonKey(key), key)
  const person = await store.person({ key, ...audience })
  assert.deepEqual(
    person?.credits.map(({ work, roles }) => [work.title.text, roles]),
    [['Sintel', ['director']]],
  )
  assert.equal(await store.person({ key: 'name:nobody', ...audience }), null)
  const lists = await store.lists(audience)
  assert.deepEqual(
    lists.map(({ id, works }) => [id, works.map((work) => String(work.id))]),
    read.feed.manifest.lists.map(({ id, works }) => [id, works.map(String)]),
  )
  const suggested = await store.suggest({ text: 'dragon', ...audience })
  assert.equal(suggested.lists[0]?.id, 'rabbit-and-dragon')
  const short = await store.row({ row: { kind: 'short' }, ...audience })
  const lengths = short.works.map(({ durationSeconds }) => durationSeconds ?? 0)
  assert.deepEqual(
    lengths,
    lengths.toSorted((a, b) => a - b),
  )
  const pick = { row: { kind: 'pick', seed: 'monday' }, limit: 2, ...audience } as const
  assert.deepEqual(await store.row(pick), await store.row(pick))
  const { offered, notOffered, feature, short: shorts, series } = await store.counts(audience)
  assert.equal(offered, read.feed.offered.length)
  assert.equal(feature + shorts + series, offered)
  assert.equal(notOffered, 0)
})

test('O2: a candidate never comes out of a query', async (t) => {
  const store = await openedStore(t)
  const works = [...feedWorks(RECORDS.slice(0, 5)), ...feedWorks(RECORDS.slice(5), 'candidate')]
  const stored = await store.load(feedOf(works))
  assert.equal(stored.workCount, 5)
  const page = await store.search({ ...EVERYTHING, territory: country('US') })
  const ids = new Set(RECORDS.slice(0, 5).map(({ id }) => id))
  assert.ok(page.total > 0 && page.works.every(({ id }) => ids.has(id)))
})

test('O1: what is not offered where the viewer is is in no answer but its own, which says so', async (t) => {
  const store = await openedStore(t)
  const rights = RECORDS[0]?.rights.map((entry) => ({ ...entry, verified: false }))
  const hidden = madeRecords(12, 3, (made) => ({ ...made, rights }))
  await store.load(feedOf(feedWorks(hidden)))
  const audience = { territory: country('FR') }
  const [record] = hidden
  assert.ok(record !== undefined)
  assert.equal((await store.search(audience)).total, 0)
  const keys = hidden.map(({ id }) => ({ feedId: feedOf([]).id, id }))
  assert.deepEqual(await store.works({ keys, ...audience }), [])
  const text = record.people[0]?.name ?? ''
  assert.deepEqual((await store.suggest({ text, ...audience })).people, [])
  assert.equal((await store.row({ row: { kind: 'pick', seed: 's' }, ...audience })).total, 0)
  assert.equal((await store.work({ id: record.id, ...audience })).kind, 'not-offered')
  assert.deepEqual((await store.counts(audience)).notOffered, 3)
})

test('C18: a load that fails or is called off leaves the older version, whole', async (t) => {
  const folder = temporaryFolder(t)
  const store = await openedStore(t, { folder, largestFeedBytes: 1_500_000 })
  await store.load(feedOf(feedWorks(RECORDS)))
  const before = await store.search(EVERYTHING)
  const controller = new AbortController()
  function* half(end: () => void): Generator<FeedWork> {
    yield* feedWorks(RECORDS.slice(0, 40))
    end()
    yield* feedWorks(RECORDS.slice(40))
  }
  const torn = half(() => {
    throw new Error('the disk of the feed is gone')
  })
  await assert.rejects(store.load(feedOf(torn, { version: '2' })), /disk of the feed/u)
  const aborted = half(() => controller.abort(new Error('enough')))
  await assert.rejects(store.load(feedOf(aborted, { version: '3' }), controller.signal), /enough/u)
  const large = madeRecords(13, 700)
  await assert.rejects(store.load(feedOf(feedWorks(large), { version: '4' })), isError('full'))
  assert.deepEqual(await store.search(EVERYTHING), before)
  assert.deepEqual(
    (await store.feeds()).map(({ version }) => version),
    ['1'],
  )
  assert.deepEqual(readdirSync(folder), ['test.1.feed'])
})

test('C18: the older version is shown until the newer one is whole, then only that', async (t) => {
  const store = await openedStore(t)
  await store.load(feedOf(feedWorks(RECORDS.slice(0, 40))))
  const before = await store.search(EVERYTHING)
  const seen: unknown[] = []
  async function* watched(): AsyncGenerator<FeedWork> {
    for (const [index, work] of feedWorks(RECORDS).entries()) {
      if (index % 32 === 31) seen.push(await store.search(EVERYTHING))
      yield work
    }
  }
  await store.load(feedOf(watched(), { version: '2' }))
  assert.ok(seen.length > 0)
  for (const page of seen) assert.deepEqual(page, before)
  assert.ok((await store.search(EVERYTHING)).total > before.total)
})

test('a thread that dies fails the calls at hand; later ones are answered', async (t) => {
  const workers = startedWorkers(t)
  const store = await openedStore(t)
  await store.load(feedOf(feedWorks(RECORDS)))
  const [reader] = workers
  const pending = [store.search(EVERYTHING), store.search(EVERYTHING), store.search(EVERYTHING)]
  const settled = Promise.allSettled(pending)
  await reader?.terminate()
  const rejected = (await settled).filter((each) => each.status === 'rejected')
  assert.ok(rejected.length > 0)
  for (const { reason } of rejected) assert.ok(isError('worker-crashed')(reason))
  assert.ok((await store.search(EVERYTHING)).total > 0)
})

test('a loading thread that dies fails its load alone', async (t) => {
  const workers = startedWorkers(t)
  const store = await openedStore(t)
  function* dying(): Generator<FeedWork> {
    yield* feedWorks(RECORDS.slice(0, 40))
    void workers.at(-1)?.terminate()
    yield* feedWorks(RECORDS.slice(40))
  }
  await assert.rejects(store.load(feedOf(dying())), isError('worker-crashed'))
  assert.deepEqual(await store.feeds(), [])
  await store.load(feedOf(feedWorks(RECORDS)))
  assert.ok((await store.search(EVERYTHING)).total > 0)
})

test('a call that is called off rejects with the reason, and a closed store with its code', async (t) => {
  const store = await openedStore(t)
  await store.load(feedOf(feedWorks(RECORDS)))
  const controller = new AbortController()
  const search = store.search(EVERYTHING, controller.signal)
  controller.abort(new Error('typed on'))
  await assert.rejects(search, /typed on/u)
  await store[Symbol.asyncDispose]()
  await assert.rejects(store.search(EVERYTHING), isError('closed'))
})

test('rights that begin or end with a new day are judged again, and that is kept', async (t) => {
  const folder = temporaryFolder(t)
  const [entry] = RECORDS.flatMap(({ rights }) => rights)
  const rights = [{ ...entry, territories: ['worldwide'], verified: true, from: '2026-11-22' }]
  const later = madeRecords(14, 120, (made) => ({ ...made, rights: until(rights) }))
  const clock = clockAt('2026-11-21')
  const store = await openedStore(t, { folder, clock })
  await store.load(feedOf(feedWorks(later)))
  assert.equal((await store.search({ territory: null })).total, 0)
  clock.jumpWall(24 * 3_600_000)
  for (let tries = 0; (await store.search({ territory: null })).total < 120; tries++)
    assert.ok(tries < 1000, 'they come in the end')
  await store[Symbol.asyncDispose]()
  const again = await openedStore(t, { folder, clock })
  assert.equal((await again.search({ territory: null })).total, 120)
})

test('O1: the revision is another one after whatever may change an answer, and the same otherwise', async (t) => {
  const [entry] = RECORDS.flatMap(({ rights }) => rights)
  const rights = [{ ...entry, territories: ['worldwide'], verified: true, from: '2026-11-22' }]
  const clock = clockAt('2026-11-21')
  const store = await openedStore(t, { clock })
  const seen = new Set([await store.revision()])
  const isNew = async (): Promise<boolean> => {
    const revision = await store.revision()
    const had = seen.has(revision)
    seen.add(revision)
    return !had
  }
  const later = madeRecords(14, 5, (made) => ({ ...made, rights: until(rights) }))
  await store.load(feedOf(feedWorks(later)))
  assert.ok(await isNew(), 'a feed came')
  await store.search(EVERYTHING)
  assert.ok(!(await isNew()), 'nothing happened')
  clock.jumpWall(24 * 3_600_000)
  for (let tries = 0; (await store.search({ territory: null })).total < 5; tries++)
    assert.ok(tries < 1000, 'they come in the end')
  assert.ok(await isNew(), 'offers were judged again')
  await store.remove(feedOf([]).id)
  assert.ok(await isNew(), 'a feed went')
})

test('C18: a folder with one record that is not what its manifest says leaves the older version', async (t) => {
  const files = readFolder(STARTER)
  const feed = temporaryFolder(t)
  for (const [name, bytes] of files) {
    mkdirSync(dirname(join(feed, name)), { recursive: true })
    writeFileSync(join(feed, name), bytes)
  }
  const folder = temporaryFolder(t)
  const store = await openedStore(t, { folder })
  const sha256 = sha256Of(files.get('feed.json'))
  assert.equal((await store.loadFolder(feed, sha256)).kind, 'loaded')
  const before = await store.search(EVERYTHING)
  const record = [...files.keys()].findLast((name) => name.startsWith('records/')) ?? ''
  writeFileSync(join(feed, record), '{}')
  const refused = await store.loadFolder(feed, sha256)
  assert.ok(refused.kind === 'refused')
  assert.equal(String(refused.feedId), 'starter')
  assert.deepEqual(
    refused.problems.map(({ file, code }) => [file, code]),
    [[record, 'record-hash']],
  )
  const other = await store.loadFolder(feed, sha256Of(new Uint8Array()))
  assert.ok(other.kind === 'refused' && other.problems[0]?.code === 'manifest-hash')
  assert.deepEqual(await store.search(EVERYTHING), before)
  assert.deepEqual(readdirSync(folder), ['starter.1.feed'])
})

/** Loads the feed of this repository; its version. */
async function loadStarter(store: CatalogueStore): Promise<Sha256Text> {
  const version = sha256Of(readFolder(STARTER).get('feed.json'))
  const loaded = await store.loadFolder(fileURLToPath(STARTER), version)
  assert.equal(loaded.kind, 'loaded', JSON.stringify(loaded))
  return version
}

function sha256Of(bytes: Uint8Array | undefined): Sha256Text {
  const sha256 = parseSha256(nodeHash.sha256(bytes ?? new Uint8Array()).toHex())
  assert.ok(sha256 !== null)
  return sha256
}

function until(rights: readonly object[]): readonly object[] {
  return rights.map((entry) => ({ ...entry, until: '2027-11-30' }))
}

/** The threads that are started from now on in this test. */
function startedWorkers(t: TestContext): Worker[] {
  const workers: Worker[] = []
  const onWorker = (worker: Worker): void => void workers.push(worker)
  process.on('worker', onWorker)
  t.after(() => process.off('worker', onWorker))
  return workers
}

function isError(code: CatalogueStoreError['code']): (error: unknown) => boolean {
  return (error) => error instanceof CatalogueStoreError && error.code === code
}
