import {
  browsePageSchema,
  historySchema,
  paths,
  shelfSchema,
  suggestionsSchema,
  workDetailsSchema,
  type BrowsePage,
  type Shelf,
  type WorkDetails,
} from '#api'
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { followedFeedId } from '@matinee/catalogue'
import type { MadeRecord } from '@matinee/testkit'
import { feedWhen, follow, refreshed } from './follower-viewer.ts'
import { listeningNetwork } from './listening-network.ts'
import { MadePublisher, freeWorks } from './made-publisher.ts'
import { openCatalogueViewer, type CatalogueViewer } from './open-catalogue-viewer.ts'

const PATIENCE_MS = 15_000

/** Two feeds with one film in common, which each calls otherwise. */
async function openTwoFeeds() {
  await using opened = new AsyncDisposableStack()
  const viewer = opened.use(await openCatalogueViewer({ network: listeningNetwork() }))
  const works = freeWorks(24)
  const film = works.find(({ kind }) => kind === 'feature')
  assert.ok(film !== undefined)
  const others = works.filter((work) => work !== film)
  const ferry = new MadePublisher('Ferry').put(
    titled(film, 'Hollingsby Lock'),
    ...others.slice(0, 3),
  )
  const own = { ...titled(film, 'Lastkahn im Nebel'), id: 'kahn' }
  const dock = new MadePublisher('Dock').put(own, ...others.slice(4, 6))
  for (const publisher of [ferry, dock]) {
    const folder = folderOf(viewer, publisher)
    await publisher.publish().write(folder)
    await follow(viewer, folder, publisher.fingerprint)
    await feedWhen(viewer, publisher, ({ state }) => state.kind === 'fresh')
  }
  const ids = [ferry, dock].map(({ fingerprint }) => followedFeedId(fingerprint))
  // The one that was followed first comes first, until somebody says otherwise.
  const [ferryId, dockId] = [`${ids[0]}.${film.id}`, `${ids[1]}.kahn`]
  await cardsWhen(viewer, 'lastkahn', ([found]) => found === ferryId)
  opened.move()
  return { viewer, ferry, dock, film, ids, ferryId, dockId }
}

function titled(work: MadeRecord, text: string): MadeRecord {
  return { ...work, title: { text, language: 'en' }, translations: {} }
}

function folderOf({ folder }: CatalogueViewer, { name }: MadePublisher): string {
  return join(folder, name)
}

async function order(viewer: CatalogueViewer, ids: readonly string[]): Promise<void> {
  assert.equal((await viewer.ask(paths.feedOrder, 'PUT', { ids })).status, 200)
}

async function search(viewer: CatalogueViewer, text: string): Promise<BrowsePage> {
  const asked = new URLSearchParams({ language: 'en', text, offset: '0', limit: '200' })
  return viewer.get(browsePageSchema, `${paths.works}?${asked}`)
}

/** Ids of what is found, once it's right: loads go on behind the feeds. */
async function cardsWhen(
  viewer: CatalogueViewer,
  text: string,
  isRight: (ids: readonly string[]) => boolean,
): Promise<readonly string[]> {
  let ids: readonly string[] = []
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await delay(50)) {
    ids = (await search(viewer, text)).works.map(({ id }) => id)
    if (isRight(ids)) return ids
  }
  return assert.fail(`never found as it should: ${ids.join(' ')}`)
}

function pageOf(viewer: CatalogueViewer, workId: string): Promise<WorkDetails> {
  return viewer.get(workDetailsSchema, `${paths.work(workId)}?language=en`)
}

function shelfOf(viewer: CatalogueViewer): Promise<Shelf> {
  return viewer.get(shelfSchema, `${paths.shelf}?language=en`)
}

async function change(viewer: CatalogueViewer, path: string, body: object): Promise<void> {
  assert.equal((await viewer.ask(`${path}?language=en`, 'PUT', body)).status, 200)
}

async function revise(viewer: CatalogueViewer, publisher: MadePublisher): Promise<void> {
  await publisher.publish().write(folderOf(viewer, publisher))
  await refreshed(viewer, publisher)
}

