import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { ROOT } from './root.ts'

const STARTER = join(ROOT, 'tools/start.mjs')
const LOCKFILE = {
  lockfileVersion: 3,
  packages: {
    '': {},
    'node_modules/nothing-at-all': { version: '1.0.0', integrity: 'sha512-AA==' },
  },
}

/** A folder with the starter, a lockfile that names one package, and a script to hand over to. */
class Clone implements AsyncDisposable {
  readonly folder: string
  private constructor(folder: string) {
    this.folder = folder
  }

  static async make(): Promise<Clone> {
    const clone = new Clone(await mkdtemp(join(tmpdir(), 'matinee-start-')))
    await mkdir(join(clone.folder, 'tools'))
    await cp(STARTER, join(clone.folder, 'tools/start.mjs'))
    await clone.write('package.json', '{"dependencies":{"nothing-at-all":"1.0.0"}}')
    await clone.write('package-lock.json', JSON.stringify(LOCKFILE))
    return clone
  }

  write(path: string, content: string): Promise<void> {
    return writeFile(join(this.folder, path), content)
  }

  /** As npm leaves it after it has installed everything. */
  async install(): Promise<void> {
    await mkdir(join(this.folder, 'node_modules'))
    await this.write('node_modules/.package-lock.json', JSON.stringify(LOCKFILE))
  }

  /** Runs the starter, by default without network and with an empty cache. */
  start(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const offline = { npm_config_offline: 'true', npm_config_cache: join(this.folder, 'npm') }
    const child = spawn(process.execPath, [join(this.folder, 'tools/start.mjs'), ...args], {
      cwd: tmpdir(),
      env: { ...process.env, npm_execpath: undefined, ...offline, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const code = new Promise<number | null>((resolve) => child.on('close', resolve))
    return { child, code, output: text(child.stdout), errors: text(child.stderr) }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true })
  }
}

/** What the starter said besides counting seconds. */
function complaints(errors: string): readonly string[] {
  return errors.split('\n').filter((line) => line !== '' && !line.includes('…'))
}

test('the starter stays under 120 lines', async () => {
  assert.ok((await readFile(STARTER, 'utf8')).split('\n').length - 1 < 120)
})

test('without network and without packages there is one line that says what to do', async () => {
  await using clone = await Clone.make()
  const { code, output, errors } = clone.start(['--run', 'script.mjs'])
  assert.equal(await code, 1)
  assert.equal(await output, '')
  const [line, ...others] = complaints(await errors)
  assert.match(
    line ?? '',
    /^matinee: installing packages failed \(ENOTCACHED\); connect to the network/u,
  )
  assert.deepEqual(others, [])
})

test('without npm there is one line that says so', async () => {
  await using clone = await Clone.make()
  const { code, errors } = clone.start([], { PATH: clone.folder })
  assert.equal(await code, 1)
  assert.deepEqual(complaints(await errors), ['matinee: npm is missing; install it beside Node.js'])
})

test('arguments and exit code pass through the starter, and it prints nothing of its own', async () => {
  await using clone = await Clone.make()
  await clone.install()
  await clone.write('script.mjs', 'console.log(process.argv.slice(2).join()); process.exitCode = 3')
  const { code, output, errors } = clone.start(['--run', 'script.mjs', 'a b', '--json'])
  assert.equal(await code, 3)
  assert.equal(await output, 'a b,--json\n')
  assert.equal(await errors, '')
})

test('a signal to the starter reaches the program, which ends in its own way', async () => {
  await using clone = await Clone.make()
  await clone.install()
  await clone.write(
    'script.mjs',
    "process.on('SIGTERM', () => process.exit(7)); setInterval(() => {}, 1e3); console.error('up')",
  )
  const { child, code } = clone.start(['--run', 'script.mjs'])
  child.stderr.once('data', () => child.kill('SIGTERM'))
  assert.equal(await code, 7)
})

test('a lockfile that names another version makes the installation stale', async () => {
  await using clone = await Clone.make()
  await clone.install()
  await clone.write('package-lock.json', JSON.stringify(LOCKFILE).replace('"1.0.0"', '"1.0.1"'))
  const { code, errors } = clone.start(['--run', 'script.mjs'])
  assert.equal(await code, 1)
  assert.match(await errors, /installing packages failed/u)
})

test('the lock of a start that died is taken over', async () => {
  await using clone = await Clone.make()
  const dead = spawn(process.execPath, ['--version'], { stdio: 'ignore' })
  await new Promise((resolve) => dead.on('close', resolve))
  await mkdir(join(clone.folder, '.cache'))
  await clone.write('.cache/start.lock', String(dead.pid))
  const { code, errors } = clone.start(['--run', 'script.mjs'])
  assert.equal(await code, 1)
  assert.match(await errors, /installing packages failed/u)
})
