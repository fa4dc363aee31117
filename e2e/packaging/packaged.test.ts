/**
 * What people without Node get: each is made, and started where there is nothing else of this computer. Only the
 * administrator may make such a place; for others it is an empty folder and an empty environment.
 */
import assert from 'node:assert/strict'
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { copyFile, cp, mkdir, mkdtemp, realpath, rm } from 'node:fs/promises'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { makeDebianPackage } from '../../tools/packaging/debian-package.ts'
import { makeExecutable } from '../../tools/packaging/executable.ts'

const START_MS = 60_000
const CHROOT = '/usr/sbin/chroot'

/** A folder that programs see as all there is; they need the system's C library, and one of them a shell. */
class EmptyPlace implements AsyncDisposable {
  readonly root: string
  readonly #running: ChildProcess[] = []

  private constructor(root: string) {
    this.root = root
  }

  static async make(): Promise<EmptyPlace> {
    const root = await realpath(await mkdtemp(join(tmpdir(), 'matinee-empty-')))
    for (const folder of ['bin', 'tmp', 'home']) await mkdir(join(root, folder))
    for (const program of [process.execPath, '/bin/sh'])
      for (const library of librariesOf(program)) {
        await mkdir(dirname(join(root, library)), { recursive: true })
        await copyFile(library, join(root, library))
      }
    await copyFile('/bin/sh', join(root, 'bin/sh'))
    return new EmptyPlace(root)
  }

  /** Starts the viewer by a program in it. Resolves with the address that lets a browser in. */
  async start(...program: readonly string[]): Promise<URL> {
    const home = isAdministrator() ? '/home' : join(this.root, 'home')
    const there = isAdministrator()
      ? [CHROOT, this.root, ...program]
      : program.map((path) => join(this.root, path))
    const [command, ...rest] = [...there, '--no-open', '--json', '--port', '0']
    const running = spawn(command, rest, {
      env: { HOME: home },
      cwd: this.root,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#running.push(running)
    const lines = createInterface({ input: running.stdout })
    for await (const line of lines) {
      const event = JSON.parse(line) as { readonly event?: string; readonly launchUrl?: string }
      if (event.event === 'ready') return new URL(event.launchUrl ?? '')
    }
    return assert.fail(`${program.join(' ')} ended without a word`)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const each of this.#running) {
      each.kill('SIGTERM')
      if (each.exitCode === null) await once(each, 'exit')
    }
    await rm(this.root, { recursive: true, force: true })
  }
}

function isAdministrator(): boolean {
  return process.getuid?.() === 0
}

function librariesOf(program: string): string[] {
  return execFileSync('ldd', [program], { encoding: 'utf8' }).match(/\/[^ ]+(?= \()/gu) ?? []
}

/** The page is served, and who has the address may search the catalogue. */
async function servesFilms(launch: URL): Promise<void> {
  const page = await fetch(new URL('/', launch))
  assert.match(await page.text(), /<script type="module"/u)
  const code = launch.hash.slice('#launch='.length)
  const headers = { 'content-type': 'application/json', origin: launch.origin }
  const session = await fetch(new URL('/api/session', launch), {
    method: 'POST',
    headers,
    body: JSON.stringify({ code }),
  })
  const { token } = (await session.json()) as { token: string }
  const found = await fetch(new URL('/api/works?text=reel&limit=5&offset=0', launch), {
    headers: { authorization: `Bearer ${token}` },
  })
  const { works } = (await found.json()) as { works: readonly unknown[] }
  assert.ok(works.length > 0, 'the catalogue that came along')
}

test(
  'the single executable starts where there is nothing but the C library',
  { timeout: 4 * START_MS },
  async () => {
    await using place = await EmptyPlace.make()
    const made = await makeExecutable(join(place.root, 'opt'))
    assert.equal(made, join(place.root, 'opt', 'matinee'))
    await servesFilms(await place.start('/opt/matinee'))
  },
)

test(
  'the Debian package brings a program, a menu entry and licences, and starts the same way',
  { timeout: 6 * START_MS },
  async () => {
    await using place = await EmptyPlace.make()
    const folder = await mkdtemp(join(tmpdir(), 'matinee-deb-test-'))
    try {
      const made = await makeDebianPackage(folder, 'none')
      const listed = execFileSync('dpkg-deb', ['-c', made], {
        encoding: 'utf8',
        maxBuffer: 1 << 26,
      })
      for (const path of [
        './usr/share/applications/matinee.desktop',
        './usr/share/icons/hicolor/scalable/apps/matinee.svg',
        './usr/share/doc/matinee/node.LICENSE',
      ])
        assert.ok(listed.includes(path), path)
      assert.ok(!/ (?!root\/root)\S+\/\S+ +\d+ \d{4}-/u.test(listed), 'everything belongs to root')
      const unpacked = join(folder, 'unpacked')
      execFileSync('dpkg-deb', ['-x', made, unpacked])
      await cp(join(unpacked, 'usr'), join(place.root, 'usr'), {
        recursive: true,
        verbatimSymlinks: true,
      })
      const node = ['/usr/lib/matinee/node', '/usr/lib/matinee/program/apps/matinee/src/main.ts']
      // Its launcher names /usr/lib: only the administrator can put a package where it belongs.
      await servesFilms(await place.start(...(isAdministrator() ? ['/usr/bin/matinee'] : node)))
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
)
