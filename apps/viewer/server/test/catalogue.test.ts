import {
  browsePageSchema,
  filmSchema,
  listPageSchema,
  paths,
  personPageSchema,
  programmeSchema,
  settingsPageSchema,
  streamStatusSchema,
  suggestionsSchema,
  tonightSchema,
  workDetailsSchema,
  workHealthSchema,
} from '#api'
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PUBLIC_DHT_ENTRANCES } from '@matinee/engine'
import { listeningNetwork } from './listening-network.ts'
import { openCatalogueViewer, type CatalogueViewer } from './open-catalogue-viewer.ts'

const everything = `${paths.works}?language=en&offset=0&limit=200`
const STARTER = fileURLToPath(new URL('../../../../feeds/starter', import.meta.url))
const NOTHING_CHOSEN = { episodeId: null, releaseId: null }

async function moveTo(viewer: CatalogueViewer, country: string | null): Promise<void> {
  const { settings } = await viewer.get(settingsPageSchema, paths.settings)
  const answer = await viewer.ask(paths.settings, 'PUT', { ...settings, country })
  assert.equal(answer.status, 200)
}

test('the programme has rows of real works, and nothing twice in sight of its rows of discoveries', async () => {
  await using viewer = await openCatalogueViewer()
  const programme = await viewer.get(programmeSchema, `${paths.programme}?language=fr`)
  assert.ok(programme.rows.length >= 5 && programme.rows.length <= 12)
  assert.ok(programme.rows.every(({ works }) => works.length > 0 && works.length <= 24))
  const again = await viewer.get(programmeSchema, `${paths.programme}?language=fr`)
  assert.deepEqual(again, programme, 'the same all day')
  const found = programme.rows.filter(({ heading }) =>
    ['silent', 'genre', 'place'].includes(heading.kind),
  )
  const inSight = found.flatMap(({ works }) => works.slice(0, 4).map(({ id }) => id))
  assert.equal(new Set(inSight).size, inSight.length)
  const { total } = await viewer.get(browsePageSchema, everything)
  const { feature, short, series } = programme.counts
  assert.equal(feature + short + series, total)
})

test('a small catalogue is its curators’ programme, and the reel is nobody’s evening', async () => {
  await using viewer = await openCatalogueViewer({ feed: 'starter' })
  const programme = await viewer.get(programmeSchema, `${paths.programme}?language=en`)
  const [first] = programme.rows
  assert.equal(first?.heading.kind, 'list')
  const skip: string[] = []
  for (;;) {
    const path = `${paths.tonight}?language=en&skip=${skip.join(',')}`
    const { pick } = await viewer.get(tonightSchema, path)
    if (pick === null) break
    assert.ok(!skip.includes(pick.work.id), 'what was refused does not come again')
    skip.push(pick.work.id)
  }
  assert.deepEqual(skip.toSorted(), [
    'starter.big-buck-bunny',
    'starter.sintel',
    'starter.tears-of-steel',
  ])
})

test('works come by filters, in the language that was asked for, with counts', async () => {
  await using viewer = await openCatalogueViewer()
  const all = await viewer.get(browsePageSchema, everything)
  assert.ok(all.facets !== null && all.facets.genres.length > 5)
  const silent = await viewer.get(browsePageSchema, `${everything}&genres=silent&yearTo=1929`)
  assert.ok(silent.total > 0 && silent.total < all.total)
  assert.ok(
    silent.works.every(({ genres, year }) => genres.includes('silent') && (year ?? 0) < 1930),
  )
  const second = await viewer.get(
    browsePageSchema,
    `${paths.works}?language=fr&offset=3&limit=2&sort=year`,
  )
  assert.equal(second.works.length, 2)
  assert.equal(second.facets, null)
  const inFrench = `${paths.work('made-up.the-lock-keepers')}?language=fr`
  const work = await viewer.get(workDetailsSchema, inFrench)
  assert.equal(work.card.title, 'Les Éclusiers')
  assert.equal(work.card.originalTitle, 'Die Schleusenwärter')
  assert.equal(work.synopsisLanguage, 'fr')
  assert.ok(work.seasons.length > 0 && work.nextEpisodeId !== null)
  const nothing = await viewer.get(browsePageSchema, `${everything}&list=no.such-list`)
  assert.equal(nothing.total, 0)
})

test('a misspelt search finds, and people and lists have their pages', async () => {
  await using viewer = await openCatalogueViewer()
  const found = await viewer.get(browsePageSchema, `${everything}&text=eclusers`)
  assert.equal(found.works[0]?.id, 'made-up.the-lock-keepers')
  const suggested = await viewer.get(suggestionsSchema, `${paths.suggest}?language=fr&text=brandtv`)
  const [person] = suggested.people
  assert.equal(person?.name, 'Ilse Brandtvogel')
  const page = await viewer.get(personPageSchema, `${paths.person(person?.id ?? '')}?language=fr`)
  assert.ok(page.works.some(({ work }) => work.id === 'made-up.the-lock-keepers'))
  const list = await viewer.get(listPageSchema, `${paths.list('made-up.short-nights')}?language=fr`)
  assert.equal(list.title, 'Nuits courtes')
})

