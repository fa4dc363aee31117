import { test } from 'node:test'
import assert from 'node:assert/strict'
import { DiskError, utf8Bytes, type Disk } from '@matinee/base'
import { FakeClock } from '../fake-clock.ts'
import { SeededRandom } from '../seeded-random.ts'
import { FakeDisk } from './fake-disk.ts'

const text = (bytes: Uint8Array | null): string | null =>
  bytes === null ? null : new TextDecoder('latin1').decode(bytes)
const failsWith =
  (code: string) =>
  (error: unknown): boolean =>
    error instanceof DiskError && error.code === code

async function put(disk: Disk, path: string, content: string, isSynced: boolean): Promise<void> {
  const file = await disk.open(path, 'write')
  await file.write(0, [utf8Bytes(content)])
  if (isSynced) await file.sync()
  await file.close()
}

/** What a file holds after each of many power cuts, by how often. */
async function outcomes(
  prepare: (disk: FakeDisk) => Promise<void>,
  path: string,
): Promise<Set<string>> {
  const seen = new Set<string>()
  for (let seed = 0; seed < 60; seed++) {
    const disk = new FakeDisk()
    await disk.makeFolder('/d')
    await prepare(disk)
    seen.add(text(disk.crash(new SeededRandom(seed)).peek(path)) ?? 'missing')
  }
  return seen
}

test('a write at 60 GB costs a page, and the hole before it reads as zeros', async () => {
  const disk = new FakeDisk()
  const file = await disk.open('/film', 'write')
  await file.write(60e9, [utf8Bytes('end')])
  assert.equal(await file.size(), 60e9 + 3)
  assert.ok(disk.usedBytes <= 8192)
  const into = new Uint8Array(8).fill(7)
  assert.equal(await file.read(60e9 - 2, into), 5)
  assert.deepEqual([...into], [0, 0, 101, 110, 100, 7, 7, 7])
})

test('a full disk stores what fits, says full, and works again when there is room', async () => {
  const disk = new FakeDisk({ fullAfterBytes: 8192 })
  const file = await disk.open('/film', 'write')
  await assert.rejects(file.write(0, [new Uint8Array(10_000).fill(1)]), failsWith('full'))
  assert.equal(await file.size(), 8192)
  await file.write(0, [new Uint8Array(8192).fill(2)])
  disk.capacityBytes = null
  await file.write(8192, [new Uint8Array(1000)])
})

test('a read-only disk reads, and refuses every change', async () => {
  const disk = new FakeDisk()
  disk.poke('/d/a', 0, utf8Bytes('old'))
  disk.isReadOnly = true
  await assert.rejects(disk.open('/d/a', 'write'), failsWith('read-only'))
  await assert.rejects(disk.makeFolder('/e'), failsWith('read-only'))
  await assert.rejects(disk.rename('/d/a', '/d/b'), failsWith('read-only'))
  await assert.rejects(disk.remove('/d/a'), failsWith('read-only'))
  assert.equal(await (await disk.open('/d/a', 'read')).size(), 3)
})

test('the nth call fails once or for ever, and the log shows all calls', async () => {
  const run = async (times: 'once' | 'forever'): Promise<string[]> => {
    const disk = new FakeDisk({ failure: { n: 2, times, code: 'io', kinds: ['write'] } })
    const file = await disk.open('/a', 'write')
    const results: string[] = []
    for (let i = 0; i < 4; i++) {
      await file.write(i, [utf8Bytes('x')]).then(
        () => results.push('ok'),
        (error: unknown) => results.push(error instanceof DiskError ? error.code : 'other'),
      )
    }
    assert.deepEqual(disk.calls[2], { kind: 'write', path: '/a', span: { start: 1, end: 2 } })
    return results
  }
  assert.deepEqual(await run('once'), ['ok', 'io', 'ok', 'ok'])
  assert.deepEqual(await run('forever'), ['ok', 'io', 'io', 'io'])
})

