import { MOST_FOLLOWED_FEEDS } from '#api'
import { SILENT_LOG } from '@matinee/base'
import { parseListId, readFollowedList, type Sha256Text } from '@matinee/catalogue'
import { systemFeedCrypto } from '@matinee/catalogue/node'
import { FakeClock, SeededRandom } from '@matinee/testkit'
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { parseFeedAddress } from '../src/library/following/feed-address.ts'
import type { FoundFeed } from '../src/library/following/feed-offers.ts'
import { FollowingDesk } from '../src/library/following/following-desk.ts'
import { FollowingFile } from '../src/library/following/following-file.ts'
import { ListDesk } from '../src/library/lists/list-desk.ts'
import type { FoundList } from '../src/library/lists/list-offers.ts'
import { MadeCurator } from './made-curator.ts'
import { MadePublisher } from './made-publisher.ts'

/** A data folder that follows nothing, and a world in which no source answers. */
async function openWorld(t: TestContext) {
  const dataFolder = await mkdtemp(join(tmpdir(), 'matinee-follow-'))
  t.after(() => rm(dataFolder, { recursive: true, force: true }))
  const world = {
    clock: new FakeClock(),
    log: SILENT_LOG,
    crypto: systemFeedCrypto(),
    openSource: () => ({ kind: 'https' as const, read: async () => null }),
    hasSwarm: false,
  }
  const file = await FollowingFile.open(dataFolder, SILENT_LOG)
  return { dataFolder, world, file, random: new SeededRandom(1) }
}

function made(number: number): Sha256Text {
  const { key } = new MadeCurator(`other ${number}`)
  return key
}

async function openFeeds(t: TestContext, following: Awaited<ReturnType<typeof openWorld>>) {
  const desk = await FollowingDesk.open({
    ...following,
    store: {
      feeds: async () => [],
      load: async () => undefined,
      remove: async () => undefined,
      setFeedOrder: async () => undefined,
      withhold: async () => undefined,
    },
    keeper: { keep: async () => undefined, drop: async () => undefined },
    onSafety: async () => undefined,
  })
  t.after(() => desk[Symbol.asyncDispose]())
  return desk
}

function foundFeed(name: string, path = 'feed'): FoundFeed {
  const publisher = new MadePublisher(name)
  const address = parseFeedAddress(`https://films.example/${path}/`)
  assert.ok(address !== null)
  const { fingerprint, root } = publisher
  // What a page is shown of it isn't looked at here.
  return { fingerprint, root, address, head: {} as FoundFeed['head'], works: 0 }
}

function foundList(name: string): FoundList {
  const curator = new MadeCurator(name)
  const bytes = curator.list(1, [{ feed: { fingerprint: curator.key }, work: 'film' }])
  const read = readFollowedList(bytes, curator.key, null, systemFeedCrypto())
  assert.ok(read.kind === 'list')
  return { key: curator.key, list: read.list, bytes, place: null }
}

test('C5: of several feeds that are followed at one instant no more are than may be', async (t) => {
  const following = await openWorld(t)
  const desk = await openFeeds(t, following)
  const feeds = Array.from({ length: MOST_FOLLOWED_FEEDS - 1 }, (_, number) => ({
    fingerprint: made(number),
    sources: [],
    decidesSafety: false,
  }))
  await following.file.change((now) => ({ ...now, feeds }))
  const followed = await Promise.all(['A', 'B', 'C'].map((name) => desk.follow(foundFeed(name))))
  assert.deepEqual(
    followed.map((each) => each === 'full'),
    [false, true, true],
  )
  assert.equal(following.file.current.feeds.length, MOST_FOLLOWED_FEEDS)
})

test('C5: a feed that is followed from two addresses at one instant is followed once, and asked at both', async (t) => {
  const following = await openWorld(t)
  const desk = await openFeeds(t, following)
  const [first, second] = await Promise.all([
    desk.follow(foundFeed('A', 'one')),
    desk.follow(foundFeed('A', 'two')),
  ])
  assert.equal(first, second)
  const { feeds } = following.file.current
  assert.deepEqual(
    feeds.map(({ sources }) => sources),
    [['https://films.example/one/', 'https://films.example/two/']],
  )
})

test('C5: a feed that could not be followed can be followed at once, and removing one twice is no mistake', async (t) => {
  const following = await openWorld(t)
  const desk = await openFeeds(t, following)
  t.mock.method(following.file, 'change', () => Promise.reject(new Error('disk')), { times: 1 })
  await assert.rejects(desk.follow(foundFeed('A')), /disk/)
  assert.deepEqual(desk.feeds, [])
  const feed = await desk.follow(foundFeed('A'))
  assert.ok(feed !== 'full')
  await Promise.all([desk.remove(feed), desk.remove(feed)])
  assert.deepEqual(following.file.current.feeds, [])
})

test('C5: of several lists that are followed at one instant no more are than may be, and none twice', async (t) => {
  const following = await openWorld(t)
  const desk = await ListDesk.open(following)
  t.after(() => desk[Symbol.asyncDispose]())
  const twice = await Promise.all([desk.follow(foundList('A')), desk.follow(foundList('A'))])
  assert.deepEqual(twice, [true, true])
  assert.equal(following.file.current.lists.length, 1)
  const id = parseListId('nights')
  assert.ok(id !== null)
  const lists = Array.from({ length: MOST_FOLLOWED_FEEDS - 2 }, (_, number) => ({
    key: made(number),
    id,
    sources: [],
  }))
  await following.file.change((now) => ({ ...now, lists: [...now.lists, ...lists] }))
  const followed = await Promise.all(['B', 'C'].map((name) => desk.follow(foundList(name))))
  assert.deepEqual(followed, [true, false])
  assert.equal(desk.lists.length, 2)
})
