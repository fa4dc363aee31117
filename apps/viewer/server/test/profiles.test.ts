import {
  browsePageSchema,
  failureSchema,
  paths,
  profilesSchema,
  settingsPageSchema,
  shelfSchema,
  type Profile,
  type ProfileDraft,
} from '#api'
import { letIn } from '@matinee/testkit'
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { listeningNetwork } from './listening-network.ts'
import { openCatalogueViewer, type CatalogueViewer } from './open-catalogue-viewer.ts'

type Ask = CatalogueViewer['ask']

/** For grown-ups alone, as nobody says for which age it is; its person and its list name it, too. */
const HIDDEN = 'starter.sintel'
const HIDDEN_TITLE = 'Sintel'
const SHOWN = 'starter.test-reel'

const CHILD: ProfileDraft = {
  name: 'Ida',
  picture: 'owl',
  ageLimit: 6,
  withUnrated: false,
  languages: ['fr'],
  subtitles: [],
}
const GROWN_UP: ProfileDraft = { ...CHILD, name: 'Noor', picture: 'cat', ageLimit: null }

async function profilesOf(ask: Ask): Promise<readonly Profile[]> {
  return profilesSchema.parse(await (await ask(paths.profiles)).json()).profiles
}

async function add(ask: Ask, draft: ProfileDraft): Promise<string> {
  assert.equal((await ask(paths.profiles, 'POST', draft)).status, 200)
  const added = (await profilesOf(ask)).find(({ name }) => name === draft.name)
  return added?.id ?? assert.fail('the profile that was added')
}

/** Another browser, in which somebody watches. */
async function browserOf(
  viewer: CatalogueViewer,
  id: string,
  pin: string | null = null,
): Promise<Ask> {
  const { ask } = await letIn(viewer.server.newLaunchUrl())
  assert.equal((await ask(paths.profileChoice, 'POST', { id, pin })).status, 200)
  return ask
}

async function refusal(answer: Promise<Response>): Promise<string> {
  const response = await answer
  return `${response.status} ${failureSchema.parse(await response.json()).error.code}`
}

test('a lone profile is never asked for, and the shelf that was there is its own', async () => {
  await using viewer = await openCatalogueViewer({ feed: 'starter' })
  await viewer.ask(paths.shelfFavourite, 'PUT', { workId: HIDDEN, favourite: true })
  const { profile } = await viewer.get(settingsPageSchema, paths.settings)
  assert.deepEqual(profile, {
    id: 'first',
    name: '',
    picture: 'reel',
    isChild: false,
    isAlone: true,
  })
  const data = await readdir(join(viewer.folder, 'data'))
  assert.ok(data.includes('shelf.sqlite') && !data.includes('profiles.json'))
  const other = await add(viewer.ask, GROWN_UP)
  const { favourites } = await viewer.get(shelfSchema, paths.shelf)
  assert.deepEqual(
    favourites.map(({ id }) => id),
    [HIDDEN],
    'who made it goes on as before',
  )
  const noor = await browserOf(viewer, other)
  const theirs = shelfSchema.parse(await (await noor(paths.shelf)).json())
  assert.deepEqual(theirs.favourites, [])
})

test('with several profiles a new browser is asked first, and knows nothing until it has said', async () => {
  await using viewer = await openCatalogueViewer({ feed: 'starter' })
  await add(viewer.ask, GROWN_UP)
  const { ask } = await letIn(viewer.server.newLaunchUrl())
  for (const path of [paths.works, paths.shelf, paths.settings, paths.work(HIDDEN)])
    assert.equal(await refusal(ask(path)), '403 no-profile')
  assert.equal(
    await refusal(ask(paths.profiles, 'POST', { ...CHILD, ageLimit: null })),
    '403 no-profile',
  )
  assert.equal((await profilesOf(ask)).length, 2)
})

