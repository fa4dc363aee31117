import { keepPriceSchema, keptOfWorkSchema, keptPageSchema, paths, settingsPageSchema } from '#api'
import type { KeepPrice, KeptPage, KeptWork, Settings } from '#api'
import assert from 'node:assert/strict'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { join } from 'node:path'
import { FILM, PATIENCE_MS, bytesOf, isSeeded, openFilmHouse, play } from './film-house.ts'
import type { FilmHouse } from './film-house.ts'
import { refreshed } from './follower-viewer.ts'
import { openCatalogueViewer, type CatalogueViewer } from './open-catalogue-viewer.ts'

const keep = async (
  viewer: CatalogueViewer,
  workId: string,
  { adopt = false, path = paths.keepWork(workId) } = {},
): Promise<KeepPrice> => {
  const answer = await viewer.ask(path, 'POST', { episodeIds: null, adopt })
  assert.equal(answer.status, 200)
  return keepPriceSchema.parse(await answer.json())
}

const pageOf = (viewer: CatalogueViewer): Promise<KeptPage> =>
  viewer.get(keptPageSchema, `${paths.kept}?language=en`)

/** The one work that is kept, as soon as it is right. */
async function keptWhen(
  viewer: CatalogueViewer,
  isRight: (work: KeptWork) => boolean,
): Promise<KeptWork> {
  let last: KeptWork | undefined
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await delay(50)) {
    last = (await pageOf(viewer)).works[0]
    if (last !== undefined && isRight(last)) return last
  }
  return assert.fail(`what is kept never was right: ${JSON.stringify(last)}`)
}

const isGiving = ({ state }: KeptWork): boolean => state.kind === 'giving'

async function change(viewer: CatalogueViewer, patch: Partial<Settings>): Promise<void> {
  const { settings } = await viewer.get(settingsPageSchema, paths.settings)
  const answer = await viewer.ask(paths.settings, 'PUT', { ...settings, ...patch })
  assert.equal(answer.status, 200)
}

const copyOf = ({ viewer, metainfo }: FilmHouse): string =>
  join(viewer.folder, 'data', 'media', String(metainfo.infoHashes.v1))

test('a film is kept whole with its price known before, is given out, and plays after a restart when everybody is gone', async () => {
  await using house = await openFilmHouse()
  const { viewer, workId, network } = house
  const price = await keep(viewer, workId, { path: paths.keepPrice(workId) })
  assert.equal(price.bytes, FILM.length)
  assert.equal(price.missingBytes, FILM.length)
  assert.equal(price.refused, null)
  assert.deepEqual((await pageOf(viewer)).works, [], 'asking keeps nothing')

  await keep(viewer, workId)
  const kept = await keptWhen(viewer, isGiving)
  assert.equal(kept.hereBytes, FILM.length)
  assert.equal(kept.title, kept.card?.title)
  assert.ok(
    kept.takenBytes >= FILM.length ||
      (await keptWhen(viewer, ({ takenBytes }) => takenBytes >= FILM.length)),
  )
  assert.ok(await isSeeded(house, 'friend', PATIENCE_MS), 'what is kept is given out')
  await viewer.server.close()
  await house.leave()

  await using again = await openCatalogueViewer({ network, folder: viewer.folder })
  const film = await play(again, workId)
  assert.ok(typeof film === 'object')
  assert.equal(await bytesOf(again, film.mediaUrl, 'bytes=0-'), FILM.length)
  assert.equal((await keptWhen(again, isGiving)).hereBytes, FILM.length)
  const page = await pageOf(again)
  assert.ok(page.overall.givenBytes >= 100_000, 'what was given is remembered')
})

test('C14: what is kept and may not be shared any more is given to nobody, says so, plays from the own copy, and is given out again when it is reinstated', async () => {
  await using house = await openFilmHouse()
  const { viewer, publisher, workId } = house
  await keep(viewer, workId)
  await keptWhen(viewer, isGiving)
  publisher.revoke('film', 1, { effect: 'unshared', reason: 'licence' }).publish()
  await refreshed(viewer, publisher)
  const { state } = await keptWhen(viewer, (work) => work.state.kind === 'withdrawn')
  assert.ok(state.kind === 'withdrawn')
  assert.equal(state.withdrawal?.copyPlays, true)
  assert.equal(await isSeeded(house, 'after'), false)
  const film = await play(viewer, workId)
  assert.ok(typeof film === 'object')
  assert.equal(await bytesOf(viewer, film.mediaUrl, 'bytes=0-'), FILM.length)
  assert.equal(await isSeeded(house, 'while it plays'), false)
  await viewer.ask(paths.stream(film.streamId), 'DELETE')
  publisher.revoke('film', 2, { effect: 'unshared', state: 'reinstated' }).publish()
  await refreshed(viewer, publisher)
  await keptWhen(viewer, isGiving)
  assert.ok(await isSeeded(house, 'reinstated', PATIENCE_MS))
})

