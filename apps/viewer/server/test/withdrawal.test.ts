import { paths, streamStatusSchema, workDetailsSchema, type WorkDetails } from '#api'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { followedFeedId } from '@matinee/catalogue'
import { join } from 'node:path'
import { FILM, PATIENCE_MS, bytesOf, hereOf, isSeeded, openFilmHouse, play } from './film-house.ts'
import { feedWhen, follow, offeredIds, refreshed } from './follower-viewer.ts'
import { MadePublisher, freeWorks } from './made-publisher.ts'
import type { CatalogueViewer } from './open-catalogue-viewer.ts'

const detailsOf = (viewer: CatalogueViewer, workId: string): Promise<WorkDetails> =>
  viewer.get(workDetailsSchema, `${paths.work(workId)}?language=en`)

test('a film plays by its head pack and a web seed alone, before anybody described its torrent', async () => {
  await using house = await openFilmHouse()
  const { viewer, workId } = house
  const film = await play(viewer, workId)
  assert.ok(typeof film === 'object')
  assert.equal(await bytesOf(viewer, film.mediaUrl, 'bytes=0-99999'), 100_000)
})

test('what is here of a film can be looked at, and neither that nor a look at what is missing fetches anything', async () => {
  await using house = await openFilmHouse()
  const { viewer, workId, asked } = house
  const film = await play(viewer, workId)
  assert.ok(typeof film === 'object')
  assert.equal((await hereOf(viewer, film.mediaUrl, 'bytes=0-99')).status, 204, 'nothing yet')
  assert.equal(await bytesOf(viewer, film.mediaUrl, 'bytes=0-99999'), 100_000)
  const { length } = asked
  const here = await hereOf(viewer, film.mediaUrl, 'bytes=1000-99999')
  assert.equal(here.status, 206)
  assert.deepEqual(await here.bytes(), FILM.bytesAt({ start: 1000, end: 100_000 }))
  for (let at = FILM.length - 100; at > FILM.length / 2; at -= 100_000)
    assert.equal((await hereOf(viewer, film.mediaUrl, `bytes=${at}-${at + 99}`)).status, 204)
  await delay(300)
  assert.equal(asked.length, length, 'the web seed was asked for nothing')
})

test('C14: a blocked work is gone, stops playing where it plays and is seeded no more, and comes back when it is reinstated', async () => {
  await using house = await openFilmHouse()
  const { viewer, publisher, workId } = house
  const film = await play(viewer, workId)
  assert.ok(typeof film === 'object')
  assert.equal(await bytesOf(viewer, film.mediaUrl, 'bytes=0-'), FILM.length)
  assert.ok(await isSeeded(house, 'before', PATIENCE_MS), 'what was played is passed on')

  publisher.revoke('film', 1, { note: { en: 'A court in Utopia.' } }).publish()
  await refreshed(viewer, publisher)
  assert.ok(!(await offeredIds(viewer, publisher)).includes('film'))
  const status = await viewer.get(streamStatusSchema, paths.streamStatus(film.streamId))
  assert.deepEqual(status.phase, { kind: 'failed', reason: 'withdrawn' })
  assert.equal(await bytesOf(viewer, film.mediaUrl, 'bytes=0-').catch(() => 0), 0)
  assert.equal((await hereOf(viewer, film.mediaUrl, 'bytes=0-99')).status, 204, 'no still of it')
  assert.equal(await isSeeded(house, 'after'), false)
  assert.equal(await play(viewer, workId), 404)
  const details = await detailsOf(viewer, workId)
  assert.equal(details.offered, false)
  assert.deepEqual(details.withdrawals, [
    {
      by: 'Kino',
      on: '2026-01-02',
      reason: 'A court ordered it.',
      note: 'A court in Utopia.',
      acts: true,
      copyPlays: false,
    },
  ])

  publisher.revoke('film', 2, { state: 'reinstated' }).publish()
  await refreshed(viewer, publisher)
  assert.ok((await offeredIds(viewer, publisher)).includes('film'))
  const again = await play(viewer, workId)
  assert.ok(typeof again === 'object')
  assert.equal(await bytesOf(viewer, again.mediaUrl, 'bytes=0-99999'), 100_000)
})

test('C14: of a work that may not be shared the own copy plays on, and nobody else is given it', async () => {
  await using house = await openFilmHouse()
  const { viewer, publisher, workId } = house
  const film = await play(viewer, workId)
  assert.ok(typeof film === 'object')
  assert.equal(await bytesOf(viewer, film.mediaUrl, 'bytes=0-'), FILM.length)
  publisher.revoke('film', 1, { effect: 'unshared', reason: 'licence' }).publish()
  await refreshed(viewer, publisher)
  assert.ok(!(await offeredIds(viewer, publisher)).includes('film'))
  assert.equal(await isSeeded(house, 'after'), false)
  assert.equal(await bytesOf(viewer, film.mediaUrl, 'bytes=0-'), FILM.length, 'it plays on')
  await viewer.ask(paths.stream(film.streamId), 'DELETE')
  const again = await play(viewer, workId)
  assert.ok(typeof again === 'object', 'and again')
  assert.equal(await bytesOf(viewer, again.mediaUrl, 'bytes=0-'), FILM.length)
  assert.equal(await isSeeded(house, 'again'), false)
  assert.equal((await detailsOf(viewer, workId)).withdrawals[0]?.copyPlays, true)
})

test('C14: a decision of another feed informs, and acts only where the viewer lets that feed decide', async () => {
  await using house = await openFilmHouse()
  const { viewer, publisher, workId, metainfo } = house
  const guard = new MadePublisher('Guard', 'guard').put(...freeWorks(2, 9))
  guard.revoke('film', 1, { covers: [metainfo.infoHashes.v2] }).publish()
  const folder = join(viewer.folder, 'guard')
  await guard.write(folder)
  await follow(viewer, folder, guard.fingerprint)
  await feedWhen(viewer, guard, ({ state }) => state.kind === 'fresh')
  await delay(200)
  const details = await detailsOf(viewer, workId)
  assert.ok(details.offered)
  assert.equal(details.withdrawals[0]?.by, 'Guard')
  assert.equal(details.withdrawals[0]?.acts, false)
  assert.ok((await offeredIds(viewer, publisher)).includes('film'))
  const film = await play(viewer, workId)
  assert.ok(typeof film === 'object')

  const path = paths.feed(followedFeedId(guard.fingerprint))
  const decide = async (decidesSafety: boolean): Promise<void> => {
    assert.equal((await viewer.ask(path, 'PUT', { decidesSafety })).status, 200)
  }
  await decide(true)
  assert.ok(!(await offeredIds(viewer, publisher)).includes('film'))
  const { phase } = await viewer.get(streamStatusSchema, paths.streamStatus(film.streamId))
  assert.deepEqual(phase, { kind: 'failed', reason: 'withdrawn' })
  assert.equal((await detailsOf(viewer, workId)).withdrawals[0]?.acts, true)
  await decide(false)
  assert.ok((await offeredIds(viewer, publisher)).includes('film'))
})
