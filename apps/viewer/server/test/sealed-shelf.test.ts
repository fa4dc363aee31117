import { paths, sealedShelfSchema, shelfSchema, mergeAnswerSchema } from '#api'
import { letIn } from '@matinee/testkit'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCatalogueViewer, type CatalogueViewer } from './open-catalogue-viewer.ts'

const PASSPHRASE = 'seven lamps in the foyer'
const WORK = 'starter.sintel'

/** Brings what one installation knows to another one. */
async function carry(from: CatalogueViewer, to: CatalogueViewer): Promise<number> {
  const sealed = await from.ask(paths.shelfSealed, 'POST', { passphrase: PASSPHRASE })
  const file = sealedShelfSchema.parse(await sealed.json())
  const answer = await to.ask(paths.shelfMerge, 'POST', { passphrase: PASSPHRASE, file })
  assert.equal(answer.status, 200)
  return mergeAnswerSchema.parse(await answer.json()).changed
}

async function favourites(viewer: CatalogueViewer): Promise<readonly string[]> {
  const shelf = await viewer.get(shelfSchema, paths.shelf)
  return shelf.favourites.map(({ id }) => id)
}

test('a shelf goes to another installation and back by file, removals and all', async () => {
  await using here = await openCatalogueViewer({ feed: 'starter' })
  await using there = await openCatalogueViewer({ feed: 'starter' })
  await here.ask(paths.shelfFavourite, 'PUT', { workId: WORK, favourite: true })
  assert.ok((await carry(here, there)) > 0)
  assert.deepEqual(await favourites(there), [WORK])
  assert.equal(await carry(here, there), 0, 'a second time changes nothing')
  await there.ask(paths.shelfFavourite, 'PUT', { workId: WORK, favourite: false })
  await carry(there, here)
  assert.deepEqual(await favourites(here), [])
  await carry(here, there)
  assert.deepEqual(await favourites(there), [])
})

test('L9: another passphrase opens nothing and changes nothing, and a child seals nothing', async () => {
  await using viewer = await openCatalogueViewer({ feed: 'starter' })
  await viewer.ask(paths.shelfFavourite, 'PUT', { workId: WORK, favourite: true })
  const sealed = await viewer.ask(paths.shelfSealed, 'POST', { passphrase: PASSPHRASE })
  const file: unknown = await sealed.json()
  const wrong = await viewer.ask(paths.shelfMerge, 'POST', {
    passphrase: 'another one at all',
    file,
  })
  assert.equal(wrong.status, 403)
  assert.equal((await viewer.ask(paths.shelfSealed, 'POST', { passphrase: 'short' })).status, 400)
  const draft = { name: 'Ida', picture: 'owl', ageLimit: 6, withUnrated: false }
  const profiles = await viewer.ask(paths.profiles, 'POST', {
    ...draft,
    languages: [],
    subtitles: [],
  })
  const found = /"id":"([0-9a-f]{16})"/u.exec(await profiles.text())?.[1]
  const { ask } = await letIn(viewer.server.newLaunchUrl())
  assert.equal((await ask(paths.profileChoice, 'POST', { id: found, pin: null })).status, 200)
  for (const path of [paths.shelfSealed, paths.shelfMerge])
    assert.equal((await ask(path, 'POST', { passphrase: PASSPHRASE, file })).status, 403)
})