test('languages are a profile’s own, and everything else is shared', async () => {
  await using viewer = await openCatalogueViewer({ feed: 'starter' })
  const { settings } = await viewer.get(settingsPageSchema, paths.settings)
  await viewer.ask(paths.settings, 'PUT', { ...settings, languages: ['en'], country: 'FR' })
  const noor = await browserOf(viewer, await add(viewer.ask, GROWN_UP))
  const theirs = settingsPageSchema.parse(await (await noor(paths.settings)).json())
  assert.deepEqual(theirs.settings.languages, ['fr'])
  assert.equal(theirs.settings.country, 'FR')
  const changed = { ...theirs.settings, languages: ['de', 'fr'], playNext: false }
  assert.equal((await noor(paths.settings, 'PUT', changed)).status, 200)
  const mine = await viewer.get(settingsPageSchema, paths.settings)
  assert.deepEqual(mine.settings.languages, ['en'])
  assert.equal(mine.settings.playNext, false)
  assert.deepEqual((await profilesOf(noor))[1]?.languages, ['de', 'fr'])
})

test('O4: no address of the server gives a children’s profile what is above its age', async () => {
  // Films are opened, and nobody is asked for them.
  const network = listeningNetwork()
  await using viewer = await openCatalogueViewer({ feed: 'starter', network })
  const grownUp = viewer.ask
  const child = await browserOf(viewer, await add(grownUp, CHILD))
  const named = new Set<string>()
  for (const [name, address] of addresses())
    for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
      // Both would end what is being tried.
      if (name === 'session' || (name === 'profileChoice' && method === 'DELETE')) continue
      // What is closed, forgotten or removed is of no use to what comes after.
      const own =
        method === 'GET' || name === 'playWork' ? await textOf(grownUp, method, address) : ''
      if (own.includes(HIDDEN_TITLE)) named.add(name)
      const answer = await textOf(child, method, address)
      assert.ok(!answer.includes(HIDDEN_TITLE), `${method} ${address} names it`)
      assert.ok(!/"mediaUrl"|"streamId"/u.test(answer), `${method} ${address} plays it`)
    }
  assert.equal((await child(paths.works)).status, 200, 'the child was there until the end')
  // The same addresses do name it to a grown-up, or this would show nothing.
  for (const name of ['works', 'suggest', 'work', 'playWork', 'person', 'list', 'programme'])
    assert.ok(named.has(name), `${name} names the work to grown-ups`)
})

test('O4: what isn’t a child’s to ask is refused by name, whatever it is', async () => {
  await using viewer = await openCatalogueViewer({ feed: 'starter' })
  const child = await browserOf(viewer, await add(viewer.ask, CHILD))
  const { settings } = settingsPageSchema.parse(await (await child(paths.settings)).json())
  for (const [method, path, body] of [
    ['PUT', paths.settings, settings],
    ['GET', paths.feeds, undefined],
    ['POST', paths.feedLook, { address: 'https://feed.example/' }],
    ['DELETE', paths.feed('starter'), {}],
    ['GET', paths.shelfFile, undefined],
    ['POST', paths.shelfFile, {}],
    ['POST', paths.profiles, GROWN_UP],
    ['PUT', paths.profile('first'), { draft: { ...CHILD, ageLimit: null }, pin: null }],
    ['PUT', paths.profilePin('first'), { pin: null, next: '1234' }],
    ['POST', paths.profileRemoval('first'), { pin: null }],
    ['GET', '/api/what-comes-next-year', undefined],
  ] as const)
    assert.equal(await refusal(child(path, method, body)), '403 grown-ups', `${method} ${path}`)
})

test('O4: a shelf of a children’s profile takes and names nothing above its age', async () => {
  await using viewer = await openCatalogueViewer({ feed: 'starter' })
  const id = await add(viewer.ask, { ...CHILD, withUnrated: true })
  const child = await browserOf(viewer, id)
  const progress = { workId: HIDDEN, episodeId: null, seconds: 30, durationSeconds: 888 }
  assert.equal((await child(paths.shelfProgress, 'PUT', progress)).status, 200)
  await child(paths.shelfFavourite, 'PUT', { workId: HIDDEN, favourite: true })
  assert.ok((await textOf(child, 'GET', paths.shelfHistory)).includes(HIDDEN_TITLE))
  const change = { draft: CHILD, pin: null }
  assert.equal((await viewer.ask(paths.profile(id), 'PUT', change)).status, 200)
  for (const path of [paths.shelf, paths.shelfHistory, paths.programme])
    assert.ok(!(await textOf(child, 'GET', path)).includes(HIDDEN_TITLE), path)
  assert.equal((await child(paths.shelfProgress, 'PUT', progress)).status, 404)
  const works = browsePageSchema.parse(await (await child(paths.works)).json())
  assert.deepEqual(
    works.works.map((work) => work.id),
    [SHOWN],
  )
})

