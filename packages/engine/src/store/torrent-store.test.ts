import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MIB, NO_BYTES, SECOND_MS, type Disk } from '@matinee/base'
import { FakeClock, FakeDisk, nodeHash } from '@matinee/testkit'
import { makeStoredTorrent, type StoredTorrent } from '../../test/stored-torrent.ts'
import { openTorrentStore, type TorrentStore, type TorrentStoreOptions } from './torrent-store.ts'

const FOLDER = '/engine/torrent'

function open(
  made: StoredTorrent,
  disk: Disk,
  more: Partial<TorrentStoreOptions> = {},
): Promise<TorrentStore> {
  const { metainfo } = made
  return openTorrentStore({
    disk,
    clock: new FakeClock(),
    hash: nodeHash,
    folder: FOLDER,
    metainfo,
    ...more,
  })
}

async function writeBlocks(
  store: TorrentStore,
  made: StoredTorrent,
  blocks: Iterable<number>,
): Promise<void> {
  await Promise.all(
    [...blocks].map(async (block) => {
      const span = made.blockSpan(block)
      assert.ok(span)
      await store.write(span.start, made.bytesOf(span))
      store.markVerified([block])
    }),
  )
}

async function freshDisk(): Promise<FakeDisk> {
  const disk = new FakeDisk()
  await disk.makeFolder('/engine')
  return disk
}

for (const kind of ['v1', 'v2', 'hybrid'] as const)
  test(`a ${kind} torrent is stored file by file under names of our own, without padding`, async () => {
    const made = makeStoredTorrent({ kind, files: [100_000, 0, 70_000, 5, 300_000] })
    const disk = await freshDisk()
    await using store = await open(made, disk)
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
  await using store = await open(made, await freshDisk())
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
  const store = await clock.run(open(made, disk, { clock }))
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
  const store = await clock.run(open(made, disk, { clock }))
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
  await using store = await open(made, disk)
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

test('A5: after a clean stop everything that was marked is claimed and trusted, and nothing is written', async () => {
  const made = makeStoredTorrent({ kind: 'hybrid', files: [300_000, 70_000] })
  const disk = await freshDisk()
  const first = await open(made, disk)
  const { blocks } = made
  const some = blocks.filter((_, i) => i % 3 !== 0)
  await writeBlocks(first, made, some)
  await first.close()
  const callsBefore = disk.calls.length
  const second = await open(made, disk)
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
    const store = await open(made, disk)
    await writeBlocks(store, made, made.blocks)
    await store.close()
    return disk
  }
  const touched = await prepare()
  const file = await touched.open(`${FOLDER}/1`, 'write')
  await file.write(100, [new Uint8Array(1)])
  await file.close()
  await using afterTouch = await open(made, touched)
  assert.equal(afterTouch.trusted, false)
  assert.equal(afterTouch.claimed.count, 12)
  assert.deepEqual([...afterTouch.doubted.runs()], [{ start: 4, end: 8 }])

  const shortened = await prepare()
  const short = await shortened.open(`${FOLDER}/1`, 'write')
  await short.truncate(20_000)
  await short.close()
  await using afterCut = await open(made, shortened)
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
  await using afterLoss = await open(made, gone)
  assert.deepEqual([...afterLoss.claimed.runs()], [{ start: 0, end: 8 }])
  assert.equal(afterLoss.trusted, false)
})

test('A4: after an unclean stop what the last checkpoint kept is claimed, doubted, and not called clean before a look', async () => {
  const made = makeStoredTorrent({ kind: 'v1', files: [300_000] })
  const clock = new FakeClock()
  const disk = await freshDisk()
  const killed = await open(made, disk, { clock })
  await writeBlocks(killed, made, [0, 1, 2])
  await clock.advance(5 * SECOND_MS)
  await writeBlocks(killed, made, [3, 4])
  await clock.advance(4 * SECOND_MS)

  const second = await open(made, disk)
  assert.equal(second.trusted, false)
  assert.deepEqual([...second.claimed.runs()], [{ start: 0, end: 3 }])
  assert.deepEqual([...second.doubted.runs()], [{ start: 0, end: 3 }])
  second.markVerified([0, 1])
  await second.close()
  const third = await open(made, disk)
  assert.equal(third.trusted, false, 'block 2 was never looked at')
  assert.equal(third.claimed.count, 3)
  third.markVerified([0, 1])
  third.unmark(2)
  await third.close()
  await using fourth = await open(made, disk)
  assert.equal(fourth.trusted, true)
  assert.deepEqual([...fourth.claimed.runs()], [{ start: 0, end: 2 }])
  await clock.run(killed.close().catch(() => {}))
})

test('A2: a checkpoint comes by itself after 5 s, and after 64 MB', async () => {
  const clock = new FakeClock()
  const disk = await freshDisk()
  const made = makeStoredTorrent({ kind: 'v1', files: [300_000] })
  await using store = await open(made, disk, { clock })
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
  await using filmStore = await open(film, other, { clock })
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
  const store = await clock.run(open(made, disk, { clock }))
  await clock.run(writeBlocks(store, made, [0]))
  const early = store.write(16_384, made.bytesOf({ start: 16_384, end: 32_768 }))
  // The bytes are on their way now, beyond every check before a write.
  await clock.advance(1)
  store.markVerified([1])
  await clock.run(store.checkpoint())
  await clock.run(early)
  const claimed = async (): Promise<number[]> => {
    const seen = await clock.run(open(made, disk))
    return made.blocks.filter((block) => seen.claimed.has(block))
  }
  assert.deepEqual(await claimed(), [0])
  await clock.advance(6 * SECOND_MS)
  assert.deepEqual(await claimed(), [0, 1])
  await clock.run(store.close())
})

test('files that are seeded in place are read and never written, and their claims are remembered', async () => {
  const made = makeStoredTorrent({ kind: 'hybrid', files: [100_000, 30_000] })
  const disk = new FakeDisk()
  disk.poke('/films/a.webm', 0, made.files[0] ?? NO_BYTES)
  disk.poke('/films/b.vtt', 0, made.files[1] ?? NO_BYTES)
  const filesFrom = ['/films/a.webm', '/films/b.vtt']
  const store = await open(made, disk, { filesFrom })
  assert.equal(store.claimed.count, 0)
  const whole = { start: 0, end: made.metainfo.layout.length }
  assert.deepEqual(await store.read(whole), made.bytesOf(whole))
  await assert.rejects(store.write(0, new Uint8Array(1)), { name: 'StoreError', code: 'in-place' })
  store.markVerified(made.blocks)
  await store.close()
  await using again = await open(made, disk, { filesFrom })
  assert.equal(again.trusted, true)
  assert.equal(again.claimed.count, made.blocks.length)
  assert.ok(!disk.calls.some(({ kind, path }) => kind === 'write' && path.startsWith('/films')))
})

test('a closed store refuses, waits for its writes, and closes once', async () => {
  const made = makeStoredTorrent({ kind: 'v1', files: [100_000] })
  const disk = await freshDisk()
  const store = await open(made, disk)
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
  await using store = await open(made, disk)
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