test('what is paused is given to nobody and plays on, and goes on with a press', async () => {
  await using house = await openFilmHouse()
  const { viewer, workId } = house
  await keep(viewer, workId)
  const { id } = await keptWhen(viewer, isGiving)
  for (const path of [paths.keptOne(id), paths.kept]) {
    assert.equal((await viewer.ask(path, 'PUT', { isPaused: true })).status, 200)
    await keptWhen(viewer, ({ state }) => state.kind === 'paused')
    assert.equal(await isSeeded(house, `paused ${path.length}`), false)
    const film = await play(viewer, workId)
    assert.ok(typeof film === 'object')
    assert.equal(await bytesOf(viewer, film.mediaUrl, 'bytes=0-'), FILM.length)
    await viewer.ask(paths.stream(film.streamId), 'DELETE')
    assert.equal((await viewer.ask(path, 'PUT', { isPaused: false })).status, 200)
    await keptWhen(viewer, isGiving)
  }
  assert.ok(await isSeeded(house, 'going on', PATIENCE_MS))
})

test('who gives nothing back keeps what is kept, and gives it to nobody', async () => {
  await using house = await openFilmHouse()
  const { viewer, workId } = house
  await keep(viewer, workId)
  await keptWhen(viewer, isGiving)
  await change(viewer, { giveBack: false })
  await keptWhen(viewer, ({ state }) => state.kind === 'here')
  assert.equal(await isSeeded(house, 'nobody'), false)
  await change(viewer, { giveBack: true, sharing: 'web-only' })
  await keptWhen(viewer, ({ state }) => state.kind === 'here')
  const film = await play(viewer, workId)
  assert.ok(typeof film === 'object', 'what is here plays without a swarm')
  assert.equal(await bytesOf(viewer, film.mediaUrl, 'bytes=0-'), FILM.length)
})

test('what is removed can be taken back for a while; without its data it stays on the disk, with it it goes', async () => {
  await using house = await openFilmHouse()
  const { viewer, workId } = house
  await keep(viewer, workId)
  const { id } = await keptWhen(viewer, isGiving)
  const remove = async (withData: boolean): Promise<void> => {
    const answer = await viewer.ask(paths.keptRemoval(id), 'POST', { withData })
    assert.equal(answer.status, 200)
    assert.deepEqual((await pageOf(viewer)).works, [])
  }
  await remove(true)
  assert.equal((await viewer.ask(paths.keptReturn(id), 'POST', {})).status, 200)
  await keptWhen(viewer, isGiving)
  await remove(false)
  const here = await viewer.get(keptOfWorkSchema, paths.keptOfWork(workId))
  assert.deepEqual(here.releases, [])
  assert.ok((await stat(join(copyOf(house), 'info'))).isFile())
  assert.equal((await viewer.ask(paths.keptReturn(id), 'POST', {})).status, 200)
  await keptWhen(viewer, isGiving)
  await remove(true)
  await viewer.server.close()
  await assert.rejects(stat(copyOf(house)), 'asked for, and nobody can take it back any more')
})

test('what is more than films may take is refused with what is wanting, and nothing is fetched', async () => {
  await using house = await openFilmHouse()
  const { viewer, workId, network } = house
  await keep(viewer, workId)
  const { id } = await keptWhen(viewer, isGiving)
  await viewer.server.close()
  // Another release that is kept takes all there is.
  const path = join(viewer.folder, 'data', 'kept.json')
  const book = JSON.parse(await readFile(path, 'utf8')) as { works: { bytes: number }[] }
  const [entry] = book.works
  const other = { ...entry, torrent: 'ab'.repeat(20), bytes: 1e15, isPaused: true, workId: 'x.y' }
  await writeFile(path, JSON.stringify({ ...book, works: [other] }))
  await using again = await openCatalogueViewer({ network, folder: viewer.folder })
  const price = await keep(again, workId)
  assert.equal(price.refused, 'budget')
  assert.ok(price.wantingBytes > 9e14)
  assert.ok((await pageOf(again)).works.every((work) => work.id !== id))
})

test('A22: what a newer Matinee keeps is neither changed nor deleted, and nothing is kept beside it', async () => {
  await using house = await openFilmHouse()
  const { viewer, workId, network } = house
  await viewer.server.close()
  const path = join(viewer.folder, 'data', 'kept.json')
  const newer = JSON.stringify({ version: 2, shelves: [{ film: 'x' }] })
  await writeFile(path, newer)
  await using again = await openCatalogueViewer({ network, folder: viewer.folder })
  assert.equal((await pageOf(again)).isReadable, false)
  assert.equal((await keep(again, workId)).refused, 'newer')
  assert.equal((await again.ask(paths.kept, 'PUT', { isPaused: true })).status, 409)
  await again.server.close()
  assert.equal(await readFile(path, 'utf8'), newer)
})