test('C14: a work that two feeds have is one card, whole as the first feed has it, and the other is one step away', async () => {
  const { viewer, ferry, dock, film, ids, ferryId, dockId } = await openTwoFeeds()
  await using _ = viewer
  // Found by the title of either, shown as the first has it.
  assert.deepEqual(await cardsWhen(viewer, 'hollingsby', (found) => found.length > 0), [ferryId])
  const { works } = await search(viewer, 'lastkahn')
  assert.deepEqual(
    works.map(({ id, title }) => [id, title]),
    [[ferryId, 'Hollingsby Lock']],
  )
  const all = (await search(viewer, '')).works.map(({ id }) => id)
  assert.ok(all.includes(ferryId) && !all.includes(dockId))
  const suggested = await viewer.get(suggestionsSchema, `${paths.suggest}?language=en&text=lastk`)
  assert.deepEqual(
    suggested.works.map(({ id }) => id),
    [ferryId],
  )
  // Each page is one feed's record, and names the other; neither is like itself.
  const [first, second] = [await pageOf(viewer, ferryId), await pageOf(viewer, dockId)]
  assert.deepEqual(first.alsoIn, [{ workId: dockId, feed: 'Dock' }])
  assert.deepEqual(second.alsoIn, [{ workId: ferryId, feed: 'Ferry' }])
  assert.equal(second.card.title, 'Lastkahn im Nebel')
  for (const page of [first, second])
    assert.ok(page.similar.every(({ id }) => id !== ferryId && id !== dockId))

  // The other feed first: at once.
  await order(viewer, ids.toReversed())
  assert.deepEqual(
    (await search(viewer, 'hollingsby')).works.map(({ id, title }) => [id, title]),
    [[dockId, 'Lastkahn im Nebel']],
  )
  await order(viewer, ids)
  assert.deepEqual(
    (await search(viewer, 'lastkahn')).works.map(({ id }) => id),
    [ferryId],
  )

  // C14: what one feed withdraws is its own; the card is the other's then.
  ferry.revoke(film.id, 1)
  await revise(viewer, ferry)
  await cardsWhen(viewer, 'lastkahn', ([found]) => found === dockId)
  assert.deepEqual((await search(viewer, 'hollingsby')).works, [])
  const gone = await pageOf(viewer, ferryId)
  assert.equal(gone.offered, false)
  assert.equal(gone.withdrawals[0]?.by, 'Ferry')
  assert.deepEqual(gone.alsoIn, [{ workId: dockId, feed: 'Dock' }])
  const left = await pageOf(viewer, dockId)
  assert.ok(left.offered)
  assert.deepEqual(left.alsoIn, [])
  // Unless the feed that withdraws may decide about others’ works too.
  const hash = rootOf(film)
  ferry.revoke(film.id, 2, { covers: [hash] })
  await revise(viewer, ferry)
  assert.ok((await pageOf(viewer, dockId)).offered)
  await change(viewer, paths.feed(ids[0] ?? ''), { decidesSafety: true })
  await cardsWhen(viewer, 'lastkahn', (found) => found.length === 0)
  assert.equal((await pageOf(viewer, dockId)).offered, false)
  ferry.revoke(film.id, 3, { state: 'reinstated', covers: [hash] })
  await revise(viewer, ferry)
  await cardsWhen(viewer, 'lastkahn', ([found]) => found === ferryId)
  assert.equal(dock.works.size, 3)
})

test('what the shelf knows of a work holds whichever feed’s record is shown', async () => {
  const { viewer, ferry, film, ids, ferryId, dockId } = await openTwoFeeds()
  await using _ = viewer
  await change(viewer, paths.shelfFavourite, { workId: ferryId, favourite: true })
  const place = { episodeId: null, seconds: 600, durationSeconds: 5000 }
  await change(viewer, paths.shelfProgress, { workId: ferryId, ...place })
  const created = await viewer.ask(paths.shelfLists, 'POST', { name: 'Rainy days' })
  const { id: list } = (await created.json()) as { id: string }
  await change(viewer, paths.shelfListWork(list, ferryId), {})

  const shows = async (workId: string, seconds: number): Promise<void> => {
    const shelf = await shelfOf(viewer)
    const idsOf = (cards: readonly { id: string }[]): string[] => cards.map(({ id }) => id)
    assert.deepEqual(idsOf(shelf.favourites), [workId])
    assert.deepEqual(idsOf(shelf.lists[0]?.works ?? []), [workId])
    assert.deepEqual(
      shelf.carryOn.map((each) => [each.work.id, each.seconds]),
      [[workId, seconds]],
    )
    assert.deepEqual(shelf.withdrawn, [])
    const page = await pageOf(viewer, workId)
    assert.equal(page.resumeSeconds, seconds)
    assert.ok(page.card.watch.favourite)
  }
  await shows(ferryId, 600)
  // The page of the other record knows it too.
  assert.equal((await pageOf(viewer, dockId)).resumeSeconds, 600)
  assert.ok((await pageOf(viewer, dockId)).card.watch.favourite)

  await order(viewer, ids.toReversed())
  await shows(dockId, 600)
  await change(viewer, paths.shelfProgress, { workId: dockId, ...place, seconds: 900 })
  await shows(dockId, 900)
  await order(viewer, ids)
  await shows(ferryId, 900)

  // Withdrawn, and then not followed any more: the shelf remembers what it was.
  ferry.revoke(film.id, 1)
  await revise(viewer, ferry)
  await cardsWhen(viewer, 'lastkahn', ([found]) => found === dockId)
  await shows(dockId, 900)
  assert.equal((await viewer.ask(paths.feed(ids[0] ?? ''), 'DELETE')).status, 200)
  await shows(dockId, 900)
  const { entries } = await viewer.get(historySchema, `${paths.shelfHistory}?language=en`)
  assert.ok(entries.every(({ work }) => work?.id === dockId))

  await change(viewer, paths.shelfWatched, {
    workId: dockId,
    episodeId: null,
    seasonId: null,
    watched: true,
  })
  const shelf = await shelfOf(viewer)
  assert.deepEqual([shelf.watchedCount, shelf.carryOn.length], [1, 0])
  await change(viewer, paths.shelfFavourite, { workId: dockId, favourite: false })
  const off = await viewer.ask(paths.shelfListWork(list, dockId), 'DELETE')
  assert.equal(off.status, 200)
  const empty = await shelfOf(viewer)
  assert.deepEqual([empty.favourites, empty.lists[0]?.works], [[], []])
})

function rootOf(work: MadeRecord): string {
  const { releases } = work as unknown as { releases: { videos: { root: string }[] }[] }
  return releases[0]?.videos[0]?.root ?? assert.fail('a made work has a file')
}
