import { settingsSchema } from '#api'
import { SILENT_LOG } from '@matinee/base'
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { firstSettings } from './first-settings.ts'
import { canKeepFilms, diskBytesOf, freeBytesAt } from './media-folder.ts'
import { SettingsStore } from './settings-store.ts'

async function withFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-settings-'))
  try {
    await run(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

test('the country is proposed from the locale alone, and only when it names one', () => {
  const surroundings = { mediaFolder: '/films', freeBytes: 30e9 }
  const propose = (locale: string) => firstSettings({ ...surroundings, locale })
  assert.equal(propose('fr-CH').country, 'CH')
  assert.deepEqual(propose('fr-CH').languages, ['fr', 'en'])
  assert.deepEqual(propose('fr-CH').subtitles, ['fr'])
  assert.equal(propose('fr').country, null)
  assert.equal(propose('es-419').country, null)
  assert.deepEqual(propose('en-GB').languages, ['en'])
})

test('what is proposed is within limits whatever the disk says', () => {
  for (const freeBytes of [null, 0, 1e9, 30e9, 5e12]) {
    const proposed = firstSettings({ locale: 'en', mediaFolder: '/films', freeBytes })
    assert.deepEqual(settingsSchema.parse(proposed), proposed)
    assert.ok(proposed.diskBudgetBytes <= 50e9)
  }
})

test('what was decided holds after a restart, and is for its owner alone', () =>
  withFolder(async (folder) => {
    const store = await SettingsStore.open(folder, 'en', SILENT_LOG)
    assert.equal(store.isSettled, false)
    const told: string[] = []
    const stop = store.subscribe(({ sharing }) => told.push(sharing))
    await store.save({ ...store.current, sharing: 'web-only', country: 'FR' })
    stop()
    assert.deepEqual(told, ['web-only'])
    const again = await SettingsStore.open(folder, 'en', SILENT_LOG)
    assert.equal(again.isSettled, true)
    assert.equal(again.current.sharing, 'web-only')
    assert.equal(again.needsRestart, false)
    if (process.platform !== 'win32')
      assert.equal((await stat(join(folder, 'settings.json'))).mode & 0o777, 0o600)
  }))

test('another folder for films holds from the next start on', () =>
  withFolder(async (folder) => {
    const store = await SettingsStore.open(folder, 'en', SILENT_LOG)
    await store.save({ ...store.current, mediaFolder: join(folder, 'elsewhere') })
    assert.equal(store.needsRestart, true)
    assert.equal(store.mediaFolder, join(folder, 'media'))
  }))

test('settings from before there was an upload limit are read, and have none', () =>
  withFolder(async (folder) => {
    const { uploadBytesPerSecond, ...before } = (await SettingsStore.open(folder, 'en', SILENT_LOG))
      .current
    assert.equal(uploadBytesPerSecond, null)
    const file = { version: 1, settings: before }
    await writeFile(join(folder, 'settings.json'), JSON.stringify(file))
    const store = await SettingsStore.open(folder, 'en', SILENT_LOG)
    assert.equal(store.isSettled, true)
    assert.deepEqual(store.current, { ...before, uploadBytesPerSecond: null })
  }))

test('settings that cannot be read are put aside, and the first run comes again', () =>
  withFolder(async (folder) => {
    for (const text of ['', '{', '{"version":1}', '{"version":"2"}']) {
      await writeFile(join(folder, 'settings.json'), text)
      const store = await SettingsStore.open(folder, 'en', SILENT_LOG)
      assert.equal(store.isSettled, false)
      assert.equal(await readFile(join(folder, 'settings.json.unread'), 'utf8'), text)
    }
  }))

test('a folder for films is tried before it is taken', () =>
  withFolder(async (folder) => {
    assert.equal(await canKeepFilms(join(folder, 'a', 'b')), true)
    assert.equal(await canKeepFilms('films'), false)
    await writeFile(join(folder, 'file'), '')
    assert.equal(await canKeepFilms(join(folder, 'file')), false)
    assert.ok(((await freeBytesAt(join(folder, 'not', 'there'))) ?? 0) > 0)
  }))

test('a folder is as big as the disk that it takes', () =>
  withFolder(async (folder) => {
    assert.equal(await diskBytesOf(join(folder, 'nothing')), 0)
    await mkdir(join(folder, 'deep'))
    await writeFile(join(folder, 'deep', 'film'), new Uint8Array(100_000))
    assert.ok((await diskBytesOf(folder)) >= 100_000)
  }))
