import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIB, MIB, sleep } from '@matinee/base'
import type { FileReader } from '../src/index.ts'
import { onStage, type Stage } from './stage.ts'
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
  'a web seed 100 ms away that closes after every answer still fills more than half of its line',
  onStage({ kind: 'v2', files: 8 * MIB, pieceLength: MIB }, async (stage) => {
    const stand = webStand(stage, { line: { latencyMs: 40, rateBytesPerSecond: 2_000_000 } })
    const torrent = stage.add(withWebSeeds([stand], { costWeight: 0 }))
    const startMs = stage.clock.nowMs()
    await stage.read(torrent)
    const tookMs = stage.clock.nowMs() - startMs
    const floorMs = (8 * MIB) / 2000
    assert.ok(tookMs < 1.8 * floorMs, `${tookMs} ms, the line alone takes ${floorMs}`)
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

const FILM = { kind: 'v2', files: 32 * MIB, pieceLength: 256 * KIB } as const

/** Three peers that bring so much together. */
async function peersOf(stage: Stage, bytesPerSecond: number): Promise<void> {
  const line = { rateBytesPerSecond: bytesPerSecond / 3 }
  for (let count = 0; count < 3; count++) await stage.seed({}, { line })
}

/** Takes a second of film each second, until the reader is closed; counts the time it had to wait. */
function play(stage: Stage, reader: FileReader): { readonly waitedMs: number } {
  const player = { waitedMs: 0 }
  const playing = async (): Promise<void> => {
    let sinceMs = stage.clock.nowMs()
    for await (const bytes of reader) {
      player.waitedMs += stage.clock.nowMs() - sinceMs
      await sleep(stage.clock, bytes.length / 1000)
      sinceMs = stage.clock.nowMs()
    }
  }
  playing().catch(() => undefined)
  return player
}

test(
  'peers that carry the film spare the web seed once five seconds are here',
  onStage(FILM, async (stage) => {
    const stand = webStand(stage)
    await peersOf(stage, 1_600_000)
    const torrent = stage.add({ ...withWebSeeds([stand]), peers: stage.peers })
    await using reader = await stage.run(torrent.openFile(0, { start: 0, end: 32 * MIB }))
    const player = play(stage, reader)
    await stage.clock.advance(6000)
    const asked = stand.ranges.length
    const before = torrent.status().bytes.verified
    assert.ok(asked > 0, 'it raced at the start')
    await stage.clock.advance(8000)
    const { verified } = torrent.status().bytes
    assert.equal(stand.ranges.length, asked, 'and was left alone from then on')
    assert.ok(player.waitedMs < 1500, `the player waited ${player.waitedMs} ms`)
    assert.ok(verified - before > 8_000_000 && verified < 32 * MIB, `${verified}`)
  }),
)

test(
  'where peers bring less than the film takes, the web seed brings the rest',
  onStage(FILM, async (stage) => {
    const stand = webStand(stage)
    await peersOf(stage, 500_000)
    const torrent = stage.add({ ...withWebSeeds([stand]), peers: stage.peers })
    await using reader = await stage.run(torrent.openFile(0, { start: 0, end: 32 * MIB }))
    const player = play(stage, reader)
    await stage.clock.advance(25_000)
    const { verified } = torrent.status().bytes
    assert.ok(player.waitedMs < 1500, `the player waited ${player.waitedMs} ms`)
    assert.ok(verified > 25_000_000)
    const { downloadedBytes = 0 } = torrent.status().webSeeds[0] ?? {}
    assert.ok(downloadedBytes < 0.8 * verified, `${downloadedBytes} of ${verified}`)
  }),
)