test('what no feed has is 404, and nonsense is 4xx', async () => {
  await using viewer = await openCatalogueViewer()
  const wrong = [
    paths.work('made-up.nothing'),
    paths.work('nothing'),
    paths.work('../../etc/passwd'),
    paths.work('x'.repeat(1500)),
    paths.person('name:nobody-at-all'),
    paths.person('x'),
    paths.list('made-up.nothing'),
    paths.streamStatus('nothing'),
    paths.streamStatistics('nothing'),
  ]
  for (const path of wrong) assert.equal((await viewer.ask(path)).status, 404, path)
  const nonsense = ['limit=x', 'offset=-1', 'sort=best', 'kinds=play', `text=${'x'.repeat(300)}`]
  for (const search of nonsense)
    assert.equal((await viewer.ask(`${paths.works}?${search}`)).status, 400, search)
  const capped = await viewer.get(browsePageSchema, `${paths.works}?limit=100000&language=%3Cb%3E`)
  assert.ok(capped.works.length <= 200)
})

test('O1: a work that is not free where the viewer is has a page that says so, and is never played', async () => {
  const network = listeningNetwork()
  await using viewer = await openCatalogueViewer({ network })
  await moveTo(viewer, 'US')
  const there = await viewer.get(browsePageSchema, everything)
  await moveTo(viewer, null)
  const here = await viewer.get(browsePageSchema, everything)
  const hereIds = new Set(here.works.map(({ id }) => id))
  const only = there.works.filter(({ id }) => !hereIds.has(id))
  assert.ok(only.length > 0, 'some works are free in the United States alone')
  const { notOfferedHere } = await viewer.get(programmeSchema, `${paths.programme}?language=en`)
  assert.ok(notOfferedHere >= only.length)
  for (const { id } of only) {
    const details = await viewer.get(workDetailsSchema, `${paths.work(id)}?language=en`)
    assert.equal(details.offered, false)
    assert.deepEqual(details.releases, [])
    assert.notEqual(details.rights.sentence, '')
    assert.equal((await viewer.ask(paths.playWork(id), 'POST', NOTHING_CHOSEN)).status, 404)
    assert.equal((await viewer.ask(paths.warmWork(id), 'POST', NOTHING_CHOSEN)).status, 404)
  }
  assert.deepEqual(network.wanted, [])
})

test('O3: nothing leaves this computer before a work is opened; then only what its record names, and the DHT where it is on', async () => {
  const network = listeningNetwork()
  await using viewer = await openCatalogueViewer({ feed: 'starter', network })
  await viewer.get(programmeSchema, `${paths.programme}?language=en`)
  await viewer.get(tonightSchema, `${paths.tonight}?language=en`)
  await viewer.get(browsePageSchema, everything)
  await viewer.get(suggestionsSchema, `${paths.suggest}?language=en&text=sin`)
  const work = await viewer.get(workDetailsSchema, `${paths.work('starter.sintel')}?language=en`)
  await viewer.get(workHealthSchema, paths.workHealth('starter.sintel'))
  for (const { posterUrl } of [work.card]) if (posterUrl !== null) await viewer.ask(posterUrl)
  assert.deepEqual(network.wanted, [])

  const { settings } = await viewer.get(settingsPageSchema, paths.settings)
  await viewer.ask(paths.settings, 'PUT', { ...settings, prepare: false })
  await viewer.ask(paths.warmWork('starter.sintel'), 'POST', NOTHING_CHOSEN)
  assert.equal((await viewer.get(workHealthSchema, paths.workHealth('starter.sintel'))).kind, 'off')
  assert.deepEqual(network.wanted, [], 'preparing was switched off')

  await viewer.ask(paths.settings, 'PUT', { ...settings, prepare: true, dht: false })
  await viewer.ask(paths.warmWork('starter.sintel'), 'POST', NOTHING_CHOSEN)
  const named = [
    'listen',
    'name tracker.leechers-paradise.org',
    'name tracker.coppersurfer.tk',
    'name tracker.opentrackr.org',
    'name explodie.org',
    'name tracker.empire-js.us',
    'name webtorrent.io',
  ]
  const asked = (): readonly string[] => network.wanted
  const endMs = performance.now() + 5000
  while (asked().length < 6 && performance.now() < endMs)
    await new Promise((resolve) => setTimeout(resolve, 20))
  assert.ok(asked().includes('name tracker.opentrackr.org'))
  assert.deepEqual(
    asked().filter((each) => !named.includes(each)),
    [],
    'the DHT was switched off',
  )
  await viewer.ask(paths.settings, 'PUT', { ...settings, prepare: true, dht: true })
  await viewer.ask(paths.warmWork('starter.sintel'), 'POST', NOTHING_CHOSEN)
  const entrances = PUBLIC_DHT_ENTRANCES.map((name) => `name ${name.slice(0, name.indexOf(':'))}`)
  while (!entrances.every((name) => asked().includes(name)) && performance.now() < endMs)
    await new Promise((resolve) => setTimeout(resolve, 20))
  const others = asked().filter((each) => !named.includes(each) && each !== 'listen no more')
  assert.deepEqual(new Set(others), new Set(entrances), 'nobody but those the DHT begins with')
})

