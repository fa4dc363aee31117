import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MIB, type Hash } from '@matinee/base'
import { parseInfo } from '@matinee/protocol'
import { FakeClock, FakeDisk, nodeHash } from '@matinee/testkit'
import { makeStoredTorrent, type StoredTorrent } from '../../test/stored-torrent.ts'
import { checkPieces } from './piece-check.ts'
import { openTorrentStore, type TorrentStore } from './torrent-store.ts'

const paths = (made: StoredTorrent): string[] => made.files.map((_, i) => `/films/${i}`)

async function openInPlace(made: StoredTorrent, disk: FakeDisk): Promise<TorrentStore> {
  for (const [i, bytes] of made.files.entries()) disk.poke(`/films/${i}`, 0, bytes)
  const { metainfo } = made
  const clock = new FakeClock()
  const filesFrom = paths(made)
  return openTorrentStore({ disk, clock, hash: nodeHash, folder: '/t', metainfo, filesFrom })
}

function allPieces(made: StoredTorrent): number[] {
  return Array.from({ length: made.metainfo.layout.pieceCount }, (_, i) => i)
}

for (const kind of ['v1', 'v2', 'hybrid'] as const)
  test(`A6: of a ${kind} torrent exactly the pieces that are right on the disk are found right`, async () => {
    const made = makeStoredTorrent({ kind, files: [200_000, 0, 3, 100_000, 16_384, 65_536] })
    const disk = new FakeDisk()
    const store = await openInPlace(made, disk)
    const options = { store, metainfo: made.metainfo, hash: nodeHash, clock: new FakeClock() }
    const pieces = allPieces(made)
    const seen: number[] = []
    const onProgress = (count: number): number => seen.push(count)
    const right = await checkPieces({ ...options, pieces, onProgress })
    assert.deepEqual(right, pieces)
    assert.deepEqual(
      seen,
      pieces.map((piece) => piece + 1),
    )

    disk.corrupt({ path: '/films/0', position: 70_000, on: 'read' })
    const wrong = 1
    const file = await disk.open('/films/5', 'write')
    await file.truncate(65_535)
    const { layout } = made.metainfo
    const cut = Math.floor((layout.fileSpan(5).end - 1) / made.metainfo.pieceLength)
    const left = await checkPieces({ ...options, pieces })
    assert.deepEqual(
      left,
      pieces.filter((piece) => piece !== wrong && piece !== cut),
    )
    assert.deepEqual(await checkPieces({ ...options, pieces: [3, 1] }), [3])
    await store.close()
  })

test('a v2 piece whose layer nobody knows is not right until somebody says its hash', async () => {
  const made = makeStoredTorrent({ kind: 'v2', files: [200_000, 50_000] })
  const { infoBytes, infoHashes } = made.metainfo
  const metainfo = parseInfo(infoBytes, nodeHash, infoHashes)
  const store = await openInPlace(made, new FakeDisk())
  const options = { store, metainfo, hash: nodeHash, clock: new FakeClock(), pieces: [0, 1, 4] }
  assert.deepEqual(await checkPieces(options), [4], 'a file of one piece has its root')
  const layerHash = (piece: number): Uint8Array | null =>
    piece === 1 ? (made.metainfo.pieceLayer(0)?.subarray(32, 64) ?? null) : null
  assert.deepEqual(await checkPieces({ ...options, layerHash }), [1, 4])
  await store.close()
})

test('no turn hashes more than a mebibyte, and a canceled check stops', async () => {
  const made = makeStoredTorrent({ kind: 'v1', files: [5 * MIB + 77], pieceLength: 256 * 1024 })
  const clock = new FakeClock()
  const store = await openInPlace(made, new FakeDisk())
  let thisTurn = 0
  let most = 0
  const counting: Hash = {
    ...nodeHash,
    startSha1: () => {
      const running = nodeHash.startSha1()
      return {
        update: (bytes) => {
          thisTurn += bytes.length
          most = Math.max(most, thisTurn)
          running.update(bytes)
        },
        finish: () => running.finish(),
      }
    },
  }
  const turns = {
    nowMs: () => clock.nowMs(),
    wallMs: () => clock.wallMs(),
    setTimer: (delayMs: number, run: () => void) =>
      clock.setTimer(delayMs, () => {
        thisTurn = 0
        run()
      }),
  }
  const options = { store, metainfo: made.metainfo, hash: counting, clock: turns }
  const check = checkPieces({ ...options, pieces: allPieces(made) })
  assert.equal((await clock.run(check)).length, made.metainfo.layout.pieceCount)
  assert.ok(most <= MIB + 16_384, `${most} bytes in a turn`)

  const abort = new AbortController()
  const canceled = checkPieces({
    ...options,
    pieces: allPieces(made),
    signal: abort.signal,
    onProgress: (count) => count === 3 && abort.abort(new Error('enough')),
  })
  await assert.rejects(clock.run(canceled), { message: 'enough' })
  await store.close()
})

test('A7: a disk that fails is told, not taken for wrong pieces', async () => {
  const made = makeStoredTorrent({ kind: 'hybrid', files: [100_000] })
  const disk = new FakeDisk()
  const store = await openInPlace(made, disk)
  disk.failNth({ n: 1, times: 'once', code: 'io', kinds: ['read'] })
  const options = { store, metainfo: made.metainfo, hash: nodeHash, clock: new FakeClock() }
  await assert.rejects(checkPieces({ ...options, pieces: [0] }), { name: 'DiskError', code: 'io' })
  await store.close()
})
