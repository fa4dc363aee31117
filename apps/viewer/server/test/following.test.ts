import { followedFeedsSchema, paths, workDetailsSchema } from '#api'
import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { SILENT_LOG, type Network } from '@matinee/base'
import { followedFeedId } from '@matinee/catalogue'
import { systemClock } from '@matinee/engine/system'
import { createNetwork } from '@matinee/net'
import { listeningNetwork } from './listening-network.ts'
import {
  feedWhen,
  follow,
  offeredIds,
  offeredWhen,
  openMirror,
  refreshed,
} from './follower-viewer.ts'
import { MadePublisher, freeWorks } from './made-publisher.ts'
import { openCatalogueViewer } from './open-catalogue-viewer.ts'

/** The product's egress, which reaches this computer and nothing else. */
function nearNetwork(): Network & AsyncDisposable {
  const { datagrams } = listeningNetwork()
  const near = createNetwork({ clock: systemClock(), log: SILENT_LOG, allowLocal: true })
  const close = async (): Promise<void> => near[Symbol.asyncDispose]()
  return { ...near, datagrams, [Symbol.asyncDispose]: close }
}

const isFresh = ({ state }: { readonly state: { readonly kind: string } }): boolean =>
  state.kind === 'fresh'

test('a feed is followed from a folder: its works are in the programme, and a new version comes with a refresh', async () => {
  await using viewer = await openCatalogueViewer({ network: listeningNetwork() })
  const publisher = new MadePublisher().put(...freeWorks(6)).publish()
  const folder = join(viewer.folder, 'stick')
  await publisher.write(folder)
  await follow(viewer, folder, publisher.fingerprint)
  const feed = await feedWhen(viewer, publisher, isFresh)
  assert.equal(feed.name, 'Kino')
  assert.equal(feed.operator, 'Kino e. V.')
  assert.equal(feed.works, 6)
  assert.ok(feed.confirmedOn !== null)
  assert.deepEqual(feed.sources[0]?.state, 'ok')
  const before = await offeredIds(viewer, publisher)
  assert.deepEqual(before, [...publisher.works.keys()].sort())

  const [gone = ''] = before
  publisher.works.delete(gone)
  await publisher.publish().write(folder)
  await refreshed(viewer, publisher, ({ works }) => works === 5)
  assert.deepEqual(await offeredIds(viewer, publisher), before.slice(1))

  const { feeds } = await viewer.get(followedFeedsSchema, paths.feeds)
  assert.deepEqual(
    feeds.map(({ kind }) => kind),
    ['bundled', 'signed'],
  )
  const ids = feeds.map(({ id }) => id).toReversed()
  const moved = await viewer.ask(paths.feedOrder, 'PUT', { ids })
  assert.deepEqual(
    followedFeedsSchema.parse(await moved.json()).feeds.map(({ id }) => id),
    ids,
  )

  const removed = await viewer.ask(paths.feed(followedFeedId(publisher.fingerprint)), 'DELETE')
  assert.equal(followedFeedsSchema.parse(await removed.json()).feeds.length, 1)
  assert.deepEqual(await offeredIds(viewer, publisher), [])
})

test('A13: what is followed is there after a new start with all its sources gone', async () => {
  const publisher = new MadePublisher().put(...freeWorks(4)).publish()
  await using network = nearNetwork()
  await using mirror = await openMirror(publisher.files)
  await using viewer = await openCatalogueViewer({ network })
  await follow(viewer, mirror.url, publisher.fingerprint)
  await feedWhen(viewer, publisher, isFresh)
  await viewer.server.close()
  await mirror[Symbol.asyncDispose]()
  await rm(join(viewer.folder, 'data', 'catalogue'), { recursive: true })

  await using again = await openCatalogueViewer({ network, folder: viewer.folder })
  const feed = await feedWhen(again, publisher, ({ works }) => works === 4)
  assert.equal(feed.state.kind, 'fresh')
  const ids = await offeredWhen(again, publisher, (each) => each.length === 4)
  const work = paths.work(`${followedFeedId(publisher.fingerprint)}.${ids[0] ?? ''}`)
  const details = await again.get(workDetailsSchema, `${work}?language=en`)
  assert.ok(details.offered)
})

test('C15: what is not at that address, or is not the feed whose fingerprint was accepted, is refused with words', async () => {
  await using viewer = await openCatalogueViewer({ network: listeningNetwork() })
  const publisher = new MadePublisher().put(...freeWorks(2)).publish()
  const fork = new MadePublisher('Fork', 'another key').put(...freeWorks(2)).publish()
  const folder = join(viewer.folder, 'stick')
  const forkFolder = join(viewer.folder, 'fork')
  await publisher.write(folder)
  await fork.write(forkFolder)
  const failureOf = async (answer: Response): Promise<unknown> => [
    answer.status,
    await answer.json(),
  ]
  for (const address of [join(viewer.folder, 'nothing'), 'ftp://a.example/', 'http://a.example/'])
    assert.deepEqual(await failureOf(await viewer.ask(paths.feedLook, 'POST', { address })), [
      404,
      { error: { code: 'no-feed' } },
    ])
  const looked = await viewer.ask(paths.feedLook, 'POST', { address: forkFolder })
  const { offer } = (await looked.json()) as { offer: string }
  const { fingerprint } = publisher
  const other = [409, { error: { code: 'other-feed' } }]
  const accepted = await viewer.ask(paths.feedFollow, 'POST', { offer, fingerprint })
  assert.deepEqual(await failureOf(accepted), other)

  await follow(viewer, folder, fingerprint)
  await feedWhen(viewer, publisher, isFresh)
  const sources = paths.feedSources(followedFeedId(fingerprint))
  const added = await viewer.ask(sources, 'POST', { address: forkFolder })
  assert.deepEqual(await failureOf(added), other)
  // The very place now has another feed: it is named as what it is, and nothing of it is taken.
  await fork.write(folder)
  const feed = await refreshed(viewer, publisher, (each) => each.sources[0]?.state === 'demoted')
  assert.equal(feed.sources[0]?.why, 'fingerprint')
  assert.equal(feed.works, 2)
  assert.equal((await offeredIds(viewer, publisher)).length, 2)
})
