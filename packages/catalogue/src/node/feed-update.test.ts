import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { test } from 'node:test'
import { utf8Bytes } from '@matinee/base'
import type { FeedWork } from '@matinee/catalogue'
import {
  CatalogueStoreError,
  FollowedFeedFile,
  followedFeedInput,
  systemFeedCrypto,
} from '@matinee/catalogue/node'
import { country, feedWorks, madeRecords } from '../../test/made-records.ts'
import { clockAt, feedOf, keptLog, openedStore, temporaryFolder } from '../../test/opened-store.ts'
import { FollowedStage, WORKS } from '../../test/signed/followed-stage.ts'
import { recordBytes } from '../../test/signed/made-packs.ts'
import { UPDATED, openedReader, writeFeed } from '../../test/updated-feed.ts'
import type { FeedInput } from './feed-input.ts'

const CRYPTO = systemFeedCrypto()
const US = { territory: country('US'), limit: 200 } as const
const OLD = madeRecords(51, 200)

test('C14: an update of a followed feed takes away what is withdrawn, and brings it back', async (t) => {
  using stage = new FollowedStage()
  const log = keptLog()
  const store = await openedStore(t, { log })
  const entry = { work: 'made-3', serial: 1, effect: 'blocked', reason: 'court', on: '2026-01-02' }
  const show = async (...entries: readonly object[]): Promise<readonly string[]> => {
    const text = JSON.stringify({ type: 'matinee-revocations', version: 1, entries })
    stage.publisher.add('targets', 'packs/targets/revocations.json', utf8Bytes(text))
    stage.packs.pack(stage.publisher)
    stage.publisher.update()
    assert.deepEqual(await stage.take(), { kind: 'taken' })
    using file = new FollowedFeedFile(stage.path)
    const input = followedFeedInput(file, CRYPTO)
    assert.ok(input !== null)
    const { version } = await store.load(input)
    assert.equal(version, input.version)
    return (await store.search(US)).works.map(({ id }) => String(id))
  }
  const all = await show()
  assert.ok(all.includes('made-3'))
  const withdrawn = await show({ ...entry, state: 'revoked' })
  assert.deepEqual(withdrawn.toSorted(), all.filter((id) => id !== 'made-3').toSorted())
  const [one] = WORKS
  stage.packs.remove('made-5').put('new', recordBytes({ ...one, id: 'new' }))
  const again = await show({ ...entry, serial: 2, state: 'reinstated' })
  const expected = [...all.filter((id) => id !== 'made-5'), 'new']
  assert.deepEqual(again.toSorted(), expected.toSorted())
  const events = log.events.map(({ event }) => event).filter((event) => /-feed-/u.test(event))
  assert.deepEqual(events, [
    'catalogue-feed-loaded',
    'catalogue-feed-updated',
    'catalogue-feed-updated',
  ])
})

test('C14: whoever shows a feed under another version, with less in it, gets all of it loaded', async (t) => {
  using stage = new FollowedStage()
  stage.packs.pack(stage.publisher)
  stage.publisher.update()
  await stage.take()
  const store = await openedStore(t)
  using file = new FollowedFeedFile(stage.path)
  const input = (): FeedInput & { readonly works: Iterable<FeedWork> } => {
    const now = followedFeedInput(file, CRYPTO)
    assert.ok(now !== null)
    return now
  }
  const before = await store.load(input())
  const { version } = input()
  const works = [...input().works].slice(0, 7)
  // Nothing changed in the feed itself, so that an update would leave what is there.
  const fewer = await store.load({ ...input(), version: `${version} fewer`, works })
  assert.equal(fewer.workCount, 7)
  assert.equal((await store.load(input())).workCount, before.workCount)
})

test('C18: an update that cannot be written leaves the older version, and the next one comes through', async (t) => {
  const folder = temporaryFolder(t)
  const store = await openedStore(t, { folder, largestFeedBytes: 2_300_000 })
  await store.load(feedOf(feedWorks(OLD)))
  const before = await store.search(US)
  const more = madeRecords(53, 400, (made) => ({ ...made, id: `more-${made.id}` }))
  const input = (version: string, records: typeof more): FeedInput => ({
    ...feedOf([], { version }),
    changesSince: () => ({ count: records.length, works: feedWorks(records), removed: [] }),
  })
  await assert.rejects(
    store.load(input('2', more)),
    (error) => error instanceof CatalogueStoreError && error.code === 'full',
  )
  assert.deepEqual(await store.search(US), before)
  assert.equal((await store.feeds())[0]?.version, '1')
  await store.load(input('2', more.slice(0, 3)))
  assert.equal((await store.feeds())[0]?.workCount, OLD.length + 3)
})

test('O2: an update that makes a candidate of a work takes it away', async (t) => {
  const store = await openedStore(t)
  await store.load(feedOf(feedWorks(OLD)))
  const [first, second] = OLD
  assert.ok(first !== undefined && second !== undefined)
  const changed = [...feedWorks([first], 'candidate'), ...feedWorks([second])]
  const changesSince = () => ({ count: 2, works: changed, removed: [] })
  const { workCount } = await store.load({ ...feedOf([], { version: '2' }), changesSince })
  assert.equal(workCount, OLD.length - 1)
  assert.equal((await store.work({ id: first.id, ...US })).kind, 'none')
  assert.notEqual((await store.work({ id: second.id, ...US })).kind, 'none')
})

test('C18: an update is of the version that is there, or of none', (t) => {
  const folder = temporaryFolder(t)
  writeFeed(folder, OLD, [], '7')
  const reader = openedReader(folder)
  assert.equal(reader.updating.begin({ feedId: UPDATED, from: '6' }), false)
  assert.equal(reader.updating.begin({ feedId: UPDATED, from: '7' }), true)
})

test('many updates are tidied into a new file, and answers stay as they were', async (t) => {
  const folder = temporaryFolder(t)
  const log = keptLog()
  const store = await openedStore(t, { folder, log, clock: clockAt('2026-11-21') })
  const records = [...OLD, ...madeRecords(54, 500, (made) => ({ ...made, id: `m-${made.id}` }))]
  await store.load(feedOf(feedWorks(records)))
  const later = records.slice(0, 501).map((record) => ({ ...record, year: 1999 }))
  for (const [at, works] of [later.slice(0, 300), later.slice(300)].entries())
    await store.load({
      ...feedOf([], { version: String(at + 2) }),
      changesSince: () => ({ count: works.length, works: feedWorks(works), removed: [] }),
    })
  const before = await store.search({ ...US, withFacets: true })
  const isTidy = (): boolean => readdirSync(folder).join() === 'test.2.feed'
  for (let tries = 0; !isTidy(); tries++) {
    assert.ok(tries < 1000, 'it is tidied in the end')
    await store.search(US)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  assert.deepEqual(await store.search({ ...US, withFacets: true }), before)
  const [feed] = await store.feeds()
  assert.deepEqual([feed?.version, feed?.workCount], ['3', records.length])
})
