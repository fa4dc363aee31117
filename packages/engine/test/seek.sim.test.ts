import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIB, MIB } from '@matinee/base'
import { onStage } from './stage.ts'

for (const kind of ['v1', 'v2'] as const)
  test(
    `a seek in a ${kind} torrent drops the old demand in the same tick`,
    onStage({ kind, files: 32 * MIB, pieceLength: 256 * KIB }, async (stage) => {
      const seed = await stage.seed({ bytesPerSecond: 500_000 })
      const torrent = stage.add()
      const old = await stage.run(torrent.openFile(0, { start: 0, end: 32 * MIB }))
      await stage.clock.advance(10_000)
      assert.ok(seed.requests.length > 10)

      const askedBefore = seed.requests.length
      const seekMs = stage.clock.nowMs()
      await old[Symbol.asyncDispose]()
      const span = { start: 20 * MIB, end: 20 * MIB + 64 * KIB }
      const reading = stage.reading(torrent, 0, span)
      // What both see of it: the engine is 20 ms away from the seed.
      await stage.clock.advance(60)
      const asked = seed.requests.slice(askedBefore)
      assert.ok(seed.cancels.length > 0, 'what was outstanding is canceled')
      const canceled = new Set(seed.cancels.map(({ piece, begin }) => `${piece} ${begin}`))
      // Requests that were on their way when the viewer sought are canceled behind it.
      assert.ok(
        asked.every(({ piece, begin }) => piece === 80 || canceled.has(`${piece} ${begin}`)),
        'nothing more is asked of the old place',
      )
      assert.equal(canceled.size, seed.cancels.length, 'each request is canceled once')
      stage.assertRight(await stage.run(reading), 0, span)
      assert.ok(stage.clock.nowMs() - seekMs < 1500, 'the new place does not wait for the old one')
    }),
  )

test(
  'a reader that ends takes its demand back, and others keep theirs',
  onStage({ kind: 'v2', files: 16 * MIB, pieceLength: 256 * KIB }, async (stage) => {
    const seed = await stage.seed({ bytesPerSecond: 300_000 })
    const torrent = stage.add()
    const stays = stage.reading(torrent, 0, { start: 8 * MIB, end: 8 * MIB + 512 * KIB })
    const leaves = await stage.run(torrent.openFile(0, { start: 0, end: 4 * MIB }))
    await stage.clock.advance(700)
    await leaves[Symbol.asyncDispose]()
    const asked = seed.requests.length
    await stage.run(stays)
    const later = seed.requests.slice(asked)
    assert.ok(later.length > 0)
    assert.ok(later.every(({ piece }) => piece === 32 || piece === 33))
  }),
)

test(
  'a seek gives its first bytes after a block of 16 KiB, not after a whole piece of v2',
  onStage({ kind: 'v2', files: 64 * MIB, pieceLength: 4 * MIB }, async (stage) => {
    await stage.seed({ bytesPerSecond: 128 * KIB })
    const torrent = stage.add()
    await stage.run(torrent.metainfo())
    const startMs = stage.clock.nowMs()
    const span = { start: 33 * MIB, end: 40 * MIB }
    const reader = await stage.run(torrent.openFile(0, span))
    const first = await stage.run(reader[Symbol.asyncIterator]().next())
    assert.ok(first.done === false)
    const end = span.start + first.value.length
    stage.assertRight(first.value, 0, { start: span.start, end })
    // A piece would take 32 s at this rate; a block takes an eighth of a second.
    assert.ok(stage.clock.nowMs() - startMs < 600, `${stage.clock.nowMs() - startMs} ms`)
    assert.ok(torrent.status().bytes.downloaded < 200 * KIB)
    await reader[Symbol.asyncDispose]()
  }),
)

test(
  'many seeks keep no more than a bounded share of half-fetched pieces in memory',
  onStage(
    { kind: 'v1', files: 400 * MIB, pieceLength: 8 * MIB, repeatsEachPiece: true },
    async (stage) => {
      const seed = await stage.seed({ bytesPerSecond: 4 * MIB })
      const torrent = stage.add()
      for (let seek = 0; seek < 20; seek++) {
        const at = seek * 8 * MIB
        const reader = await stage.run(torrent.openFile(0, { start: at, end: at + MIB }))
        await stage.clock.advance(1500)
        await reader[Symbol.asyncDispose]()
      }
      assert.ok(seed.bytesServed > 90 * MIB)
      assert.ok(
        torrent.status().bytes.held <= 72 * MIB,
        `${torrent.status().bytes.held} bytes held`,
      )
    },
  ),
)
