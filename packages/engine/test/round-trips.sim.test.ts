import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIB, MIB } from '@matinee/base'
import type { Torrent } from '../src/index.ts'
import { onStage, type Stage } from './stage.ts'

/** Round trip between the engine and its seeds on the stage: both hang 50 ms away from the middle. */
const ROUND_TRIP_MS = 200
const LINE = { latencyMs: 50, rateBytesPerSecond: 12_500_000 }

async function firstBytesMs(stage: Stage, torrent: Torrent, start: number): Promise<number> {
  const startMs = stage.clock.nowMs()
  const span = { start, end: start + 4 * MIB }
  await using reader = await stage.run(torrent.openFile(0, span))
  const first = await stage.run(reader[Symbol.asyncIterator]().next())
  assert.ok(first.done === false)
  stage.assertRight(first.value, 0, { start, end: start + first.value.length })
  return stage.clock.nowMs() - startMs
}

for (const kind of ['v2', 'hybrid'] as const)
  test(
    `the first verified block of a ${kind} film takes four round trips and its own time`,
    onStage({ kind, files: 16 * MIB, pieceLength: MIB, line: LINE }, async (stage) => {
      await stage.seed({ bytesPerSecond: MIB }, { line: LINE })
      const torrent = stage.add()
      const tookMs = await firstBytesMs(stage, torrent, 0)
      const ownMs = ((16 * KIB) / MIB) * 1000
      assert.ok(tookMs <= 4 * ROUND_TRIP_MS + ownMs + 60, `${tookMs} ms`)
    }),
  )

test(
  'after a seek the first verified block takes one round trip and its own time',
  onStage({ kind: 'hybrid', files: 64 * MIB, pieceLength: MIB, line: LINE }, async (stage) => {
    await stage.seed({ bytesPerSecond: 2 * MIB }, { line: LINE })
    const torrent = stage.add()
    await firstBytesMs(stage, torrent, 0)
    const playing = await stage.run(torrent.openFile(0, { start: 0, end: 64 * MIB }))
    await stage.clock.advance(3000)
    await playing[Symbol.asyncDispose]()
    const tookMs = await firstBytesMs(stage, torrent, 40 * MIB)
    assert.ok(tookMs <= ROUND_TRIP_MS + 100, `${tookMs} ms`)
  }),
)

test(
  'a seek after a pause needs no new unchoke',
  onStage({ kind: 'hybrid', files: 64 * MIB, pieceLength: MIB, line: LINE }, async (stage) => {
    const seed = await stage.seed({ bytesPerSecond: 2 * MIB }, { line: LINE })
    const torrent = stage.add()
    await firstBytesMs(stage, torrent, 0)
    await stage.clock.advance(5000)
    await firstBytesMs(stage, torrent, 40 * MIB)
    assert.equal(seed.seen.filter((kind) => kind === 'not-interested').length, 0)
    await stage.clock.advance(15_000)
    assert.equal(seed.seen.filter((kind) => kind === 'not-interested').length, 1)
  }),
)
