import { SILENT_LOG } from '@matinee/base'
import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { UpdateFolder, type NamedArchive } from './update-folder.ts'

const BYTES = Buffer.alloc(100_000, 'an archive ')
const ARCHIVE: NamedArchive = {
  version: '0.2.0',
  infoHash: 'c'.repeat(64),
  length: BYTES.length,
  sha256: hash('sha256', BYTES),
}

async function folderOf(t: TestContext) {
  const dataFolder = await mkdtemp(join(tmpdir(), 'matinee-updates-'))
  t.after(() => rm(dataFolder, { recursive: true, force: true }))
  const folder = new UpdateFolder(dataFolder, SILENT_LOG)
  const lies = (): Promise<string[]> => readdir(join(dataFolder, 'updates')).catch(() => [])
  return { folder, lies, path: join(dataFolder, 'updates', 'matinee-0.2.0.tar') }
}

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 30_000) yield bytes.subarray(at, at + 30_000)
}

const SIGNAL = new AbortController().signal

test('an archive gets its name when all of its bytes are those that were named, for its owner alone', async (t) => {
  const { folder, lies, path } = await folderOf(t)
  assert.equal(await folder.take(ARCHIVE, chunksOf(BYTES), SIGNAL), true)
  assert.deepEqual(await readFile(path), BYTES)
  assert.equal((await stat(path)).mode & 0o777, 0o600)
  assert.deepEqual(await lies(), ['matinee-0.2.0.tar'])
  assert.equal(await folder.has(ARCHIVE), true)
})

test('A22: an archive of other bytes, of fewer or of more gets no name and leaves nothing', async (t) => {
  const { folder, lies } = await folderOf(t)
  const other = Buffer.from(BYTES)
  other[50_000] = 0
  const more = Buffer.concat([BYTES, Buffer.alloc(1)])
  for (const bytes of [other, BYTES.subarray(1), more]) {
    assert.equal(await folder.take(ARCHIVE, chunksOf(bytes), SIGNAL), false)
    assert.deepEqual(await lies(), [])
  }
  let read = 0
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (; read < 50; read++) yield BYTES
  }
  assert.equal(await folder.take(ARCHIVE, endless(), SIGNAL), false)
  assert.ok(read <= 2, 'what is longer than was named is not written on')
  const stopped = AbortSignal.abort(new Error('stopped'))
  await assert.rejects(folder.take(ARCHIVE, chunksOf(BYTES), stopped), /stopped/u)
  assert.deepEqual(await lies(), [])
})

test('A22: a saved archive whose bytes are others now is deleted', async (t) => {
  const { folder, lies, path } = await folderOf(t)
  await folder.take(ARCHIVE, chunksOf(BYTES), SIGNAL)
  const other = Buffer.from(BYTES)
  other[50_000] = 0
  await writeFile(path, other)
  assert.equal(await folder.has(ARCHIVE), false)
  assert.deepEqual(await lies(), [])
})

test('A22: only what this folder makes is ever cleared away', async (t) => {
  const { folder, lies, path } = await folderOf(t)
  await folder.take(ARCHIVE, chunksOf(BYTES), SIGNAL)
  await mkdir(join(path, '..', 'matinee-0.2.0'))
  await writeFile(join(path, '..', 'notes.txt'), 'mine')
  await writeFile(join(path, '..', 'matinee-0.1.9.tar'), 'an older one')
  await folder.keepOnly(ARCHIVE)
  assert.deepEqual((await lies()).toSorted(), ['matinee-0.2.0', 'matinee-0.2.0.tar', 'notes.txt'])
  await folder.keepOnly(null)
  assert.deepEqual((await lies()).toSorted(), ['matinee-0.2.0', 'notes.txt'])
})

test('what was wished for is read back, and a damaged wish wishes for nothing', async (t) => {
  const { folder, path } = await folderOf(t)
  assert.equal(await folder.wish(), null)
  const wish = { archive: ARCHIVE, isPaused: true, hereBytes: 5 }
  await folder.putWish(wish)
  assert.deepEqual(await folder.wish(), { version: 1, ...wish })
  await writeFile(join(path, '..', 'wish.json'), '{"version":1,"archive":{"infoHash":"../../x"}}')
  assert.equal(await folder.wish(), null)
})
