import {
  feedOfferSchema,
  followedFeedsSchema,
  listPageSchema,
  paths,
  programmeSchema,
  suggestionsSchema,
  type FeedOffer,
  type FollowedFeed,
} from '#api'
import assert from 'node:assert/strict'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { test } from 'node:test'
import { SILENT_LOG, type Network } from '@matinee/base'
import { followedFeedId } from '@matinee/catalogue'
import { systemClock } from '@matinee/engine/system'
import { createNetwork } from '@matinee/net'
import { feedWhen, follow, offeredWhen, openMirror } from './follower-viewer.ts'
import { listeningNetwork } from './listening-network.ts'
import { MadeCurator } from './made-curator.ts'
import { MadePublisher, freeWorks } from './made-publisher.ts'
import { openCatalogueViewer, type CatalogueViewer } from './open-catalogue-viewer.ts'

const PATIENCE_MS = 20_000

function nearNetwork(): Network & AsyncDisposable {
  const { datagrams } = listeningNetwork()
  const near = createNetwork({ clock: systemClock(), log: SILENT_LOG, allowLocal: true })
  const close = async (): Promise<void> => near[Symbol.asyncDispose]()
  return { ...near, datagrams, [Symbol.asyncDispose]: close }
}

/** A viewer that follows a feed of four works, with a curator whose list names two of them and two that are elsewhere. */
async function withFeed(viewer: CatalogueViewer) {
  const publisher = new MadePublisher().put(...freeWorks(4)).publish()
  const stranger = new MadePublisher('Elsewhere')
  const folder = join(viewer.folder, 'stick')
  await publisher.write(folder)
  await follow(viewer, folder, publisher.fingerprint)
  await feedWhen(viewer, publisher, ({ state }) => state.kind === 'fresh')
  const works = await offeredWhen(viewer, publisher, (ids) => ids.length === 4)
  const [one = '', two = ''] = works
  const named = [
    { feed: publisher, work: two },
    { feed: stranger, work: 'never-seen' },
    { feed: publisher, work: one },
    { feed: publisher, work: 'none-of-theirs' },
  ]
  const idOf = (work: string): string => `${followedFeedId(publisher.fingerprint)}.${work}`
  return { publisher, named, one, two, idOf }
}

async function look(
  viewer: CatalogueViewer,
  body: { readonly address: string } | { readonly file: string },
): Promise<FeedOffer> {
  const path = 'file' in body ? `${paths.feedFile}?language=en` : paths.feedLook
  const answer = await viewer.ask(path, 'POST', body)
  assert.equal(answer.status, 200)
  return feedOfferSchema.parse(await answer.json())
}

async function accept(viewer: CatalogueViewer, { offer, fingerprint }: FeedOffer): Promise<void> {
  const answer = await viewer.ask(paths.feedFollow, 'POST', { offer, fingerprint })
  assert.equal(answer.status, 200)
}

async function listWhen(
  viewer: CatalogueViewer,
  { address }: MadeCurator,
  isRight: (list: FollowedFeed) => boolean,
): Promise<FollowedFeed> {
  let last: FollowedFeed | undefined
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await delay(30)) {
    const { feeds } = await viewer.get(followedFeedsSchema, paths.feeds)
    last = feeds.find(({ id }) => id === address)
    if (last?.progress.kind === 'idle' && isRight(last)) return last
  }
  return assert.fail(`the list never was right: ${JSON.stringify(last)}`)
}

async function refreshed(
  viewer: CatalogueViewer,
  curator: MadeCurator,
  isRight: (list: FollowedFeed) => boolean,
): Promise<FollowedFeed> {
  assert.equal((await viewer.ask(paths.feedRefresh(curator.address), 'POST')).status, 200)
  return listWhen(viewer, curator, isRight)
}

function page(viewer: CatalogueViewer, { address }: MadeCurator) {
  return viewer.get(listPageSchema, `${paths.list(address)}?language=en`)
}

