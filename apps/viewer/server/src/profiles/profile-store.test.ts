import { SILENT_LOG } from '@matinee/base'
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { formatProfiles, LONE_PROFILE, parseProfiles } from './profile-file.ts'
import { ProfileStore } from './profile-store.ts'

async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-profiles-'))
  try {
    await run(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const { id: _id, pin: _pin, tries: _tries, ...DRAFT } = { ...LONE_PROFILE, name: 'Noor' }

test('L8: a wrong try is on the disk before it is answered, and a right one forgets it', () =>
  inFolder(async (folder) => {
    const store = await ProfileStore.open(folder, SILENT_LOG, () => 5)
    await store.setPin('first', '2468')
    const answer = store.tryPin('first', '1111')
    assert.equal(await answer, 'pin')
    const again = await ProfileStore.open(folder, SILENT_LOG, () => 5)
    assert.deepEqual(again.find('first')?.tries, { wrong: 1, lastMs: 5 })
    assert.equal(await again.tryPin('first', '2468'), 'right')
    assert.equal(again.find('first')?.tries.wrong, 0)
  }))

test('L8: who asks many times at once is slowed down like who asks one after another', () =>
  inFolder(async (folder) => {
    const store = await ProfileStore.open(folder, SILENT_LOG, () => 5)
    await store.setPin('first', '2468')
    const guesses = Array.from({ length: 12 }, (_, at) => store.tryPin('first', String(1000 + at)))
    const answers = await Promise.all(guesses)
    assert.equal(answers.filter((each) => each === 'pin').length, 5)
    assert.equal(answers.filter((each) => each === 'pin-wait').length, 7)
  }))

test('L7: profiles are for their owner alone, and hold no PIN', () =>
  inFolder(async (folder) => {
    const store = await ProfileStore.open(folder, SILENT_LOG, () => 5)
    await store.setPin('first', '24682468')
    const path = join(folder, 'profiles.json')
    if (process.platform !== 'win32') assert.equal((await stat(path)).mode & 0o777, 0o600)
    assert.ok(!(await readFile(path, 'utf8')).includes('24682468'))
  }))

test('there are never more profiles than eight, and all are there after a restart', () =>
  inFolder(async (folder) => {
    const store = await ProfileStore.open(folder, SILENT_LOG, () => 5)
    for (let at = 0; at < 7; at++)
      assert.ok((await store.add({ ...DRAFT, name: `Noor ${at}` })) !== null)
    assert.equal(await store.add(DRAFT), null)
    const again = await ProfileStore.open(folder, SILENT_LOG, () => 5)
    assert.deepEqual(again.all, store.all)
  }))

test('O4: a file in which the first profile is a child’s, or which names one twice, is not believed', () =>
  inFolder(async (folder) => {
    const child = { ...LONE_PROFILE, ageLimit: 6 as const }
    for (const profiles of [[child], [LONE_PROFILE, LONE_PROFILE], [{ ...LONE_PROFILE, id: 'x' }]])
      assert.equal(parseProfiles(formatProfiles(profiles)), null)
    await writeFile(join(folder, 'profiles.json'), formatProfiles([child]))
    const store = await ProfileStore.open(folder, SILENT_LOG, () => 5)
    assert.deepEqual(store.all, [LONE_PROFILE])
  }))