test('a flipped bit shows in every read, or is stored by the next write', async () => {
  const disk = new FakeDisk()
  const file = await disk.open('/a', 'write')
  disk.corrupt({ path: '/a', position: 1, on: 'write' })
  await file.write(0, [utf8Bytes('b'), utf8Bytes('bb')])
  assert.equal(text(disk.peek('/a')), 'bcb')
  disk.corrupt({ path: '/a', position: 0, on: 'read' })
  const into = new Uint8Array(3)
  await file.read(0, into)
  assert.equal(text(into), 'ccb')
  assert.equal(text(disk.peek('/a')), 'bcb')
})

test('a slow disk takes its time on the clock and lets its queue be measured', async () => {
  const clock = new FakeClock()
  const disk = new FakeDisk({ timing: { clock, latencyMs: 5, bytesPerSecond: 1_000_000 } })
  const file = await clock.run(disk.open('/a', 'write'))
  const writes = [0, 1, 2].map((i) => file.write(i * 100_000, [new Uint8Array(100_000)]))
  await clock.run(Promise.all(writes))
  assert.equal(clock.nowMs(), 310)
  assert.equal(disk.peakPendingWriteBytes, 300_000)
})

test('after a power cut, synced content under a synced name is there, whatever chance decides', async () => {
  const seen = await outcomes(async (disk) => {
    await put(disk, '/d/a', 'synced', true)
    await disk.syncFolder('/d')
  }, '/d/a')
  assert.deepEqual(seen, new Set(['synced']))
})

test('after a power cut, an unsynced write may be there, gone, or garbage', async () => {
  const seen = await outcomes(async (disk) => {
    await put(disk, '/d/a', 'old!', true)
    await disk.syncFolder('/d')
    await put(disk, '/d/a', 'new!', false)
  }, '/d/a')
  assert.ok(seen.has('old!') && seen.has('new!') && seen.size > 4, [...seen].join())
})

test('after a power cut, a name that was not synced may be missing', async () => {
  const seen = await outcomes((disk) => put(disk, '/d/a', 'synced', true), '/d/a')
  assert.deepEqual(seen, new Set(['synced', 'missing']))
})

test('renaming a file that was not synced may leave an empty one', async () => {
  const replace = async (disk: FakeDisk, isSynced: boolean): Promise<void> => {
    await put(disk, '/d/a', 'old', true)
    await disk.syncFolder('/d')
    await put(disk, '/d/tmp', 'new', isSynced)
    await disk.rename('/d/tmp', '/d/a')
  }
  const careless = await outcomes((disk) => replace(disk, false), '/d/a')
  assert.ok(careless.has('') && careless.has('old') && careless.has('new'))
  const careful = await outcomes((disk) => replace(disk, true), '/d/a')
  assert.deepEqual(careful, new Set(['old', 'new']))
})

test('a sync that fails loses what it was to save, even when a later sync succeeds', async () => {
  const seen = await outcomes(async (disk) => {
    await put(disk, '/d/a', 'old', true)
    await disk.syncFolder('/d')
    const file = await disk.open('/d/a', 'write')
    await file.write(0, [utf8Bytes('new')])
    disk.failNth({ n: 1, times: 'once', code: 'io', kinds: ['sync'] })
    await assert.rejects(file.sync(), failsWith('io'))
    await file.sync()
  }, '/d/a')
  assert.deepEqual(seen, new Set(['old']))
})

test('a dead disk refuses, a halted one never answers', async () => {
  const disk = new FakeDisk()
  await put(disk, '/a', 'x', true)
  disk.crash(new SeededRandom(1))
  await assert.rejects(disk.open('/a', 'read'), failsWith('io'))
  const halting = new FakeDisk()
  const halted = halting.haltAt(2)
  await halting.makeFolder('/x')
  let isAnswered = false
  void halting.makeFolder('/y').then(() => (isAnswered = true))
  await halted
  await new FakeClock().settle()
  assert.equal(isAnswered, false)
})
