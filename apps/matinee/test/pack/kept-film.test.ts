import assert from 'node:assert/strict'
import { cp, mkdir, readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { parseReleaseId, parseWorkId } from '@matinee/catalogue'
import { openEngine, type Engine } from '@matinee/engine'
import { systemClock, systemDisk, systemHash, systemRandom } from '@matinee/engine/system'
import { createNetwork, type EgressNetwork } from '@matinee/net'
import { parseMetainfo, type Metainfo } from '@matinee/protocol'
import { makeFilm } from '@matinee/testkit'
import { chooseFilms } from '../../src/pack/film-choice.ts'
import { findPlace } from '../../src/pack/film-place.ts'
import { exportFilm } from '../../src/pack/kept-film.ts'
import { folderSource } from '../../src/publisher/feed-source.ts'
import { PublisherFolder } from '../../src/publisher/publisher-folder.ts'
import { readHeritage } from '../../src/relaunch/feed-heritage.ts'
import {
  begin,
  filesIn,
  inTemporaryFolder,
  plainly,
  release,
} from '../publisher/publisher-stage.ts'

const { signal } = new AbortController()
const WISH = { lists: [], works: [], all: true }

/** A publisher with one film. Resolves with the feed's fingerprint and the release's folder. */
async function publish(
  folder: string,
): Promise<{ readonly fingerprint: string; readonly place: string }> {
  const dir = join(folder, 'publisher')
  const fingerprint = await begin(dir)
  const film = await makeFilm({ folder, name: 'film.mp4', durationSeconds: 4 })
  await writeFile(join(folder, 'page.html'), 'free')
  const work = ['--id', 'the-lamp', '--kind', 'short', '--title', 'The Lamp', '--year', '2020']
  const words = ['--title-language', 'en', '--language', 'en', '--synopsis', 'en=A lamp.']
  const rights = ['--licence', 'CC-BY-4.0', '--creator', 'A. Maker', '--checked-by', 'anna']
  const source = ['--source', 'https://films.example/lamp', '--evidence-url', '-']
  const evidence = ['--evidence', `page/rightholder=${join(folder, 'page.html')}`]
  await plainly(['add', film, '--feed', dir, ...work, ...words, ...rights, ...source, ...evidence])
  await release(dir)
  const [id, name] = [parseWorkId('the-lamp'), parseReleaseId('main')]
  assert.ok(id !== null && name !== null)
  return { fingerprint, place: (await PublisherFolder.open(dir)).releaseFolder(id, name) }
}

function openOn(network: EgressNetwork, folder: string): Promise<Engine> {
  const world = { network, disk: systemDisk(), hash: systemHash(), random: systemRandom() }
  return openEngine({ ...world, clock: systemClock(), folder, host: '127.0.0.1', dht: null })
}

/** Fetches a release whole, as a viewer or a mirror does, into `media`. */
async function fetchWhole(place: string, metainfo: Metainfo, media: string): Promise<void> {
  await using network = createNetwork({ clock: systemClock(), allowLocal: true })
  await using giver = await openOn(network, `${media}-giver`)
  const filesFrom = metainfo.files.map(({ path }) => join(place, 'files', ...path))
  giver.add({ kind: 'metainfo', metainfo }, { filesFrom, dht: false })
  await using taker = await openOn(network, media)
  const address = { host: '127.0.0.1', port: giver.port ?? 0 }
  const peers = [{ address, learnedFrom: 'own' as const }]
  const torrent = taker.add({ kind: 'metainfo', metainfo }, { peers, dht: false })
  for (const { index, length } of metainfo.files) {
    await using reader = await torrent.openFile(index, { start: 0, end: length }, signal)
    for await (const _ of reader);
  }
}

test('a film that a viewer fetched becomes the very files of its release, and the viewer’s own stay as they are', async () => {
  await inTemporaryFolder(async (folder) => {
    const { fingerprint, place } = await publish(folder)
    const metainfo = parseMetainfo(
      new Uint8Array(await readFile(join(place, 'hybrid.torrent'))),
      systemHash(),
    )
    const data = join(folder, 'data')
    await fetchWhole(place, metainfo, join(data, 'media'))
    await cp(join(folder, 'publisher/feed'), join(data, 'feeds', fingerprint, 'feed'), {
      recursive: true,
    })
    await writeFile(join(data, 'following.json'), '{}')

    const from = await findPlace(data, null)
    const heritage = await readHeritage(folderSource(systemDisk(), from.feed), Date.now())
    const { releases, missing } = await chooseFilms(heritage, from, WISH)
    assert.deepEqual(missing, [])
    const [chosen] = releases
    assert.ok(chosen?.from.kind === 'kept')
    const { film } = chosen.from
    const before = await filesIn(film.folder)
    const to = join(folder, 'out')
    await mkdir(to)
    assert.equal(await exportFilm(film, to, join(folder, 'scratch'), signal), true)
    for (const name of await filesIn(to))
      assert.deepEqual(await readFile(join(to, name)), await readFile(join(place, name)), name)
    assert.deepEqual(
      await filesIn(to),
      (await filesIn(place)).filter((name) => !name.startsWith('candidates/')),
    )
    assert.deepEqual(await filesIn(film.folder), before)
    assert.equal((await readdir(folder)).includes('scratch'), false)

    // A part of it is gone: then it isn't packed at all.
    const [part] = before.filter((name) => /^\d+(?:\.|$)/u.test(name))
    assert.ok(part !== undefined)
    await truncate(join(film.folder, part), 100)
    const broken = join(folder, 'broken')
    await mkdir(broken)
    assert.equal(await exportFilm(film, broken, join(folder, 'scratch'), signal), false)
    assert.deepEqual(await readdir(broken), [])
    await rm(film.folder, { recursive: true })
    await assert.rejects(chooseFilms(heritage, from, WISH), /none of these films is here/u)
  })
})

test('where films come from is said by what lies in a folder', async () => {
  await inTemporaryFolder(async (folder) => {
    await assert.rejects(findPlace(folder, null), /is neither/u)
    await writeFile(join(folder, 'following.json'), '{}')
    await assert.rejects(findPlace(folder, null), /no such feed is followed/u)
    const [first, second] = ['a'.repeat(64), 'b'.repeat(64)]
    await mkdir(join(folder, 'feeds', first), { recursive: true })
    const only = await findPlace(folder, null)
    assert.deepEqual(only, {
      kind: 'follower',
      films: join(folder, 'media'),
      feed: join(folder, 'feeds', first, 'feed'),
    })
    await mkdir(join(folder, 'feeds', second))
    await assert.rejects(findPlace(folder, null), /which feed\?/u)
    await writeFile(join(folder, 'settings.json'), JSON.stringify({ mediaFolder: '/films' }))
    await rm(join(folder, 'feeds', second), { recursive: true })
    const elsewhere = await findPlace(folder, null)
    assert.equal(elsewhere.kind === 'follower' ? elsewhere.films : '', '/films')
    await mkdir(join(folder, 'works'))
    const mirror = await findPlace(folder, null)
    assert.equal(mirror.kind === 'follower' ? mirror.films : '', join(folder, 'works'))
    await writeFile(join(folder, 'publisher.json'), '{}')
    assert.equal((await findPlace(folder, null)).kind, 'publisher')
  })
})