test('C17: pictures are served by what they are, and are not fetched twice', async () => {
  await using viewer = await openCatalogueViewer({ feed: 'starter' })
  const { card } = await viewer.get(
    workDetailsSchema,
    `${paths.work('starter.test-reel')}?language=en`,
  )
  const picture = await viewer.ask(card.posterUrl ?? '')
  assert.equal(picture.status, 200)
  assert.equal(picture.headers.get('content-type'), 'image/png')
  const etag = picture.headers.get('etag') ?? ''
  await picture.arrayBuffer()
  const again = await fetch(viewer.origin + (card.posterUrl ?? ''), {
    headers: { 'if-none-match': etag },
  })
  assert.equal(again.status, 304)
})

test('C17: a picture that changed since its feed was checked is not served', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-pictures-'))
  try {
    await cp(STARTER, folder, { recursive: true })
    await using viewer = await openCatalogueViewer({ feed: 'starter', feeds: [{ folder }] })
    const path = `${paths.work('starter.test-reel')}?language=en`
    const { card } = await viewer.get(workDetailsSchema, path)
    const [name = ''] = await readdir(join(folder, 'images'))
    const picture = join(folder, 'images', name)
    const bytes = await readFile(picture)
    bytes.writeUInt8((bytes.at(-100) ?? 0) ^ 1, bytes.length - 100)
    await writeFile(picture, bytes)
    assert.equal((await viewer.ask(card.posterUrl ?? '')).status, 404)
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('O3: who wants web servers only meets no swarm, and is told that the film comes by one alone', async () => {
  const network = listeningNetwork()
  await using viewer = await openCatalogueViewer({ feed: 'starter', network })
  const { settings } = await viewer.get(settingsPageSchema, paths.settings)
  await viewer.ask(paths.settings, 'PUT', { ...settings, sharing: 'web-only' })
  const id = 'starter.sintel'
  const answer = await viewer.ask(paths.playWork(id), 'POST', NOTHING_CHOSEN)
  const film = filmSchema.parse(await answer.json())
  const status = await viewer.get(streamStatusSchema, paths.streamStatus(film.streamId))
  assert.deepEqual(status.phase, { kind: 'failed', reason: 'web-only' })
  await viewer.ask(paths.warmWork(id), 'POST', NOTHING_CHOSEN)
  assert.equal((await viewer.get(workHealthSchema, paths.workHealth(id))).kind, 'web-only')
  assert.deepEqual(network.wanted, [])
})

test('O3: who changes to web servers only leaves every swarm at once', async () => {
  const network = listeningNetwork()
  await using viewer = await openCatalogueViewer({ feed: 'starter', network })
  const path = paths.playWork('starter.sintel')
  const film = filmSchema.parse(await (await viewer.ask(path, 'POST', NOTHING_CHOSEN)).json())
  const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
    const endMs = performance.now() + 5000
    while (!(await isSo())) {
      assert.ok(performance.now() < endMs, network.wanted.join(', '))
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  await until(() => network.wanted.includes('listen'))
  const { settings } = await viewer.get(settingsPageSchema, paths.settings)
  await viewer.ask(paths.settings, 'PUT', { ...settings, sharing: 'web-only' })
  await until(() => network.wanted.includes('listen no more'))
  const { phase } = await viewer.get(streamStatusSchema, paths.streamStatus(film.streamId))
  assert.deepEqual(phase, { kind: 'failed', reason: 'web-only' })
})

test('every address of the pages gets the shell', async () => {
  await using viewer = await openCatalogueViewer()
  const pages = [
    '/',
    '/films',
    '/shorts',
    '/series',
    '/browse',
    '/search',
    '/work/a.b',
    '/people/x',
  ]
  const more = ['/list/a.b', '/shelf', '/shelf/history', '/settings', '/welcome', '/design']
  for (const page of [...pages, ...more]) {
    const { status, headers } = await viewer.ask(page)
    // Without built pages the shell is a sentence; either way it's the pages' own answer.
    assert.match(headers.get('content-type') ?? '', /^text\//u, page)
    assert.ok(status === 200 || status === 404)
  }
  assert.match((await viewer.ask('/nowhere')).headers.get('content-type') ?? '', /json/u)
})
