import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MIB, NO_BYTES, SECOND_MS } from '@matinee/base'
import { FakeClock, FakeDisk } from '@matinee/testkit'
import { FOLDER, freshDisk, openStore, writeBlocks } from '../../test/store-acts.ts'
import { makeStoredTorrent } from '../../test/stored-torrent.ts'

for (const kind of ['v1', 'v2', 'hybrid'] as const)
  test(`a ${kind} torrent is stored file by file under names of our own, without padding`, async () => {
    const made = makeStoredTorrent({ kind, files: [100_000, 0, 70_000, 5, 300_000] })
    const disk = await freshDisk()
    await using store = await openStore(made, disk)
    await writeBlocks(store, made, made.blocks)
    const whole = { start: 0, end: made.metainfo.layout.length }
    assert.deepEqual(await store.read(whole), made.bytesOf(whole))
    for (const [i, bytes] of made.files.entries())
      assert.deepEqual(disk.peek(`${FOLDER}/${i}`), bytes.length === 0 ? null : bytes)
    await store.close()
    const names = disk.paths.map((path) => path.slice(FOLDER.length + 1))
    assert.deepEqual(names, ['0', '2', '3', '4', 'resume.a', 'resume.b'])
  })

test('bytes can be read before they are on the disk, and the newest ones win', async () => {
  const made = makeStoredTorrent({ kind: 'v1', files: [100_000] })
  await using store = await openStore(made, await freshDisk())
  const wrong = store.write(0, new Uint8Array(50_000).fill(7))
  const right = store.write(16_384, made.bytesOf({ start: 16_384, end: 32_768 }))
  assert.equal(store.queuedBytes, 50_000 + 16_384)
  const seen = async (): Promise<void> => {
    const bytes = await store.read({ start: 16_000, end: 40_000 })
    assert.deepEqual(bytes.subarray(0, 384), new Uint8Array(384).fill(7))
    const expected = made.bytesOf({ start: 16_384, end: 32_768 })
    assert.deepEqual(bytes.subarray(384, 384 + 16_384), expected)
    assert.equal(bytes[23_999], 7)
  }
  await seen()
  await Promise.all([wrong, right])
  assert.equal(store.queuedBytes, 0)
  await seen()
})

test('blocks that come together are written together, one write at a time', async () => {
  const clock = new FakeClock()
  const disk = new FakeDisk({ timing: { clock, latencyMs: 10 } })
  const made = makeStoredTorrent({ kind: 'v1', files: [640_000] })
  const store = await clock.run(openStore(made, disk, { clock }))
  await clock.run(writeBlocks(store, made, [5, 3, 4, 0]))
  const first = disk.calls.filter(({ kind }) => kind === 'write').map(({ span }) => span)
  assert.deepEqual(first, [
    { start: 0, end: 16_384 },
    { start: 3 * 16_384, end: 6 * 16_384 },
  ])
  const slow = writeBlocks(store, made, [10])
  const behind = writeBlocks(store, made, [20, 21, 22, 23])
  await clock.run(Promise.all([slow, behind]))
  const later = disk.calls.filter(({ kind, path }) => kind === 'write' && path === `${FOLDER}/0`)
  assert.deepEqual(later.length, 4)
  await clock.run(store.close())
})

test('A9: what waits for a slow disk is counted, and the promise of a write is the back-pressure', async () => {
  const clock = new FakeClock()
  const disk = new FakeDisk({ timing: { clock, bytesPerSecond: 1 * MIB } })
  const made = makeStoredTorrent({ kind: 'v1', files: [2 * MIB] })
  const store = await clock.run(openStore(made, disk, { clock }))
  const written = writeBlocks(store, made, made.blocks)
  assert.equal(store.queuedBytes, 2 * MIB)
  await clock.advance(1000)
  assert.equal(store.queuedBytes, 2 * MIB)
  await clock.run(written)
  assert.ok(clock.nowMs() >= 2000)
  assert.equal(store.queuedBytes, 0)
  await clock.run(store.close())
})