test('a list shows the works that followed feeds have, in its order, with who chose them and what they say, and counts the others', async () => {
  await using viewer = await openCatalogueViewer({ network: listeningNetwork() })
  const { publisher, named, one, two, idOf } = await withFeed(viewer)
  const curator = new MadeCurator()
  const markup = '<img src=x onerror=alert(1)> & wait'
  const noted = named.map(({ work, feed }) => ({
    feed: feed.fingerprint,
    work,
    notes: work === two ? { en: markup } : {},
  }))
  const file = join(viewer.folder, 'lists', 'list.json')
  await mkdir(join(viewer.folder, 'lists'))
  await writeFile(file, curator.list(1, named, { works: noted }))
  const offer = await look(viewer, { address: join(viewer.folder, 'lists') })
  assert.deepEqual(
    [offer.kind, offer.fingerprint, offer.name, offer.operator, offer.works, offer.address],
    ['list', curator.key, 'Nights on water', 'Ada Reuss', 4, file],
  )
  await accept(viewer, offer)
  const entry = await listWhen(viewer, curator, ({ sources }) => sources[0]?.state === 'ok')
  assert.deepEqual([entry.works, entry.missing, entry.state.kind], [4, 2, 'fresh'])
  assert.equal(entry.description, 'From the north.')

  const shown = await page(viewer, curator)
  assert.deepEqual(
    shown.works.map(({ id }) => id),
    [idOf(two), idOf(one)],
  )
  assert.deepEqual(shown.chosen, {
    by: 'Ada Reuss',
    notes: { [idOf(two)]: markup },
    named: 4,
    missing: 2,
    notOffered: 0,
  })
  const { rows } = await viewer.get(programmeSchema, `${paths.programme}?language=en`)
  const row = rows.find(({ heading }) => heading.kind === 'list' && heading.listId === entry.id)
  assert.ok(row?.heading.kind === 'list')
  assert.equal(row.heading.note, 'Chosen by Ada Reuss. From the north.')
  assert.equal(row.works.length, 2)
  const suggested = `${paths.suggest}?language=en&text=${encodeURIComponent('wat nigh')}`
  const { lists } = await viewer.get(suggestionsSchema, suggested)
  assert.deepEqual(lists[0], { id: entry.id, title: 'Nights on water', workCount: 2 })

  // A work that its feed withdrew is on no list.
  publisher.revoke(two, 1)
  await publisher.publish().write(join(viewer.folder, 'stick'))
  await viewer.ask(paths.feedRefresh(followedFeedId(publisher.fingerprint)), 'POST')
  await offeredWhen(viewer, publisher, (ids) => ids.length === 3)
  const { works, chosen } = await page(viewer, curator)
  assert.deepEqual(
    works.map(({ id }) => id),
    [idOf(one)],
  )
  assert.deepEqual([chosen?.missing, chosen?.notOffered], [2, 1])

  const removed = await viewer.ask(paths.feed(entry.id), 'DELETE')
  assert.equal(followedFeedsSchema.parse(await removed.json()).feeds.length, 2)
  assert.equal((await viewer.ask(paths.list(entry.id))).status, 404)
  await assert.rejects(readFile(join(viewer.folder, 'data', 'lists', `${entry.id}.json`)))
})

test('C2: an older list, or another one of the same serial, never takes the newest one’s place, also after a new start', async () => {
  await using network = nearNetwork()
  const curator = new MadeCurator()
  const publisher = new MadePublisher()
  const named = (...works: readonly string[]) => works.map((work) => ({ feed: publisher, work }))
  const files = (bytes: Uint8Array) => new Map([['nights.json', bytes]])
  const first = curator.list(1, named('a'))
  await using mirror = await openMirror(files(first))
  await using viewer = await openCatalogueViewer({ network })
  const offer = await look(viewer, { address: `${mirror.url}nights.json` })
  await accept(viewer, offer)
  await listWhen(viewer, curator, ({ sources }) => sources[0]?.state === 'ok')
  mirror.files = files(curator.list(3, named('a', 'b', 'c')))
  await refreshed(viewer, curator, ({ works }) => works === 3)
  for (const [bytes, code] of [
    [first, 'rollback'],
    [curator.list(3, named('a')), 'version-reused'],
  ] as const) {
    mirror.files = files(bytes)
    const { works, sources, state } = await refreshed(
      viewer,
      curator,
      ({ sources: [source] }) => source?.why === code,
    )
    assert.equal(works, 3)
    assert.equal(sources[0]?.state, 'demoted')
    assert.deepEqual(state, { kind: 'refused', code, file: 'list' })
  }
  // Nor does one that somebody hands in.
  const handed = await look(viewer, { file: Buffer.from(first).toString() })
  assert.deepEqual([handed.isFollowed, handed.news], [true, 'refused'])
  await viewer.server.close()

  mirror.files = files(curator.list(2, named('a', 'b')))
  await using again = await openCatalogueViewer({ network, folder: viewer.folder })
  const entry = await refreshed(
    again,
    curator,
    ({ sources: [source] }) => source?.why === 'rollback',
  )
  assert.equal(entry.works, 3)
  assert.ok(entry.confirmedOn !== null)
})

