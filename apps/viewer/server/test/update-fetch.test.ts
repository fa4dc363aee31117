import { paths, settingsPageSchema, updateSchema, type Settings } from '#api'
import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { chmod, mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { mayChildAsk } from '../src/profiles/child-routes.ts'
import { UpdateHouse, type MadeVersion } from './update-house.ts'

const NEXT = { version: '0.2.0' }

/** What lies where archives are kept, and what the engine holds of torrents. */
async function leavings({ dataFolder, announced }: UpdateHouse): Promise<readonly string[]> {
  const updates = await readdir(join(dataFolder, 'updates')).catch(() => [])
  const media = await readdir(join(dataFolder, 'media')).catch(() => [])
  return [...updates, ...media.filter((name) => announced.has(name))].toSorted()
}

async function change({ viewer }: UpdateHouse, patch: Partial<Settings>): Promise<void> {
  const { settings } = await viewer.get(settingsPageSchema, paths.settings)
  const answer = await viewer.ask(paths.settings, 'PUT', { ...settings, ...patch })
  assert.equal(answer.status, 200)
}

test('a newer version is fetched from people when somebody asks, compared, kept under a name of ours for its owner alone, and deleted when they say so', async () => {
  await using house = await UpdateHouse.open(NEXT)
  assert.deepEqual(await house.state(), { kind: 'absent', hinders: null })
  assert.equal((await house.ask('POST', '0.3.0')).status, 404, 'only what is announced')
  assert.deepEqual(await leavings(house), [], 'nothing comes unasked')
  assert.equal((await house.ask('POST')).status, 200)
  const { path } = await house.stateWhen('saved')
  assert.equal(path, join(house.dataFolder, 'updates', 'matinee-0.2.0.tar'))
  const update = await house.viewer.get(updateSchema, `${paths.update}?language=en`)
  assert.ok(update.kind === 'newer')
  assert.equal(hash('sha256', await readFile(path)), update.announced.sha256)
  assert.equal((await stat(path)).mode & 0o777, 0o600)
  assert.equal((await stat(join(path, '..'))).mode & 0o777, 0o700)
  assert.deepEqual(await leavings(house), ['matinee-0.2.0.tar'])
  await house.restart()
  assert.equal((await house.stateWhen('saved')).path, path)
  assert.equal((await house.ask('DELETE')).status, 200)
  assert.deepEqual(await house.state(), { kind: 'absent', hinders: null })
  assert.deepEqual(await leavings(house), [])
})

test('A22: what is not what the feed signed never gets a name, and is deleted and said', async (t) => {
  const wrong: readonly [string, MadeVersion][] = [
    ['another SHA-256', { ...NEXT, said: { sha256: 'e'.repeat(64) } }],
    ['another length', { ...NEXT, said: { length: 299_999 } }],
    ['more files than one', { ...NEXT, names: ['one', 'two'] }],
  ]
  for (const [name, version] of wrong)
    await t.test(name, async () => {
      await using house = await UpdateHouse.open(version)
      await house.ask('POST')
      assert.equal((await house.stateWhen('failed')).why, 'wrong-bytes')
      assert.deepEqual(await leavings(house), [])
    })
})

test('what was asked for is gone on with after a restart, paused stays paused, and what is given up leaves nothing', async () => {
  await using house = await UpdateHouse.open({ ...NEXT }, false)
  await house.ask('POST')
  const fetching = await house.stateWhen('fetching')
  assert.deepEqual(fetching, { kind: 'fetching', hereBytes: 0, people: 0, waitsFor: null })
  await house.restart()
  await house.stateWhen('fetching')
  await house.ask('PUT')
  await house.stateWhen('paused')
  await house.restart()
  await house.stateWhen('paused')
  await house.ask('DELETE')
  assert.deepEqual(await house.state(), { kind: 'absent', hinders: null })
  assert.deepEqual(await leavings(house), [])
  await house.give()
  await house.ask('POST')
  await house.stateWhen('saved')
})

test('how films come holds for a newer version too: nobody is asked, and the page says what to change', async () => {
  await using house = await UpdateHouse.open(NEXT, false)
  for (const [patch, why] of [
    [{ sharing: 'web-only' }, 'web-only'],
    [{ sharing: 'share', dht: false }, 'dht-off'],
  ] as const) {
    await change(house, patch)
    assert.deepEqual(await house.state(), { kind: 'absent', hinders: why })
    await house.ask('POST')
    assert.deepEqual(await house.state(), { kind: 'absent', hinders: why })
  }
  await change(house, { sharing: 'share', dht: true })
  await house.ask('POST')
  await house.stateWhen('fetching')
  await change(house, { sharing: 'web-only' })
  for (const until = Date.now() + 20_000; ; await delay(100)) {
    const state = await house.stateWhen('fetching')
    if (state.waitsFor === 'web-only') break
    assert.ok(Date.now() < until, JSON.stringify(state))
  }
  await house.give()
  await change(house, { sharing: 'share' })
  await house.stateWhen('saved')
})

test('A22: a newer announcement takes the place of an older one, and what is announced no more is not fetched and does not stay', async () => {
  await using house = await UpdateHouse.open(NEXT)
  await house.ask('POST')
  await house.stateWhen('saved')
  await house.announce({ version: '0.3.0' })
  assert.deepEqual(await house.state(), { kind: 'absent', hinders: null })
  assert.deepEqual(await leavings(house), [])
  assert.equal((await house.ask('POST', '0.2.0')).status, 404)
  await house.announce({ version: '0.3.0' }, false)
  await house.ask('POST', '0.3.0')
  await house.stateWhen('fetching')
  await house.announceNothing()
  assert.equal(await house.state(), null)
  assert.deepEqual(await leavings(house), [])
})

test('A22: a feed that has expired offers nothing to fetch: its word may be an old one', async () => {
  await using house = await UpdateHouse.open(NEXT)
  house.publisher.expires = { ...house.publisher.expires, timestamp: '2026-01-02T00:00:00Z' }
  await house.announce(NEXT, false)
  assert.deepEqual(await house.state(), { kind: 'absent', hinders: 'unconfirmed' })
  await house.ask('POST')
  assert.deepEqual(await house.state(), { kind: 'absent', hinders: 'unconfirmed' })
  assert.deepEqual(await leavings(house), [])
})

test('A22: a saved archive that was changed on the disk is deleted, and what somebody else put beside it stays', async () => {
  await using house = await UpdateHouse.open(NEXT)
  await house.ask('POST')
  const { path } = await house.stateWhen('saved')
  const theirs = join(path, '..', 'matinee-0.2.0')
  await mkdir(theirs)
  await chmod(path, 0o600)
  const bytes = await readFile(path)
  bytes[1000] = (bytes[1000] ?? 0) ^ 1
  await writeFile(path, bytes)
  await house.restart()
  assert.deepEqual(await house.state(), { kind: 'absent', hinders: null })
  assert.deepEqual(await leavings(house), ['matinee-0.2.0'])
})

test('A22: a torrent whose copy is here as somebody else’s is neither written to nor deleted', async () => {
  await using house = await UpdateHouse.open(NEXT)
  const [infoHash = ''] = house.announced
  const film = join(house.dataFolder, 'media', infoHash)
  await mkdir(film, { recursive: true })
  await writeFile(join(film, 'film'), 'a film that was kept')
  await house.ask('POST')
  assert.deepEqual(await house.stateWhen('failed'), { kind: 'failed', why: 'in-use' })
  await house.ask('DELETE')
  assert.equal(await readFile(join(film, 'film'), 'utf8'), 'a film that was kept')
})

test('O4: a children’s profile hears of no newer version and fetches none', async () => {
  for (const method of ['GET', 'POST', 'PUT', 'DELETE'])
    assert.equal(mayChildAsk(method, paths.updateFetch) || mayChildAsk(method, paths.update), false)
})
