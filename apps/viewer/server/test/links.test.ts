import {
  linkAnswerSchema,
  linksSchema,
  paths,
  profilesSchema,
  shelfSchema,
  type LinkAnswer,
  type LinkProblem,
} from '#api'
import { letIn } from '@matinee/testkit'
import assert from 'node:assert/strict'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import * as z from 'zod/mini'
import { openTwoViewers } from './linked-viewers.ts'
import type { CatalogueViewer } from './open-catalogue-viewer.ts'

const WORK = 'starter.sintel'

async function act(
  viewer: CatalogueViewer,
  method: string,
  path: string,
  body?: object,
): Promise<LinkAnswer> {
  return linkAnswerSchema.parse(await (await viewer.ask(path, method, body)).json())
}

async function showCode(viewer: CatalogueViewer): Promise<string> {
  const { links } = await act(viewer, 'POST', paths.linkCode, { profile: 'first' })
  assert.ok(links.code !== null)
  return links.code.code
}

async function link(here: CatalogueViewer, there: CatalogueViewer): Promise<string> {
  const code = await showCode(here)
  const body = { code: code.toLowerCase().replaceAll('-', ' '), profile: 'first', address: null }
  const { problem, links } = await act(there, 'POST', paths.links, body)
  assert.equal(problem, null)
  return links.links[0]?.id ?? ''
}

async function sync(viewer: CatalogueViewer): Promise<void> {
  const { links } = await viewer.get(linksSchema, paths.links)
  const id = links[0]?.id ?? ''
  const { problem } = await act(viewer, 'POST', paths.linkSync(id), { address: null })
  assert.equal(problem, null)
}

async function favourites(viewer: CatalogueViewer): Promise<readonly string[]> {
  return (await viewer.get(shelfSchema, paths.shelf)).favourites.map(({ id }) => id)
}

async function until(check: () => Promise<boolean>, what: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await check()) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  assert.fail(`it never came: ${what}`)
}

const like = (viewer: CatalogueViewer, favourite: boolean): Promise<Response> =>
  viewer.ask(paths.shelfFavourite, 'PUT', { workId: WORK, favourite })

test('two computers are linked by a code, and what changes on one is on the other, by itself', async () => {
  await using two = await openTwoViewers()
  const { here, there } = two
  await like(here, true)
  await link(here, there)
  await until(async () => (await favourites(there)).includes(WORK), 'what was here before')
  const { links } = await there.get(linksSchema, paths.links)
  assert.equal(links.length, 1)
  const shown = await here.get(linksSchema, paths.links)
  assert.equal(shown.code, null, 'the code is used up')
  assert.equal(shown.links.length, 1)
  const { mode } = await stat(join(here.folder, 'data', 'links.json'))
  assert.equal(mode & 0o777, 0o600)
  await like(there, false)
  await sync(there)
  assert.deepEqual(await favourites(here), [], 'a removal goes over, too')
  await here.ask(paths.shelfLists, 'POST', { name: 'For the train' })
  await there.ask(paths.shelfLists, 'POST', { name: 'With mum' })
  await sync(here)
  for (const viewer of [here, there]) {
    const { lists } = await viewer.get(shelfSchema, paths.shelf)
    assert.deepEqual(lists.map(({ name }) => name).toSorted(), ['For the train', 'With mum'])
  }
})

test('L11: nothing is open while nothing is linked and no code is shown', async () => {
  await using two = await openTwoViewers()
  const { here, there, openHere } = two
  const addresses = async (): Promise<number> =>
    (await here.get(linksSchema, paths.links)).addresses.length
  assert.deepEqual(openHere(), [])
  await showCode(here)
  assert.deepEqual(openHere(), ['listener', 'datagrams'])
  assert.equal(await addresses(), 1)
  await act(here, 'DELETE', paths.linkCode)
  assert.deepEqual(openHere(), [])
  await link(here, there)
  const { links } = await here.get(linksSchema, paths.links)
  assert.ok(openHere().includes('listener'))
  await act(here, 'DELETE', paths.link(links[0]?.id ?? ''))
  await until(async () => openHere().length === 0, 'all of it is closed')
  assert.equal(await addresses(), 0)
})

