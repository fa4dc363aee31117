import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIB, MIB } from '@matinee/base'
import { onStage } from './stage.ts'
import { bytesAsked, webStand, withWebSeeds } from './web-seed-stage.ts'

const FILES = [
  { path: ['film.mp4'], content: 700_001 },
  { path: ['extras', 'empty.txt'], content: 0 },
  { path: ['extras', 'one byte'], content: 1 },
  { path: ['sub titles', 'ä#.vtt'], content: 40_000 },
]

for (const kind of ['v1', 'v2', 'hybrid'] as const) {
  test(
    `a ${kind} torrent of several files streams whole and right from a web seed alone`,
    onStage({ kind, files: FILES }, async (stage) => {
      const stand = webStand(stage)
      const torrent = stage.add(withWebSeeds([stand]))
      await stage.assertStreams(torrent)
      const { bytes, webSeeds } = torrent.status()
      assert.equal(bytes.verified, bytes.total)
      assert.equal(webSeeds.length, 1)
      assert.equal(webSeeds[0]?.state.kind, 'ready')
      assert.ok(bytesAsked(stand) <= 1.03 * bytes.total, `${bytesAsked(stand)} of ${bytes.total}`)
    }),
  )
}

test(
  'the web seed that a torrent of one file names is used by itself',
  onStage({ kind: 'hybrid', webSeeds: ['http://web.example/a.mp4'] }, async (stage) => {
    const stand = webStand(stage, { path: '/a.mp4' })
    stage.sim.names.set('web.example', [stand.host.address])
    await stage.assertStreams(stage.add())
    assert.ok(stand.ranges.length > 0)
  }),
)

test(
  'a seek leaves what the web seed was asked for, and asks for the new place at once',
  onStage({ kind: 'v2', files: 16 * MIB, pieceLength: 64 * KIB }, async (stage) => {
    const stand = webStand(stage, { line: { latencyMs: 20, rateBytesPerSecond: 500_000 } })
    const torrent = stage.add(withWebSeeds([stand]))
    const seek = new AbortController()
    const first = torrent.openFile(0, { start: 0, end: 16 * MIB }, seek.signal)
    await stage.run(first)
    await stage.clock.advance(1000)
    const before = stand.ranges.length
    seek.abort()
    const startMs = stage.clock.nowMs()
    await stage.read(torrent, 0, { start: 8 * MIB, end: 8 * MIB + 16 * KIB })
    const tookMs = stage.clock.nowMs() - startMs
    assert.ok(tookMs < 400, `${tookMs} ms`)
    assert.ok(stand.ranges.slice(before).every((range) => (range ?? '').startsWith('bytes=8')))
  }),
)
