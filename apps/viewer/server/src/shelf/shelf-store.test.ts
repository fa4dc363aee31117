import { SILENT_LOG } from '@matinee/base'
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { refuseNewerData } from '../session/newer-data.ts'
import { ShelfStore } from './shelf-store.ts'

async function withFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-shelf-'))
  try {
    await run(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const film = { workId: 'starter.sintel', episodeId: null }

test('a shelf survives a restart', () =>
  withFolder(async (folder) => {
    const path = join(folder, 'shelf.sqlite')
    {
      await using shelf = await ShelfStore.open(path, SILENT_LOG)
      await shelf.acts.recordProgress(film, 211, 888, 'Sintel')
    }
    await using shelf = await ShelfStore.open(path, SILENT_LOG)
    assert.equal(shelf.setAside, null)
    assert.equal((await shelf.acts.progressOf(['starter.sintel']))[0]?.seconds, 211)
  }))

test('A21: a damaged shelf is put aside whole, and a new one begun', () =>
  withFolder(async (folder) => {
    const path = join(folder, 'shelf.sqlite')
    {
      await using shelf = await ShelfStore.open(path, SILENT_LOG)
      await shelf.acts.setFavourite('starter.sintel', true)
    }
    const bytes = await readFile(path)
    bytes.fill(0x5a, 0, 4096)
    await writeFile(path, bytes)
    await using shelf = await ShelfStore.open(path, SILENT_LOG)
    assert.deepEqual(await shelf.acts.favourites(), [])
    assert.deepEqual(await readFile(shelf.setAside ?? ''), bytes)
  }))

test('A22: a shelf of a newer Matinee is left as it is, and said so', () =>
  withFolder(async (folder) => {
    const path = join(folder, 'shelf.sqlite')
    const { DatabaseSync } = await import('node:sqlite')
    const newer = new DatabaseSync(path)
    newer.exec('CREATE TABLE shelf (everything TEXT); PRAGMA user_version = 2')
    newer.close()
    const bytes = await readFile(path)
    const refused = { code: 'newer-data', path }
    await assert.rejects(refuseNewerData(folder), refused)
    await assert.rejects(ShelfStore.open(path, SILENT_LOG), refused)
    assert.deepEqual(await readFile(path), bytes)
    assert.deepEqual(await readdir(folder), ['shelf.sqlite'])
    // The second profile's, in a folder where nothing else is newer.
    await rename(path, join(folder, 'shelf-0123456789abcdef.sqlite'))
    await assert.rejects(refuseNewerData(folder), { code: 'newer-data' })
  }))

test('a shelf of this Matinee, a damaged one and none are nobody newer’s', () =>
  withFolder(async (folder) => {
    await refuseNewerData(folder)
    await using _shelf = await ShelfStore.open(join(folder, 'shelf.sqlite'), SILENT_LOG)
    await writeFile(join(folder, 'shelf-00.sqlite'), Buffer.alloc(100, 0x5a))
    await writeFile(join(folder, 'shelf-01.sqlite'), '')
    await refuseNewerData(folder)
  }))

test('a shelf that was closed refuses, and what was asked before is kept', () =>
  withFolder(async (folder) => {
    const path = join(folder, 'shelf.sqlite')
    const shelf = await ShelfStore.open(path, SILENT_LOG)
    const kept = shelf.acts.setFavourite('starter.sintel', true)
    await shelf.close()
    await kept
    await assert.rejects(shelf.acts.favourites(), { name: 'ShelfError', code: 'closed' })
  }))

test('where no shelf can be, opening says so', () =>
  withFolder(async (folder) => {
    await assert.rejects(ShelfStore.open(join(folder, 'no', 'shelf.sqlite'), SILENT_LOG), {
      name: 'ShelfError',
      code: 'disk',
    })
  }))