test('C15: a list is followed under the key that was shown and accepted; what another key signed is refused by name', async () => {
  await using network = nearNetwork()
  const [curator, other] = [new MadeCurator(), new MadeCurator('somebody else')]
  const works = [{ feed: new MadePublisher(), work: 'a' }]
  const files = (bytes: Uint8Array) => new Map([['list.json', bytes]])
  await using mirror = await openMirror(files(curator.list(1, works)))
  await using forger = await openMirror(files(other.list(9, works)))
  await using viewer = await openCatalogueViewer({ network })
  const failure = async (answer: Response): Promise<unknown> => [answer.status, await answer.json()]
  const offer = await look(viewer, { address: mirror.url })
  const wrong = { offer: offer.offer, fingerprint: other.key }
  const refused = [409, { error: { code: 'other-feed' } }]
  assert.deepEqual(await failure(await viewer.ask(paths.feedFollow, 'POST', wrong)), refused)
  await accept(viewer, offer)
  await listWhen(viewer, curator, ({ sources }) => sources[0]?.state === 'ok')
  const sources = paths.feedSources(curator.address)
  const added = await viewer.ask(sources, 'POST', { address: forger.url })
  assert.deepEqual(await failure(added), refused)

  // The very place now has what somebody else signed, and then another list of the same key.
  for (const bytes of [other.list(9, works), curator.list(9, works, { id: 'days' })]) {
    mirror.files = files(bytes)
    const entry = await refreshed(
      viewer,
      curator,
      ({ sources: [source] }) => source?.why === 'fingerprint',
    )
    assert.equal(entry.sources[0]?.state, 'demoted')
    mirror.files = files(curator.list(1, works))
    await refreshed(viewer, curator, ({ sources: [source] }) => source?.state === 'ok')
  }
  const altered = Buffer.from(curator.list(2, works))
    .toString()
    .replace(/"signature":"./u, (found) =>
      found.endsWith('0') ? `${found.slice(0, -1)}1` : `${found.slice(0, -1)}0`,
    )
  const handed = await viewer.ask(paths.feedFile, 'POST', { file: altered })
  assert.deepEqual(await failure(handed), [404, { error: { code: 'no-feed' } }])

  // What was kept of it is lost: then, too, only the list that was accepted comes again.
  await viewer.server.close()
  await rm(join(viewer.folder, 'data', 'lists'), { recursive: true })
  mirror.files = files(curator.list(9, works, { id: 'days' }))
  await using again = await openCatalogueViewer({ network, folder: viewer.folder })
  const lost = await refreshed(again, curator, ({ state }) => state.kind === 'refused')
  assert.equal(lost.works, 0)
  assert.equal(lost.sources[0]?.why, 'fingerprint')
  mirror.files = files(curator.list(1, works))
  await refreshed(again, curator, (list) => list.works === 1)
})

test('a list that came in a file finds newer ones where it says, and one that is handed in newer is taken at once', async () => {
  await using network = nearNetwork()
  const [curator, publisher] = [new MadeCurator(), new MadePublisher()]
  const works = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ feed: publisher, work: `w${at}` }))
  await using viewer = await openCatalogueViewer({ network })
  const hand = (bytes: Uint8Array) => look(viewer, { file: Buffer.from(bytes).toString() })
  assert.equal((await hand(new MadeCurator('many').list(1, works(1000)))).works, 1000)
  const offer = await hand(curator.list(1, works(1)))
  assert.deepEqual([offer.address, offer.isFollowed], ['', false])
  await accept(viewer, offer)
  const entry = await listWhen(viewer, curator, () => true)
  assert.deepEqual([entry.sources, entry.confirmedOn, entry.state.kind], [[], null, 'fresh'])
  const again = await hand(curator.list(1, works(1)))
  assert.deepEqual([again.isFollowed, again.news], [true, 'same'])
  const mirrors = { mirrors: ['https://ada.example/nights.json'] }
  const newer = await hand(curator.list(2, works(2), mirrors))
  assert.equal(newer.news, 'newer')
  const after = await listWhen(viewer, curator, (list) => list.works === 2)
  assert.deepEqual(
    after.sources.map(({ address }) => address),
    mirrors.mirrors,
  )
})

test('C5: a list that never ends, or is larger than a list may be, costs its source its place and nothing else', async () => {
  await using network = nearNetwork()
  const curator = new MadeCurator()
  const works = [{ feed: new MadePublisher(), work: 'a' }]
  await using mirror = await openMirror(new Map([['list.json', curator.list(1, works)]]))
  await using viewer = await openCatalogueViewer({ network })
  await accept(viewer, await look(viewer, { address: mirror.url }))
  await listWhen(viewer, curator, ({ sources }) => sources[0]?.state === 'ok')
  mirror.files = new Map([['list.json', new Uint8Array(8 * 1024 * 1024).fill(0x20)]])
  const large = await refreshed(
    viewer,
    curator,
    ({ sources: [source] }) => source?.why === 'too-large',
  )
  assert.equal(large.sources[0]?.state, 'demoted')
  assert.equal(large.works, 1)
  const handed = await viewer.ask(paths.feedFile, 'POST', { file: ' '.repeat(384 * 1024 + 1) })
  assert.equal(handed.status, 400)
  mirror.files = new Map()
  const gone = await refreshed(
    viewer,
    curator,
    ({ sources: [source] }) => source?.why === 'missing',
  )
  assert.deepEqual([gone.works, gone.state.kind], [1, 'fresh'])
  await rm(join(viewer.folder, 'data', 'lists'), { recursive: true })
})
