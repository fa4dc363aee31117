import { test } from 'node:test'
import assert from 'node:assert/strict'
import { GIB, KIB, concatBytes, equalBytes } from '@matinee/base'
import { merkleRoot } from '@matinee/protocol'
import { contentOf } from './content.ts'
import { leavesOf, makeTorrent } from './made-torrent.ts'
import { nodeHash } from './node-hash.ts'

test('content depends on seed and position alone, however it is cut', () => {
  const content = contentOf(5, { length: 10_000 })
  const whole = content.bytesAt({ start: 0, end: 10_000 })
  const parts = [0, 1, 2, 3, 4097, 9999].map((start, i, all) =>
    content.bytesAt({ start, end: all[i + 1] ?? 10_000 }),
  )
  assert.ok(equalBytes(concatBytes(parts), whole))
  assert.ok(!equalBytes(contentOf(6, { length: 10_000 }).bytesAt({ start: 0, end: 10_000 }), whole))
  assert.equal(new Set(whole).size, 256)
  assert.throws(() => content.bytesAt({ start: 0, end: 10_001 }), RangeError)
})

test('content far beyond 4 GB differs from that at the beginning', () => {
  const content = contentOf(5, { length: 60 * GIB })
  const at = (start: number): string => content.bytesAt({ start, end: start + 16 }).toHex()
  const places = [0, 4 * GIB, 16 * GIB, 32 * GIB, 48 * GIB]
  assert.equal(new Set(places.map(at)).size, places.length)
})

test('made torrents of all kinds carry the hashes of their content', () => {
  const files = [
    { path: ['a.mp4'], content: 200_000 },
    { path: ['extras', 'empty'], content: 0 },
    { path: ['extras', 'short.srt'], content: 100 },
  ]
  for (const kind of ['v1', 'v2', 'hybrid'] as const) {
    const { metainfo, bytesAt } = makeTorrent({ kind, files, pieceLength: 32 * KIB })
    assert.equal(metainfo.kind, kind)
    const { layout } = metainfo
    for (let i = 0; i < layout.pieceCount; i++) {
      const piece = layout.piece(i)
      const bytes = bytesAt(layout.pieceSpan(piece))
      const expected = metainfo.v1PieceHash(piece)
      if (expected !== null) assert.deepEqual(nodeHash.sha1(bytes), expected.slice())
      if (kind === 'v1') continue
      const file = layout.fileOf(piece)
      const { start } = layout.fileSpan(file)
      const data = bytesAt({
        start: piece * 32 * KIB,
        end: Math.min((i + 1) * 32 * KIB, layout.fileSpan(file).end),
      })
      const index = piece - start / (32 * KIB)
      const root = metainfo.pieceLayer(file)?.slice(32 * index, 32 * index + 32)
      const depth = layout.fileSpan(file).end - start > 16 * KIB ? { depth: 1 } : {}
      assert.deepEqual(merkleRoot(leavesOf(data), nodeHash, depth), root)
    }
  }
})

test('a torrent of 60 GB is made in a moment', () => {
  const { metainfo, bytesAt } = makeTorrent({
    kind: 'hybrid',
    files: 60e9,
    pieceLength: 8 * 1024 * KIB,
    repeatsEachPiece: true,
  })
  assert.equal(metainfo.totalLength, 60e9)
  const { layout } = metainfo
  const piece = layout.piece(layout.pieceCount - 2)
  assert.deepEqual(
    nodeHash.sha1(bytesAt(layout.pieceSpan(piece))),
    metainfo.v1PieceHash(piece)?.slice(),
  )
})
