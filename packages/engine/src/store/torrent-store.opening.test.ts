import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NO_BYTES, SECOND_MS } from '@matinee/base'
import { FakeClock, FakeDisk } from '@matinee/testkit'
import { FOLDER, freshDisk, openStore, writeBlocks } from '../../test/store-acts.ts'
import { makeStoredTorrent } from '../../test/stored-torrent.ts'

test('A5: after a clean stop everything that was marked is claimed and trusted, and nothing is written', async () => {
  const made = makeStoredTorrent({ kind: 'hybrid', files: [300_000, 70_000] })
  const disk = await freshDisk()
  const first = await openStore(made, disk)
  const { blocks } = made
  const some = blocks.filter((_, i) => i % 3 !== 0)
  await writeBlocks(first, made, some)
  await first.close()
  const callsBefore = disk.calls.length
  const second = await openStore(made, disk)
  assert.equal(second.trusted, true)
  assert.equal(second.doubted.count, 0)
  assert.deepEqual(
    blocks.filter((block) => second.claimed.has(block)),
    some,
  )
  await second.close()
  const kinds = new Set(disk.calls.slice(callsBefore).map(({ kind }) => kind))
  for (const kind of ['write', 'rename', 'sync'] as const) assert.ok(!kinds.has(kind), kind)
  assert.equal(disk.openFiles, 0)
})

test('A6: a data file that changed size or date, was shortened or deleted is noticed when it is opened', async () => {
  const made = makeStoredTorrent({ kind: 'v1', files: [65_536, 65_536, 65_536] })
  const prepare = async (): Promise<FakeDisk> => {
    const disk = await freshDisk()
    const store = await openStore(made, disk)
    await writeBlocks(store, made, made.blocks)
    await store.close()
    return disk
  }
  const touched = await prepare()
  const file = await touched.open(`${FOLDER}/1`, 'write')
  await file.write(100, [new Uint8Array(1)])
  await file.close()
  await using afterTouch = await openStore(made, touched)
  assert.equal(afterTouch.trusted, false)
  assert.equal(afterTouch.claimed.count, 12)
  assert.deepEqual([...afterTouch.doubted.runs()], [{ start: 4, end: 8 }])

  const shortened = await prepare()
  const short = await shortened.open(`${FOLDER}/1`, 'write')
  await short.truncate(20_000)
  await short.close()
  await using afterCut = await openStore(made, shortened)
  assert.deepEqual(
    [...afterCut.claimed.runs()],
    [
      { start: 0, end: 5 },
      { start: 8, end: 12 },
    ],
  )
  assert.deepEqual([...afterCut.doubted.runs()], [{ start: 4, end: 5 }])

  const gone = await prepare()
  await gone.remove(`${FOLDER}/2`)
  await using afterLoss = await openStore(made, gone)
  assert.deepEqual([...afterLoss.claimed.runs()], [{ start: 0, end: 8 }])
  assert.equal(afterLoss.trusted, false)
})

test('A4: after an unclean stop what the last checkpoint kept is claimed, doubted, and not called clean before a look', async () => {
  const made = makeStoredTorrent({ kind: 'v1', files: [300_000] })
  const clock = new FakeClock()
  const disk = await freshDisk()
  const killed = await openStore(made, disk, { clock })
  await writeBlocks(killed, made, [0, 1, 2])
  await clock.advance(5 * SECOND_MS)
  await writeBlocks(killed, made, [3, 4])
  await clock.advance(4 * SECOND_MS)

  const second = await openStore(made, disk)
  assert.equal(second.trusted, false)
  assert.deepEqual([...second.claimed.runs()], [{ start: 0, end: 3 }])
  assert.deepEqual([...second.doubted.runs()], [{ start: 0, end: 3 }])
  second.markVerified([0, 1])
  await second.close()
  const third = await openStore(made, disk)
  assert.equal(third.trusted, false, 'block 2 was never looked at')
  assert.equal(third.claimed.count, 3)
  third.markVerified([0, 1])
  third.unmark(2)
  await third.close()
  await using fourth = await openStore(made, disk)
  assert.equal(fourth.trusted, true)
  assert.deepEqual([...fourth.claimed.runs()], [{ start: 0, end: 2 }])
  await clock.run(killed.close().catch(() => {}))
})

test('files that are seeded in place are read and never written, and their claims are remembered', async () => {
  const made = makeStoredTorrent({ kind: 'hybrid', files: [100_000, 30_000] })
  const disk = new FakeDisk()
  disk.poke('/films/a.webm', 0, made.files[0] ?? NO_BYTES)
  disk.poke('/films/b.vtt', 0, made.files[1] ?? NO_BYTES)
  const filesFrom = ['/films/a.webm', '/films/b.vtt']
  const store = await openStore(made, disk, { filesFrom })
  assert.equal(store.claimed.count, 0)
  const whole = { start: 0, end: made.metainfo.layout.length }
  assert.deepEqual(await store.read(whole), made.bytesOf(whole))
  await assert.rejects(store.write(0, new Uint8Array(1)), { name: 'StoreError', code: 'in-place' })
  store.markVerified(made.blocks)
  await store.close()
  await using again = await openStore(made, disk, { filesFrom })
  assert.equal(again.trusted, true)
  assert.equal(again.claimed.count, made.blocks.length)
  assert.ok(!disk.calls.some(({ kind, path }) => kind === 'write' && path.startsWith('/films')))
})