test('O4: a film that plays in a children’s profile stops when it is above its age from now on', async () => {
  await using viewer = await openCatalogueViewer({ feed: 'starter' })
  const id = await add(viewer.ask, CHILD)
  const child = await browserOf(viewer, id)
  const wish = { episodeId: null, releaseId: null }
  const opened = await (await child(paths.playWork(SHOWN), 'POST', wish)).json()
  assert.ok(typeof opened === 'object' && opened !== null && 'streamId' in opened)
  const status = paths.streamStatus(String(opened.streamId))
  assert.equal((await child(status)).status, 200)
  await viewer.ask(paths.profile(id), 'PUT', { draft: { ...CHILD, name: 'Ida B' }, pin: null })
  assert.equal((await child(status)).status, 200, 'another name stops nothing')
  await viewer.ask(paths.profile(id), 'PUT', { draft: { ...CHILD, ageLimit: 0 }, pin: null })
  assert.equal((await child(status)).status, 404)
})

test('L8: a profile with a PIN is entered with it alone, and a child doesn’t get past it', async () => {
  await using viewer = await openCatalogueViewer({ feed: 'starter' })
  const childId = await add(viewer.ask, CHILD)
  assert.equal(
    (await viewer.ask(paths.profilePin('first'), 'PUT', { pin: null, next: '2468' })).status,
    200,
  )
  assert.equal((await viewer.ask(paths.shelf)).status, 200, 'who set it goes on')
  const child = await browserOf(viewer, childId)
  const enter = (pin: string | null): Promise<Response> =>
    child(paths.profileChoice, 'POST', { id: 'first', pin })
  assert.equal(await refusal(enter(null)), '403 pin')
  assert.equal(await refusal(enter('1111')), '403 pin')
  assert.equal(await refusal(child(paths.feeds)), '403 grown-ups', 'nothing was changed by trying')
  await child(paths.profileChoice, 'DELETE', {})
  assert.equal(await refusal(child(paths.feeds)), '403 no-profile')
  assert.equal((await enter('2468')).status, 200)
  assert.equal((await child(paths.feeds)).status, 200)
})

test('L8: wrong PINs are slowed down, also for whoever starts Matinee anew', async () => {
  await using viewer = await openCatalogueViewer({ feed: 'starter' })
  await add(viewer.ask, CHILD)
  await viewer.ask(paths.profilePin('first'), 'PUT', { pin: null, next: '2468' })
  const { ask } = await letIn(viewer.server.newLaunchUrl())
  const guesses = ['0000', '1111', '2222', '3333', '4444'].map((pin) =>
    refusal(ask(paths.profileChoice, 'POST', { id: 'first', pin })),
  )
  assert.deepEqual(new Set(await Promise.all(guesses)), new Set(['403 pin']))
  const right = { id: 'first', pin: '2468' }
  assert.equal(await refusal(ask(paths.profileChoice, 'POST', right)), '403 pin-wait')
  await viewer.server.close()
  await using again = await openCatalogueViewer({ feed: 'starter', folder: viewer.folder })
  const later = await letIn(again.server.newLaunchUrl())
  assert.equal(await refusal(later.ask(paths.profileChoice, 'POST', right)), '403 pin-wait')
  assert.ok(((await profilesOf(later.ask))[0]?.waitSeconds ?? 0) > 0)
  const file = await readFile(join(viewer.folder, 'data', 'profiles.json'), 'utf8')
  assert.ok(!file.includes('2468'), 'no PIN is on the disk')
})

