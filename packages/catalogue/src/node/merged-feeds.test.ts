import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type WorkRecord, identitiesOf } from '@matinee/catalogue'
import type { CatalogueStore } from '@matinee/catalogue/node'
import { feedId, feedWorks, madeRecords, recordOf } from '../../test/made-records.ts'
import { feedOf, openedStore, temporaryFolder } from '../../test/opened-store.ts'

const [HERE, THERE] = [feedId('here'), feedId('there')]
const [FIRST, SECOND, THIRD] = madeRecords(6, 3, (made, at) => ({
  ...made,
  ids: { wikidata: `Q${at + 1}` },
  rights: madeRecords(6, 1)[0]?.rights,
}))
assert.ok(FIRST !== undefined && SECOND !== undefined && THIRD !== undefined)
/** The same work as another feed has it: another file, another title. */
const OTHER = renamed(FIRST, 'other', 'Zwischenhalt')
const EVERYWHERE = { territory: null } as const

function renamed(record: WorkRecord, id: string, text: string): WorkRecord {
  const json = JSON.stringify({ ...record, id, title: { text }, translations: {} })
  return recordOf(JSON.parse(json.replaceAll(/"root":"../gu, '"root":"ff')) as object as never)
}

async function loadBoth(store: CatalogueStore): Promise<void> {
  assert.ok(FIRST !== undefined && SECOND !== undefined && THIRD !== undefined)
  await store.load({ ...feedOf(feedWorks([FIRST, SECOND])), id: HERE })
  await store.load({ ...feedOf(feedWorks([OTHER, THIRD])), id: THERE })
}

async function fronts(store: CatalogueStore): Promise<string[]> {
  const { works } = await store.search(EVERYWHERE)
  return works.map((work) => `${work.feedId}.${work.id}`).toSorted()
}

test('a work of two feeds is shown as the first has it, and another order acts at once', async (t) => {
  const store = await openedStore(t, { feedOrder: [HERE, THERE] })
  await loadBoth(store)
  const here = [`here.${FIRST.id}`, `here.${SECOND.id}`, `there.${THIRD.id}`].toSorted()
  const there = [`here.${SECOND.id}`, 'there.other', `there.${THIRD.id}`].toSorted()
  assert.deepEqual(await fronts(store), here)
  const before = await store.revision()
  await store.setFeedOrder([THERE, HERE])
  assert.notEqual(await store.revision(), before)
  assert.deepEqual(await fronts(store), there)
  const { offered, notOffered } = await store.counts(EVERYWHERE)
  assert.deepEqual([offered, notOffered], [3, 0])
  // Either record has a page of its own.
  for (const [at, id] of [
    [HERE, FIRST.id],
    [THERE, OTHER.id],
  ] as const)
    assert.equal((await store.work({ ...EVERYWHERE, feedId: at, id })).kind, 'offered')
  await store.setFeedOrder([HERE, THERE])
  assert.deepEqual(await fronts(store), here)
  await store.remove(HERE)
  assert.deepEqual(await fronts(store), ['there.other', `there.${THIRD.id}`].toSorted())
})

test('an update makes two works of one, and one of two', async (t) => {
  const store = await openedStore(t, { feedOrder: [HERE, THERE] })
  await loadBoth(store)
  assert.equal((await fronts(store)).length, 3)
  const unlike = recordOf({ ...JSON.parse(JSON.stringify(OTHER)), ids: { wikidata: 'Q99' } })
  const update = async (from: string, version: string, record: WorkRecord): Promise<void> => {
    const works = feedWorks([record])
    const changesSince = (at: string) => (at === from ? { count: 1, works, removed: [] } : null)
    await store.load({ ...feedOf([]), id: THERE, version, changesSince })
  }
  await update('1', '2', unlike)
  assert.equal((await fronts(store)).length, 4)
  await update('2', '3', OTHER)
  assert.equal((await fronts(store)).length, 3)
})

test('C13: every record of a work is known, also of one that is gone, by what it was known by', async (t) => {
  const store = await openedStore(t, { feedOrder: [HERE, THERE] })
  await loadBoth(store)
  const ask = async (feed: typeof HERE, record: WorkRecord): Promise<unknown> => {
    const work = { feedId: feed, id: record.id, identities: identitiesOf(record) }
    const [same] = await store.sameWorks({ ...EVERYWHERE, works: [work] })
    return same?.map(({ feedId: at, id, isOffered }) => [`${at}.${id}`, isOffered])
  }
  const both = [
    [`here.${FIRST.id}`, true],
    ['there.other', true],
  ]
  assert.deepEqual(await ask(HERE, FIRST), both)
  assert.deepEqual(await ask(THERE, OTHER), both)
  assert.deepEqual(await ask(HERE, SECOND), [[`here.${SECOND.id}`, true]])
  // A third feed that isn't there any more had it too.
  assert.deepEqual(await ask(feedId('gone'), FIRST), both)
  // None of a feed that has another record of that work.
  assert.deepEqual(await ask(HERE, renamed(FIRST, 'gone', 'Gone')), [])
  await store.remove(HERE)
  assert.deepEqual(await ask(HERE, FIRST), [['there.other', true]])
})

test('C14: what is withheld is in no answer, also after another start, until it is said anew', async (t) => {
  const folder = temporaryFolder(t)
  const [root] = FIRST.releases.flatMap((release) =>
    release.kind === 'release' ? release.videos.map((video) => video.root) : [],
  )
  const [infoHash] = SECOND.releases.map(({ infoHashes }) => infoHashes.v1)
  assert.ok(root !== undefined && infoHash !== undefined)
  const shown = ['there.other', `there.${THIRD.id}`].toSorted()
  {
    await using store = await openedStore(t, { folder, feedOrder: [HERE, THERE] })
    await loadBoth(store)
    await store.withhold([{ feedId: 'guard', hashes: [root, infoHash] }])
    assert.deepEqual(await fronts(store), shown)
    const work = await store.work({ ...EVERYWHERE, feedId: HERE, id: FIRST.id })
    assert.equal(work.kind, 'not-offered')
  }
  const store = await openedStore(t, { folder, feedOrder: [HERE, THERE] })
  assert.deepEqual(await fronts(store), shown)
  // A version that comes meanwhile is held to it.
  await store.load({ ...feedOf(feedWorks([FIRST, SECOND])), id: HERE, version: '2' })
  assert.deepEqual(await fronts(store), shown)
  await store.withhold([])
  assert.equal((await fronts(store)).length, 3)
})
