import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { findSources } from './found-source.ts'
import { makeSourceRelease } from './source-release.ts'
import { tarHeader } from './tar-archive.ts'

const { signal } = new AbortController()
const LONG = `${'folder-with-a-name/'.repeat(6)}a-file.ts`

async function folderOf(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-source-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** A small project, with what is installed and built beside it. */
async function makeProject(root: string): Promise<void> {
  const files: Readonly<Record<string, string>> = {
    'package.json': '{\n  "version": "1.2.3"\n}\n',
    matinee: '#!/bin/sh\n',
    'src/main.ts': 'export {}\n',
    [LONG]: 'long\n',
    'empty.txt': '',
    'node_modules/some/index.js': 'installed',
    'src/dist/built.js': 'built',
    '.cache/log': 'kept',
    'a.tsbuildinfo': 'built',
  }
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(root, name, '..'), { recursive: true })
    await writeFile(join(root, name), text)
  }
  await chmod(join(root, 'matinee'), 0o755)
}

test('every copy of a version makes the same archive and torrent, also what was unpacked from it', async (t) => {
  const folder = await folderOf(t)
  const [clone, out, again] = ['clone', 'out', 'again'].map((name) => join(folder, name))
  assert.ok(clone !== undefined && out !== undefined && again !== undefined)
  for (const each of [clone, out, again]) await mkdir(each)
  await makeProject(clone)
  await writeFile(join(clone, '.gitignore'), 'node_modules/\n.cache/\ndist/\n*.tsbuildinfo\n')
  execFileSync('git', ['init', '-q'], { cwd: clone })
  execFileSync('git', ['add', '.'], { cwd: clone })
  await writeFile(join(clone, 'a note to myself'), 'not tracked')

  const first = await makeSourceRelease(clone, out, signal)
  assert.equal(first.name, 'matinee-1.2.3.tar')
  assert.equal(first.lengthBytes % 10_240, 0)
  execFileSync('tar', ['xf', join(out, first.name)], { cwd: out })
  const unpacked = join(out, 'matinee-1.2.3')
  assert.equal(await readFile(join(unpacked, LONG), 'utf8'), 'long\n')
  assert.equal((await stat(join(unpacked, 'matinee'))).mode & 0o777, 0o755)
  assert.deepEqual((await readdir(unpacked)).toSorted(), [
    '.gitignore',
    'empty.txt',
    'folder-with-a-name',
    'matinee',
    'package.json',
    'src',
  ])
  // What is installed and built there later makes no difference.
  await mkdir(join(unpacked, 'node_modules'))
  await writeFile(join(unpacked, 'node_modules', 'x.js'), 'installed')
  assert.deepEqual(await makeSourceRelease(unpacked, again, signal), first)
  const torrents = await Promise.all(
    [out, again].map((each) => readFile(join(each, `${first.name}.torrent`))),
  )
  assert.deepEqual(torrents[0], torrents[1])
})

test('an archive is found by its torrent, and not when a part of it is gone', async (t) => {
  const folder = await folderOf(t)
  const root = join(folder, 'root')
  await mkdir(root)
  await makeProject(root)
  const { name, infoHash } = await makeSourceRelease(root, folder, signal)
  const [found, ...others] = await findSources(folder)
  assert.equal(found?.path, join(folder, name))
  assert.equal(String(found?.metainfo.infoHashes.v2), infoHash)
  assert.deepEqual(others, [])
  await truncate(join(folder, name), 512)
  assert.deepEqual(await findSources(folder), [])
  await writeFile(join(folder, `${name}.torrent`), 'no torrent')
  assert.deepEqual(await findSources(folder), [])
  assert.deepEqual(await findSources(join(folder, 'nowhere')), [])
})

test('an archive without its end is taken away', async (t) => {
  const folder = await folderOf(t)
  const root = join(folder, 'root')
  await mkdir(root)
  await makeProject(root)
  await assert.rejects(makeSourceRelease(root, folder, AbortSignal.abort(new Error('stopped'))))
  assert.deepEqual(await readdir(folder), ['root'])
})

test('a header has no owner and no time, and the sum of its bytes', () => {
  const header = tarHeader({ name: 'a/b.ts', isExecutable: false, bytes: new Uint8Array(9) })
  const text = new TextDecoder().decode(header)
  assert.equal(text.slice(0, 6), 'a/b.ts')
  assert.equal(text.slice(100, 107), '0000644')
  assert.equal(text.slice(124, 135), '00000000011')
  assert.equal(text.slice(136, 147), '00000000000')
  const sum = header.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0)
  assert.equal(Number.parseInt(text.slice(148, 154), 8), sum)
})
