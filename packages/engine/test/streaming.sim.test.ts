import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIB, MIB } from '@matinee/base'
import { onStage } from './stage.ts'

const FILES = [
  { path: ['film.mp4'], content: 700_001 },
  { path: ['extras', 'empty.txt'], content: 0 },
  { path: ['extras', 'one byte'], content: 1 },
  { path: ['poster.jpg'], content: 40_000 },
  { path: ['whole pieces.bin'], content: 128 * KIB },
]

for (const kind of ['v1', 'v2', 'hybrid'] as const) {
  test(
    `every file of a ${kind} torrent streams whole and right`,
    onStage({ kind, files: FILES }, async (stage) => {
      const seed = await stage.seed()
      const torrent = stage.add()
      await stage.assertStreams(torrent)
      const { bytes, havePieces, pieceCount } = torrent.status()
      assert.equal(bytes.verified, bytes.total)
      assert.equal(havePieces, pieceCount)
      assert.equal(seed.bytesServed, kind === 'v1' ? stage.made.metainfo.totalLength : bytes.total)
    }),
  )

  test(
    `several readers of a ${kind} torrent read at once, each its own span`,
    onStage({ kind, files: FILES }, async (stage) => {
      await stage.seed({ bytesPerSecond: 400_000 })
      const torrent = stage.add()
      const spans = [
        { start: 0, end: 700_001 },
        { start: 333_333, end: 333_334 },
        { start: 600_000, end: 700_001 },
        { start: 65_536, end: 131_072 },
      ]
      const film = stage.made.metainfo.files.findIndex(({ length }) => length === 700_001)
      const reads = await stage.run(
        Promise.all(spans.map((span) => stage.reading(torrent, film, span))),
      )
      for (const [at, bytes] of reads.entries())
        stage.assertRight(bytes, film, spans[at] ?? { start: 0, end: 0 })
    }),
  )
}

test(
  'an empty span ends at once and asks nobody for anything',
  onStage({ kind: 'v2' }, async (stage) => {
    const seed = await stage.seed()
    const torrent = stage.add()
    assert.equal((await stage.read(torrent, 0, { start: 500, end: 500 })).length, 0)
    assert.equal(seed.requests.length, 0)
  }),
)

test(
  'a span outside the file is refused',
  onStage({ kind: 'v1', files: 1000 }, async (stage) => {
    const torrent = stage.add()
    for (const span of [
      { start: -1, end: 5 },
      { start: 0, end: 1001 },
      { start: 6, end: 5 },
    ])
      await assert.rejects(stage.read(torrent, 0, span), RangeError)
    await assert.rejects(stage.read(torrent, 1, { start: 0, end: 0 }), RangeError)
  }),
)

test(
  'nobody reads, so nothing is fetched',
  onStage({ kind: 'hybrid' }, async (stage) => {
    const seed = await stage.seed()
    stage.add()
    await stage.clock.advance(30_000)
    assert.equal(seed.connections.size, 1)
    assert.deepEqual(seed.requests, [])
  }),
)

for (const kind of ['v1', 'v2'] as const)
  test(
    `only the reader's span of a ${kind} torrent is fetched, rounded to pieces`,
    onStage({ kind, files: 4 * MIB, pieceLength: 64 * KIB }, async (stage) => {
      const seed = await stage.seed()
      const torrent = stage.add()
      const span = { start: MIB + 10, end: MIB + 200_000 }
      stage.assertRight(await stage.read(torrent, 0, span), 0, span)
      await stage.clock.advance(10_000)
      const pieces = [...new Set(seed.requests.map(({ piece }) => piece))].toSorted((a, b) => a - b)
      assert.deepEqual(pieces, [16, 17, 18, 19])
    }),
  )

test(
  'a slow reader is not run away from: the read-ahead is bounded',
  onStage({ kind: 'v1', files: 64 * MIB, pieceLength: MIB }, async (stage) => {
    const seed = await stage.seed()
    const torrent = stage.add()
    const span = { start: 0, end: 64 * MIB }
    const hints = { bytesPerSecond: 400_000 }
    const reader = await stage.run(torrent.openFile(0, span, undefined, hints))
    await stage.clock.advance(60_000)
    const ahead = 60 * hints.bytesPerSecond
    assert.ok(seed.bytesServed <= ahead + MIB, `${seed.bytesServed} bytes were fetched`)
    assert.ok(seed.bytesServed >= ahead)
    await reader[Symbol.asyncDispose]()
  }),
)