test('L11: a code that was used, is another one, or is this computer’s own links nothing', async () => {
  await using two = await openTwoViewers()
  const { here, there } = two
  const join = async (code: string, at: CatalogueViewer): Promise<LinkProblem | null> =>
    (await act(at, 'POST', paths.links, { code, profile: 'first', address: null })).problem
  const code = await showCode(here)
  assert.equal(await join(code, here), 'own-code')
  assert.equal(await join('no code at all', there), 'code')
  assert.equal(await join(code, there), null)
  assert.equal(await join(code, there), 'not-found')
  const { links } = await there.get(linksSchema, paths.links)
  assert.equal(links.length, 1)
})

test('whoever unlinks gets nothing any more, and the other is told what may be the matter', async () => {
  await using two = await openTwoViewers()
  const { here, there } = two
  const id = await link(here, there)
  await sync(there)
  const other = (await here.get(linksSchema, paths.links)).links[0]?.id ?? ''
  await act(here, 'DELETE', paths.link(other))
  await like(here, true)
  const { problem } = await act(there, 'POST', paths.linkSync(id), { address: null })
  assert.equal(problem, 'not-found')
  assert.deepEqual(await favourites(there), [])
  const typed = await act(there, 'POST', paths.linkSync(id), { address: '8.8.8.8' })
  assert.equal(typed.problem, 'address', 'nobody outside the home is asked')
})

test('where the other computer listens is kept, also where it came by itself', async () => {
  await using two = await openTwoViewers()
  const { here, there } = two
  await link(here, there)
  await until(
    async () => (await here.get(linksSchema, paths.links)).links[0]?.syncedAtMs !== null,
    'the first exchange',
  )
  const text = await readFile(join(here.folder, 'data', 'links.json'), 'utf8')
  const stored = z
    .object({ links: z.array(z.object({ address: z.object({ port: z.number() }) })) })
    .parse(JSON.parse(text))
  assert.ok((stored.links[0]?.address.port ?? 0) > 0, 'where the other listens is known')
})

test('L11: a child links nothing; a grown-up links a child’s shelf with a child’s alone', async () => {
  await using two = await openTwoViewers()
  const { here, there } = two
  const draft = { picture: 'owl', withUnrated: false, languages: [], subtitles: [] }
  const add = async (
    at: CatalogueViewer,
    name: string,
    ageLimit: number | null,
  ): Promise<string> => {
    const answer = await at.ask(paths.profiles, 'POST', { ...draft, name, ageLimit })
    const { profiles } = profilesSchema.parse(await answer.json())
    return profiles.find((each) => each.name === name)?.id ?? ''
  }
  const ida = await add(here, 'Ida', 6)
  const alex = await add(here, 'Alex', null)
  const { ask } = await letIn(here.server.newLaunchUrl())
  assert.equal((await ask(paths.profileChoice, 'POST', { id: ida, pin: null })).status, 200)
  for (const [method, path] of [
    ['GET', paths.links],
    ['POST', paths.linkCode],
    ['DELETE', paths.linkCode],
    ['POST', paths.links],
    ['POST', paths.linkSync('a')],
    ['DELETE', paths.link('a')],
  ] as const)
    assert.equal((await ask(path, method, method === 'GET' ? undefined : {})).status, 403, path)
  const foreign = await here.ask(paths.linkCode, 'POST', { profile: alex })
  assert.equal(foreign.status, 400, 'another grown-up’s shelf is theirs')
  const { profiles } = await here.get(linksSchema, paths.links)
  assert.deepEqual(
    profiles.map(({ id }) => id),
    ['first', ida],
  )

  const shown = await act(here, 'POST', paths.linkCode, { profile: ida })
  const code = shown.links.code?.code ?? ''
  const join = async (profile: string): Promise<LinkProblem | null> =>
    (await act(there, 'POST', paths.links, { code, profile, address: null })).problem
  assert.equal(await join('first'), 'other-kind')
  const otherIda = await add(there, 'Ida', 9)
  assert.equal(await join(otherIda), null)
  await here.ask(`/api/profiles/${ida}/removal`, 'POST', { pin: null })
  assert.deepEqual((await here.get(linksSchema, paths.links)).links, [], 'its links go with it')
})
