import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DiskError, SECOND_MS, equalBytes, type DiskErrorCode } from '@matinee/base'
import { FakeClock, FakeDisk, SeededRandom, nodeHash } from '@matinee/testkit'
import { makeStoredTorrent, type StoredTorrent } from '../../test/stored-torrent.ts'
import { StoreError } from './store-error.ts'
import { openTorrentStore, type TorrentStore } from './torrent-store.ts'

const FOLDER = '/engine/torrent'
const made = makeStoredTorrent({ kind: 'v1', files: [60_000, 50_000, 40_000] })

interface Opened {
  readonly store: TorrentStore
  readonly troubles: { readonly error: unknown; readonly lost: readonly number[] }[]
}

async function open(disk: FakeDisk, clock = new FakeClock()): Promise<Opened> {
  const troubles: Opened['troubles'] = []
  const store = await openTorrentStore({
    disk,
    clock,
    hash: nodeHash,
    folder: FOLDER,
    metainfo: made.metainfo,
    onTrouble: (error, lost) => troubles.push({ error, lost }),
  })
  return { store, troubles }
}

async function freshDisk(): Promise<FakeDisk> {
  const disk = new FakeDisk()
  await disk.makeFolder('/engine')
  await disk.syncFolder('/')
  return disk
}

async function writeBlock(store: TorrentStore, block: number): Promise<void> {
  const span = made.blockSpan(block)
  assert.ok(span)
  await store.write(span.start, made.bytesOf(span))
  store.markVerified([block])
}

async function assertClaimsRight(torrent: StoredTorrent, disk: FakeDisk, what: string) {
  const { store } = await open(disk)
  for (const block of torrent.blocks) {
    const span = torrent.blockSpan(block)
    if (span === null || !store.claimed.has(block)) continue
    assert.ok(equalBytes(await store.read(span), torrent.bytesOf(span)), `${what}: block ${block}`)
  }
  await store.close()
  return store.claimed
}

/** Everything a store does. Returns what was thrown. */
async function wholeScenario(disk: FakeDisk): Promise<unknown[]> {
  const thrown: unknown[] = []
  const attempt = async (act: () => Promise<unknown>): Promise<void> => {
    await act().catch((error: unknown) => thrown.push(error))
  }
  const opened: Opened[] = []
  await attempt(async () => opened.push(await open(disk)))
  const [first] = opened
  if (first === undefined) return thrown
  const { store, troubles } = first
  for (const block of made.blocks.slice(0, 6)) await attempt(() => writeBlock(store, block))
  await attempt(() => store.checkpoint())
  await attempt(() => store.read({ start: 0, end: 70_000 }))
  await attempt(() => Promise.all([1, 7, 8, 9].map((block) => writeBlock(store, block))))
  store.unmark(2)
  await attempt(() => store.checkpoint())
  await attempt(() => writeBlock(store, 2))
  await attempt(() => store.close())
  assert.equal(store.queuedBytes, 0)
  thrown.push(...troubles.map(({ error }) => error))
  return thrown
}

for (const [code, times] of [
  ['io', 'once'],
  ['io', 'forever'],
  ['full', 'forever'],
  ['denied', 'once'],
] as const satisfies readonly (readonly [DiskErrorCode, 'once' | 'forever'])[])
  test(`A7: whichever disk call fails with “${code}” (${times}), every error has its class and every claim is right`, async () => {
    let n = 1
    for (let isReached = true; isReached; n++) {
      const what = `call ${n}`
      const disk = await freshDisk()
      disk.failNth({ n, times, code })
      const callsBefore = disk.calls.length
      const thrown = await wholeScenario(disk)
      isReached = disk.calls.length - callsBefore >= n
      for (const error of thrown) {
        const isKnown = error instanceof DiskError || error instanceof StoreError
        assert.ok(isKnown, `${what}: ${String(error)}`)
      }
      // A failing close of a file has nothing to say: its bytes were synced before.
      const failed = disk.calls[callsBefore + n - 1]?.kind
      if (isReached && failed !== 'close') assert.ok(thrown.length > 0, `${what}: ${failed}`)
      assert.equal(disk.openFiles, 0, `${what}: files left open`)
      disk.clearFaults()
      await assertClaimsRight(made, disk.crash(new SeededRandom(n)), what)
    }
    assert.ok(n > 60, `the ladder has ${n} rungs`)
  })

test('A7: after a sync that failed, the blocks it was for are told, and count again only when written again', async () => {
  const disk = await freshDisk()
  const { store, troubles } = await open(disk)
  await writeBlock(store, 0)
  await store.checkpoint()
  await writeBlock(store, 1)
  await writeBlock(store, 8)
  // The first sync of the next checkpoint is of file 0.
  disk.failNth({ n: 1, times: 'once', code: 'io', kinds: ['sync'] })
  await assert.rejects(store.checkpoint(), { name: 'DiskError', code: 'io' })
  assert.deepEqual(
    troubles.map(({ lost }) => lost),
    [[1]],
  )
  store.markVerified([1])
  await store.checkpoint()
  const claimed = await assertClaimsRight(
    made,
    disk.crash(new SeededRandom(1)),
    'after the failure',
  )
  assert.deepEqual(
    made.blocks.filter((block) => claimed.has(block)),
    [0, 8],
  )

  const again = await freshDisk()
  const second = await open(again)
  await writeBlock(second.store, 1)
  again.failNth({ n: 1, times: 'once', code: 'io', kinds: ['sync'] })
  await assert.rejects(second.store.checkpoint())
  await writeBlock(second.store, 1)
  await second.store.checkpoint()
  const after = await assertClaimsRight(made, again.crash(new SeededRandom(1)), 'written again')
  assert.equal(after.count, 1)
})

test('A1: a full disk refuses writes, keeps every claim right, and goes on alone when there is room', async () => {
  const clock = new FakeClock()
  const disk = await freshDisk()
  const { store, troubles } = await open(disk, clock)
  for (const block of [0, 1, 2]) await writeBlock(store, block)
  disk.capacityBytes = disk.usedBytes + 4096
  await assert.rejects(writeBlock(store, 5), { name: 'DiskError', code: 'full' })
  disk.capacityBytes = disk.usedBytes
  await clock.advance(5 * SECOND_MS)
  assert.equal(troubles.length, 1, 'the checkpoint that found no room says so')
  assert.equal((await assertClaimsRight(made, await twin(disk), 'full')).count, 0)
  disk.capacityBytes = null
  await clock.advance(5 * SECOND_MS)
  assert.equal((await assertClaimsRight(made, await twin(disk), 'room')).count, 3)
  await writeBlock(store, 5)
  await store.close()
  assert.equal((await assertClaimsRight(made, disk, 'closed')).count, 4)
})

test('A8: on a read-only disk a store opens, refuses to write, and closes', async () => {
  const disk = await freshDisk()
  disk.isReadOnly = true
  const { store } = await open(disk)
  await assert.rejects(writeBlock(store, 0), { name: 'DiskError', code: 'read-only' })
  assert.equal(store.queuedBytes, 0)
  await store.close()
})

/** What a kill would leave: everything that was written, synced or not. */
async function twin(disk: FakeDisk): Promise<FakeDisk> {
  const copy = await freshDisk()
  for (const path of disk.paths) copy.poke(path, 0, disk.peek(path) ?? new Uint8Array(0))
  return copy
}