test('L8: another grown-up’s profile is changed with its PIN alone', async () => {
  await using viewer = await openCatalogueViewer({ feed: 'starter' })
  await add(viewer.ask, CHILD)
  const noorId = await add(viewer.ask, GROWN_UP)
  const noor = await browserOf(viewer, noorId)
  await noor(paths.profilePin(noorId), 'PUT', { pin: null, next: '12345678' })
  const change = { draft: { ...GROWN_UP, name: 'Mine now' }, pin: null }
  assert.equal(await refusal(viewer.ask(paths.profile(noorId), 'PUT', change)), '403 pin')
  const pin = { pin: null, next: null }
  assert.equal(await refusal(viewer.ask(paths.profilePin(noorId), 'PUT', pin)), '403 pin')
  assert.equal(
    await refusal(viewer.ask(paths.profileRemoval(noorId), 'POST', { pin: null })),
    '403 pin',
  )
  const removal = { pin: '12345678' }
  assert.equal((await viewer.ask(paths.profileRemoval(noorId), 'POST', removal)).status, 200)
  assert.equal(await refusal(noor(paths.shelf)), '403 no-profile')
  const left = await readdir(join(viewer.folder, 'data'))
  assert.ok(!left.some((name) => name.startsWith(`shelf-${noorId}`)))
})

test('the first profile stays, stays a grown-up’s, and no two are called alike', async () => {
  await using viewer = await openCatalogueViewer({ feed: 'starter' })
  await add(viewer.ask, CHILD)
  const draft = { ...CHILD, name: 'Me' }
  assert.equal(
    await refusal(viewer.ask(paths.profile('first'), 'PUT', { draft, pin: null })),
    '400 bad-request',
  )
  assert.equal(
    await refusal(viewer.ask(paths.profileRemoval('first'), 'POST', { pin: null })),
    '400 bad-request',
  )
  assert.equal(
    await refusal(viewer.ask(paths.profiles, 'POST', { ...GROWN_UP, name: ' Ida ' })),
    '409 taken',
  )
})

test('A21: profiles that can’t be read are put aside, and what is there stays', async () => {
  await using viewer = await openCatalogueViewer({ feed: 'starter' })
  await add(viewer.ask, GROWN_UP)
  await viewer.ask(paths.shelfFavourite, 'PUT', { workId: HIDDEN, favourite: true })
  await viewer.server.close()
  const data = join(viewer.folder, 'data')
  await writeFile(join(data, 'profiles.json'), '{"version":1,"profiles":[')
  await using again = await openCatalogueViewer({ feed: 'starter', folder: viewer.folder })
  assert.equal((await profilesOf(again.ask)).length, 1)
  const { favourites } = await again.get(shelfSchema, paths.shelf)
  assert.deepEqual(
    favourites.map(({ id }) => id),
    [HIDDEN],
  )
  assert.ok((await readdir(data)).includes('profiles.json.unread'))
})

/** Every address of the contract, about the hidden work wherever it may be about one. */
function addresses(): [string, string][] {
  const about: Readonly<Record<string, string>> = {
    works: `${paths.works}?limit=200&text=${HIDDEN_TITLE}`,
    suggest: `${paths.suggest}?text=${HIDDEN_TITLE.slice(0, 4)}`,
    person: paths.person('name:colin-levy'),
    list: paths.list('starter.open-movies'),
  }
  return Object.entries(paths).map(([name, path]): [string, string] => {
    if (typeof path === 'string') return [name, about[name] ?? path]
    // Whatever it names, it's asked about the work.
    const make: (...names: readonly string[]) => string = path as never
    return [name, about[name] ?? make(HIDDEN, HIDDEN)]
  })
}

/** The answer to a request that brings whatever any address may want. */
async function textOf(ask: Ask, method: string, path: string): Promise<string> {
  const body = {
    workId: HIDDEN,
    episodeId: null,
    releaseId: null,
    seasonId: null,
    seconds: 60,
    durationSeconds: 888,
    watched: true,
    favourite: true,
    name: 'Mine',
    pin: null,
    id: 'first-but-none',
  }
  return (await ask(path, method, method === 'GET' ? undefined : body)).text()
}
