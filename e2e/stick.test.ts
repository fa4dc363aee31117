import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { followedFeedId, parseSha256 } from '@matinee/catalogue'
import { makeFilm } from '@matinee/testkit'

const run = promisify(execFile)
const MATINEE = fileURLToPath(new URL('../apps/matinee/src/main.ts', import.meta.url))
const VISITOR = fileURLToPath(new URL('stick-visitor.ts', import.meta.url))

/** Runs the command with a passphrase where it asks for one. */
async function matinee(...args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [MATINEE, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end('six words nobody would ever guess\n')
  const said = text(child.stdout)
  const [code] = (await once(child, 'close')) as [number | null]
  assert.equal(code, 0, `${args.join(' ')}: ${await said}`)
  return await said
}

/** A publisher's folder with one film, in a list. Resolves with the feed's fingerprint. */
async function makePublisher(folder: string, publisher: string): Promise<string> {
  const film = await makeFilm({ folder, name: 'film.mp4', durationSeconds: 8 })
  const page = join(folder, 'page.html')
  await writeFile(page, 'free')
  const names = ['--name', 'Night Reels', '--operator', 'The Gasworks']
  const begun = await matinee('feed', 'init', publisher, ...names, '--passphrase-fd', '0', '--json')
  const work = ['--id', 'the-lamp', '--kind', 'short', '--title', 'The Lamp', '--year', '2020']
  const languages = ['--title-language', 'en', '--language', 'en', '--synopsis', 'en=A lamp.']
  const licence = ['--licence', 'CC-BY-4.0', '--creator', 'A. Maker', '--checked-by', 'anna']
  const source = ['--source', 'https://films.example/lamp', '--evidence-url', '-']
  const evidence = ['--evidence', `page/rightholder=${page}`]
  const rights = [...licence, ...source, ...evidence]
  await matinee('feed', 'add', film, '--feed', publisher, ...work, ...languages, ...rights)
  const translations = { en: { title: 'Tonight' } }
  const lists = [{ id: 'tonight', kind: 'programme', translations, works: ['the-lamp'] }]
  await writeFile(join(publisher, 'lists.json'), JSON.stringify({ lists }))
  await matinee('feed', 'sign', publisher, '--passphrase-fd', '0')
  await matinee('feed', 'publish', publisher)
  return String((JSON.parse(begun) as { readonly fingerprint: unknown }).fingerprint)
}

test('A13: a cinema on a stick starts, plays, gives on and relaunches, on a computer without a network or anything installed', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-stick-'))
  try {
    const publisher = join(folder, 'publisher')
    const fingerprint = parseSha256(await makePublisher(folder, publisher))
    assert.ok(fingerprint !== null)
    const packed = join(folder, 'stick')
    await matinee('pack', packed, '--from', publisher, '--list', 'tonight')
    const film = await readFile(join(publisher, 'releases/the-lamp/main/files/the-lamp.mp4'))

    // Nothing secret came along, and everything that did may be read by whoever gets it.
    assert.deepEqual((await readdir(packed)).toSorted(), [
      'READ-ME.txt',
      'feed',
      'lists.json',
      'matinee',
      'program',
      'publisher.json',
      'releases',
      'revocations.json',
      'runtime',
      'source',
      'works',
    ])
    assert.deepEqual(await readdir(join(packed, 'works/the-lamp')), ['record.json'])
    assert.equal((await stat(join(packed, 'feed/metadata/timestamp.json'))).mode & 0o444, 0o444)
    // It lies elsewhere on the other computer, and its publisher is nowhere.
    const stick = join(folder, 'media on another computer')
    await rename(packed, stick)
    await rm(publisher, { recursive: true })
    const home = join(folder, 'home')
    await mkdir(home)
    const work = `${followedFeedId(fingerprint)}.the-lamp`
    const visit = [process.execPath, VISITOR, stick, work, home]
    const alone = 'ip link set lo up && exec "$@"'
    const isAlone = await run('unshare', ['-n', 'sh', '-c', alone, 'sh', 'true']).then(
      () => true,
      () => false,
    )
    const command = isAlone ? ['unshare', '-n', 'sh', '-c', alone, 'sh', ...visit] : visit
    const [program = '', ...args] = command
    const { stdout } = await run(program, args, { timeout: 150_000 })
    const said = JSON.parse(stdout) as Readonly<Record<string, unknown>>
    t.diagnostic(`played whole in ${Math.round(Number(said['playMs']))} ms; alone: ${isAlone}`)
    if (isAlone) assert.deepEqual(said['interfaces'], ['lo'])
    assert.equal(said['length'], film.length)
    assert.equal(said['sha256'], createHash('sha256').update(film).digest('hex'))
    assert.equal(said['mirror'], 200)
    assert.deepEqual(said['given'], [['the-lamp/main']])
    const { event, was, works, torrents } = said['relaunched'] as Readonly<Record<string, unknown>>
    assert.deepEqual([event, was, works, torrents], ['relaunched', fingerprint, 1, 1])
    assert.deepEqual(await readdir(home), ['new'])
    for (const name of ['hybrid.torrent', 'v1.torrent', 'head-pack'])
      assert.deepEqual(
        await readFile(join(home, 'new/releases/the-lamp/main', name)),
        await readFile(join(stick, 'releases/the-lamp/main', name)),
        name,
      )
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
