import { test, type TestContext } from 'node:test'
import assert from 'node:assert/strict'
import { SILENT_LOG } from '@matinee/base'
import { openCatalogueStore, type CatalogueStore } from '@matinee/catalogue/node'
import { FakeClock, writeMadeFeed } from '@matinee/testkit'
import { appendFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FollowedFeeds, type FeedPlace } from './followed-feeds.ts'

interface Stage {
  readonly store: CatalogueStore
  readonly place: FeedPlace
  readonly follow: (...places: readonly FeedPlace[]) => FollowedFeeds
}

async function openStage(t: TestContext): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-feeds-'))
  const clock = new FakeClock({ startWallMs: Date.parse('2026-11-21T12:00:00Z') })
  const store = await openCatalogueStore({ folder: join(folder, 'catalogue'), clock })
  t.after(async () => {
    await store[Symbol.asyncDispose]()
    await rm(folder, { recursive: true })
  })
  const place = { folder: join(folder, 'feed'), allowLocal: true }
  await writeMadeFeed(place.folder)
  const follow: Stage['follow'] = (...places) =>
    new FollowedFeeds(places, store, SILENT_LOG, () => false)
  return { store, place, follow }
}

test('a feed is loaded once, and known again by its manifest alone', async (t) => {
  const { store, place, follow } = await openStage(t)
  const first = follow(place)
  const look = await first.look()
  assert.equal(look.changed.length, 1)
  assert.equal(first.folderOf('made-up'), null)
  await first.takeUp(look)
  assert.equal(first.folderOf('made-up'), place.folder)
  const [feed] = await store.feeds()
  assert.ok(feed !== undefined && feed.workCount > 40)

  // Would refuse the feed if anything but its manifest were read.
  await rm(join(place.folder, 'records'), { recursive: true })
  const second = follow(place)
  assert.deepEqual(await second.look(), { stored: ['made-up'], changed: [] })
  assert.equal(second.folderOf('made-up'), place.folder)
  assert.equal(second.isLocal('made-up'), true)
  assert.equal(second.isLocal('starter'), false)
})

test('a feed that changed and is refused leaves its older version; one that is not followed goes', async (t) => {
  const { store, place, follow } = await openStage(t)
  const first = follow(place)
  await first.takeUp(await first.look())
  const before = await store.feeds()
  await appendFile(join(place.folder, 'feed.json'), ' ')
  await rm(join(place.folder, 'records', 'night-ferry.json'))
  const second = follow(place)
  await second.takeUp(await second.look())
  assert.deepEqual(await store.feeds(), before)
  assert.equal(second.folderOf('made-up'), place.folder)

  const none = follow()
  await none.takeUp(await none.look())
  assert.deepEqual(await store.feeds(), [])
})
