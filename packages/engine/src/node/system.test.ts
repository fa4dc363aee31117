import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm, stat, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { toHex, utf8Bytes } from '@matinee/base'
import type { DiskErrorCode } from '@matinee/base'
import { checkDisks } from '@matinee/testkit/compliance'
import { systemClock, systemDisk, systemHash, systemRandom } from './system.ts'

async function temporaryFolder(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'matinee-system-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

function refusal(code: DiskErrorCode): object {
  return { name: 'DiskError', code }
}

test('the clock never goes back and its timers can be called off', async () => {
  const clock = systemClock()
  const before = clock.nowMs()
  let ran = ''
  clock.setTimer(1, () => (ran += 'never')).cancel()
  clock.setTimer(0, () => (ran += 'never')).cancel()
  // Longer than setTimeout takes: it would run at once.
  const far = clock.setTimer(2 ** 40, () => (ran += 'never'))
  await new Promise<void>((resolve) => clock.setTimer(0, resolve))
  await new Promise<void>((resolve) => clock.setTimer(5, resolve))
  far.cancel()
  assert.equal(ran, '')
  assert.ok(clock.nowMs() > before)
  assert.ok(clock.wallMs() > 1.7e12)
})

test('random numbers stay below their limit and random bytes have the length asked for', () => {
  const random = systemRandom()
  for (let i = 0; i < 100; i++) assert.ok(random.below(3) < 3)
  assert.equal(random.below(1), 0)
  assert.equal(random.bytes(20).length, 20)
  assert.equal(random.bytes(20).constructor, Uint8Array)
})

test('the hashes answer what their standards say, as plain arrays', () => {
  const hash = systemHash()
  const abc = utf8Bytes('abc')
  const running = hash.startSha1()
  running.update(abc.subarray(0, 1))
  running.update(abc.subarray(1))
  const sha1 = 'a9993e364706816aba3e25717850c26c9cd0d89d'
  assert.equal(toHex(hash.sha1(abc)), sha1)
  assert.equal(toHex(running.finish()), sha1)
  assert.equal(
    toHex(hash.sha256(abc)),
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  )
  assert.equal(hash.sha256(abc).constructor, Uint8Array)
})

test(
  'files are the owner’s alone, folders too',
  { skip: process.platform === 'win32' },
  async () => {
    await using folder = await temporaryFolder()
    const disk = systemDisk()
    await disk.makeFolder(join(folder.path, 'a', 'b'))
    const file = await disk.open(join(folder.path, 'a', 'b', 'c'), 'write')
    await file.close()
    assert.equal((await stat(join(folder.path, 'a'))).mode & 0o777, 0o700)
    assert.equal((await stat(join(folder.path, 'a', 'b'))).mode & 0o777, 0o700)
    assert.equal((await stat(join(folder.path, 'a', 'b', 'c'))).mode & 0o777, 0o600)
  },
)

test('a symbolic link is never opened', { skip: process.platform === 'win32' }, async () => {
  await using folder = await temporaryFolder()
  const disk = systemDisk()
  await (await disk.open(join(folder.path, 'target'), 'write')).close()
  await symlink(join(folder.path, 'target'), join(folder.path, 'link'))
  await assert.rejects(disk.open(join(folder.path, 'link'), 'read'), refusal('denied'))
  await assert.rejects(disk.open(join(folder.path, 'link'), 'write'), refusal('denied'))
})

test('more chunks than one system call takes are written whole and in order', async () => {
  await using folder = await temporaryFolder()
  const file = await systemDisk().open(join(folder.path, 'many'), 'write')
  const chunks = Array.from({ length: 3000 }, (_, i) => new Uint8Array(3).fill(i % 251))
  await file.write(5, chunks)
  const back = new Uint8Array(3 * 3000 + 100)
  assert.equal(await file.read(5, back), 9000)
  for (let i = 0; i < 3000; i++) assert.equal(back[i * 3 + 2], i % 251)
  await file.close()
})

test('what the system refuses has a code', async () => {
  await using folder = await temporaryFolder()
  const disk = systemDisk()
  const missing = join(folder.path, 'missing')
  await assert.rejects(disk.open(missing, 'read'), refusal('not-found'))
  await assert.rejects(disk.open(join(missing, 'x'), 'write'), refusal('not-found'))
  await assert.rejects(disk.rename(missing, join(folder.path, 'y')), refusal('not-found'))
  await assert.rejects(disk.open(folder.path, 'write'), refusal('io'))
  assert.equal(await disk.facts(missing), null)
  assert.deepEqual(await disk.list(missing), [])
  await disk.remove(missing)
})

test(
  'A1: a disk that takes only a part of a write ends in the error “full”, not in silence',
  { skip: process.platform !== 'linux' },
  async () => {
    const file = await systemDisk().open('/dev/full', 'write')
    await assert.rejects(file.write(0, [new Uint8Array(10)]), refusal('full'))
    await file.close()
  },
)

test(
  'A1: a write of which the disk takes only the first half is carried on, and ends in “full”',
  { skip: process.platform === 'win32' },
  async () => {
    await using folder = await temporaryFolder()
    const path = join(folder.path, 'film')
    // A limit on file sizes answers as a full tmpfs does: a short write without an error, then one.
    const script = `
      import { systemDisk } from '${import.meta.resolve('./system.ts')}'
      const file = await systemDisk().open('${path}', 'write')
      const chunks = [new Uint8Array(200_000).fill(1), new Uint8Array(200_000).fill(2)]
      const said = await file.write(0, chunks).then(() => 'written', (error) => error.code)
      console.log(said, await file.size())`
    const limited = 'ulimit -f 512 && exec "$0" --input-type=module-typescript -e "$1"'
    const { stdout } = await promisify(execFile)('sh', ['-c', limited, process.execPath, script])
    assert.match(stdout, /^full (?:262144)$/mu)
  },
)

checkDisks('system disk', async () => {
  const folder = await temporaryFolder()
  return {
    disk: systemDisk(),
    folder: folder.path,
    dispose: () => rm(folder.path, { recursive: true }),
  }
})
