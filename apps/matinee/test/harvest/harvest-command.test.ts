import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseWorkId } from '@matinee/catalogue'
import { makeFilm } from '@matinee/testkit'
import { runMatinee } from '../program-run.ts'
import { PublisherFolder } from '../../src/publisher/publisher-folder.ts'
import { begin } from '../publisher/publisher-stage.ts'
import { openArchiveServer, fileRow, type ArchiveServer } from './archive-server.ts'

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const CC = 'http://creativecommons.org/licenses/by/4.0/'

/** Serves an item with a film that a browser plays; its first download hangs in the middle. */
async function serveFilm(server: ArchiveServer, folder: string): Promise<void> {
  const path = await makeFilm({ folder, name: 'source.mp4', durationSeconds: 4 })
  const film = new Uint8Array(await readFile(path))
  const metadata = {
    identifier: 'lamp',
    mediatype: 'movies',
    title: 'The Lamp',
    creator: 'A. Maker',
    licenseurl: CC,
  }
  const text = JSON.stringify({ metadata, files: [fileRow('lamp.mp4', film)] })
  server.routes.set('/metadata/lamp', { kind: 'text', text, type: 'application/json' })
  server.routes.set('/details/lamp', { kind: 'text', text: `<a href="${CC}">CC BY</a>` })
  server.routes.set('/download/lamp/lamp.mp4', {
    kind: 'answer',
    run: (_, response) => {
      response.writeHead(200, { 'content-length': film.length, etag: '"one"' })
      response.write(film.subarray(0, film.length >> 1))
      server.routes.set('/download/lamp/lamp.mp4', { kind: 'file', bytes: film, etag: '"one"' })
    },
  })
}

test('a harvest that is killed while a film comes goes on with it, and a person takes the work over', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-harvest-'))
  await using server = await openArchiveServer()
  try {
    await serveFilm(server, folder)
    const out = join(folder, 'harvest')
    const list = join(folder, 'list.json')
    const candidates = [{ kind: 'archive', item: 'lamp', titleLanguage: 'en', languages: ['en'] }]
    await writeFile(list, JSON.stringify({ type: 'matinee-candidates', version: 1, candidates }))
    const args = ['feed', 'harvest', out, '--list', list, '--archive', server.url]
    args.push('--allow-local', '--json')
    const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
    const part = join(out, 'archive-lamp', 'files', 'film.mp4.part')
    for (let size = 0; size === 0;) {
      assert.equal(child.exitCode, null)
      await delay(100)
      size = await readFile(part).then(
        ({ length }) => length,
        () => 0,
      )
    }
    child.kill('SIGKILL')
    await once(child, 'close')

    const before = server.asked.length
    const again = await runMatinee(args)
    assert.equal(again.code, 0, again.err)
    const asked = server.asked.slice(before)
    assert.deepEqual(
      asked.map(({ path }) => path),
      ['/download/lamp/lamp.mp4'],
    )
    assert.match(asked[0]?.range ?? '', /^bytes=[1-9]\d*-$/u)
    assert.match(again.out, /"event":"harvested",.*"ready":1/u)
    const release = await readdir(join(out, 'archive-lamp', 'release'))
    assert.ok(release.includes('hybrid.torrent') && release.includes('v1.torrent'))

    // Nothing is in a publisher's folder before a person says so, and answers what is open.
    const dir = join(folder, 'publisher')
    await begin(dir)
    const accept = ['feed', 'accept', out, 'archive-lamp', dir]
    const silent = await runMatinee(accept)
    assert.match(silent.err, /--by is missing/u)
    const open = await runMatinee([...accept, '--by', 'anna'])
    assert.match(open.err, /open questions: .*typed by an uploader/u)
    const publisher = await PublisherFolder.open(dir)
    assert.deepEqual(await publisher.workIds(), [])
    const taken = await runMatinee([...accept, '--by', 'anna', '--answered'])
    assert.equal(taken.code, 0, taken.err)
    const id = parseWorkId('lamp')
    assert.ok(id !== null)
    const work = await publisher.work(id)
    const [entry] = work?.record.rights ?? []
    assert.equal(entry?.verified, true)
    assert.deepEqual(
      entry?.checks.map(({ by }) => by),
      ['anna'],
    )
    const names = await readdir(publisher.evidenceFolder(id))
    assert.ok(names.includes('review.html') && names.length >= 4)
    const twice = await runMatinee([...accept, '--by', 'anna', '--answered'])
    assert.match(twice.err, /has a work lamp already/u)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test('a list that says something wrong is refused by its place', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-harvest-'))
  try {
    const list = join(folder, 'list.json')
    const table: [unknown, RegExp][] = [
      [
        { type: 'matinee-candidates', version: 1, candidates: [{ kind: 'archive', item: '../x' }] },
        /\/candidates\/0\/item/u,
      ],
      [
        { type: 'matinee-candidates', version: 1, candidates: [{ kind: 'web', id: 'a' }] },
        /\/candidates\/0\/title/u,
      ],
      [{ type: 'matinee-candidates', version: 1, candidates: [] }, /\/candidates/u],
      [{ candidates: [] }, /\/type/u],
    ]
    for (const [value, reason] of table) {
      await writeFile(list, JSON.stringify(value))
      const { code, err } = await runMatinee([
        'feed',
        'harvest',
        join(folder, 'out'),
        '--list',
        list,
      ])
      assert.equal(code, 2)
      assert.match(err, reason)
    }
    assert.deepEqual(await readdir(folder), ['list.json'])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