test('a span that nobody wrote is missing, and a deleted or shortened file too', async () => {
  const made = makeStoredTorrent({ kind: 'v1', files: [100_000] })
  const disk = await freshDisk()
  await using store = await openStore(made, disk)
  const missing = { name: 'StoreError', code: 'missing' }
  await assert.rejects(store.read({ start: 0, end: 10 }), missing)
  await writeBlocks(store, made, [0])
  await assert.rejects(store.read({ start: 16_000, end: 17_000 }), missing)
  assert.deepEqual(await store.read({ start: 5, end: 5 }), NO_BYTES)
  const file = await disk.open(`${FOLDER}/0`, 'write')
  await file.truncate(100)
  await file.close()
  await assert.rejects(store.read({ start: 50, end: 150 }), missing)
})

test('A2: a checkpoint comes by itself after 5 s, and after 64 MB', async () => {
  const clock = new FakeClock()
  const disk = await freshDisk()
  const made = makeStoredTorrent({ kind: 'v1', files: [300_000] })
  await using store = await openStore(made, disk, { clock })
  await writeBlocks(store, made, [0])
  const syncs = (): number => disk.calls.filter(({ kind }) => kind === 'rename').length
  await clock.advance(4.9 * SECOND_MS)
  assert.equal(syncs(), 0)
  await clock.advance(0.2 * SECOND_MS)
  assert.equal(syncs(), 1)
  await clock.advance(60 * SECOND_MS)
  assert.equal(syncs(), 1, 'nothing new, nothing written')
  assert.equal(clock.pendingTimers, 0)

  const film = makeStoredTorrent({ kind: 'v1', files: [66 * MIB], pieceLength: 1 * MIB })
  const other = await freshDisk()
  await using filmStore = await openStore(film, other, { clock })
  for (let at = 0; at < 66; at++) {
    const span = { start: at * MIB, end: (at + 1) * MIB }
    await filmStore.write(span.start, film.bytesOf(span))
    filmStore.markVerified(Array.from({ length: 64 }, (_, i) => at * 64 + i))
  }
  await clock.settle()
  assert.ok(other.calls.some(({ kind }) => kind === 'rename'))
})

test('A3: a block marked before its write has ended waits for the next checkpoint', async () => {
  const clock = new FakeClock()
  const disk = new FakeDisk({ timing: { clock, latencyMs: 10 } })
  const made = makeStoredTorrent({ kind: 'v1', files: [300_000] })
  const store = await clock.run(openStore(made, disk, { clock }))
  await clock.run(writeBlocks(store, made, [0]))
  const early = store.write(16_384, made.bytesOf({ start: 16_384, end: 32_768 }))
  // The bytes are on their way now, beyond every check before a write.
  await clock.advance(1)
  store.markVerified([1])
  await clock.run(store.checkpoint())
  await clock.run(early)
  const claimed = async (): Promise<number[]> => {
    const seen = await clock.run(openStore(made, disk))
    return made.blocks.filter((block) => seen.claimed.has(block))
  }
  assert.deepEqual(await claimed(), [0])
  await clock.advance(6 * SECOND_MS)
  assert.deepEqual(await claimed(), [0, 1])
  await clock.run(store.close())
})

test('a closed store refuses, waits for its writes, and closes once', async () => {
  const made = makeStoredTorrent({ kind: 'v1', files: [100_000] })
  const disk = await freshDisk()
  const store = await openStore(made, disk)
  const late = writeBlocks(store, made, [0])
  const closing = store.close()
  assert.equal(store.close(), closing)
  await closing
  await late
  assert.deepEqual(disk.peek(`${FOLDER}/0`), made.bytesOf({ start: 0, end: 16_384 }))
  const closed = { name: 'StoreError', code: 'closed' }
  await assert.rejects(store.write(0, NO_BYTES), closed)
  await assert.rejects(store.read({ start: 0, end: 1 }), closed)
  await assert.rejects(store.checkpoint(), closed)
  assert.equal(disk.openFiles, 0)
})

test('A10: a torrent of many files keeps few of them open', async () => {
  const made = makeStoredTorrent({ kind: 'v1', files: Array.from({ length: 300 }, () => 20_000) })
  const disk = await freshDisk()
  await using store = await openStore(made, disk)
  let most = 0
  for (let block = 0; block < made.blocks.length; block += 8) {
    await writeBlocks(store, made, made.blocks.slice(block, block + 8))
    most = Math.max(most, disk.openFiles)
  }
  for (const block of made.blocks) {
    const span = made.blockSpan(block)
    assert.ok(span)
    assert.deepEqual(await store.read(span), made.bytesOf(span))
    most = Math.max(most, disk.openFiles)
  }
  assert.ok(most <= 110, `${most} files were open`)
})
