import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIB, MIB } from '@matinee/base'
import { SeededRandom } from '@matinee/testkit'
import { onStage } from './stage.ts'

const LENGTH = 64 * MIB

test(
  'A24: after a thousand seeks in a minute the film comes as after one, and nothing is left open',
  onStage(
    { kind: 'hybrid', files: LENGTH, pieceLength: MIB, repeatsEachPiece: true },
    async (stage) => {
      const random = new SeededRandom('seek storm')
      for (let i = 0; i < 3; i++) await stage.seed({ bytesPerSecond: 150_000 })
      const torrent = stage.add()
      await stage.run(torrent.metainfo())
      await stage.clock.advance(500)
      for (let i = 0; i < 1000; i++) {
        const leaving = new AbortController()
        const span = { start: random.below(LENGTH), end: LENGTH }
        const reader = await stage.run(torrent.openFile(0, span, leaving.signal))
        // Some tabs read, others only wait.
        const reading = i % 2 === 0 ? reader[Symbol.asyncIterator]().next() : null
        reading?.catch(() => {})
        await stage.clock.advance(60)
        leaving.abort()
        await reading?.catch(() => {})
      }
      assert.deepEqual(torrent.status().readers, [], 'readers that are still served')
      const seekMs = stage.clock.nowMs()
      const span = { start: 31 * MIB, end: 31 * MIB + 300 * KIB }
      stage.assertRight(await stage.read(torrent, 0, span), 0, span)
      assert.ok(stage.clock.nowMs() - seekMs < 2000, `${stage.clock.nowMs() - seekMs} ms`)
      assert.equal(torrent.status().peers.connected, 3)
      const { downloaded, wasted } = torrent.status().bytes
      assert.ok(wasted <= 0.03 * downloaded, `${wasted} of ${downloaded} bytes wasted`)
    },
  ),
)

for (const kind of ['v1', 'v2'] as const)
  test(
    `A20: a process that is stopped for twenty seconds at a time blames no peer of a ${kind} film for it`,
    onStage({ kind, files: 4 * MIB, pieceLength: 256 * KIB }, async (stage) => {
      for (let i = 0; i < 4; i++) await stage.seed({ bytesPerSecond: 100_000 })
      const torrent = stage.add()
      const reading = stage.reading(torrent)
      for (let i = 0; i < 6; i++) {
        await stage.clock.advance(1000)
        stage.clock.freeze(20_000)
      }
      stage.assertRight(await stage.run(reading), 0, { start: 0, end: 4 * MIB })
      assert.deepEqual(stage.reasons, [], 'connections that were closed')
      assert.ok(stage.seeds.every(({ connectionCount }) => connectionCount === 1))
      assert.equal(torrent.status().peers.connected, 4)
    }),
  )

test(
  'A19: over 2 Mbit/s with loss and 300 ms of round trip a film that fits begins within five seconds',
  onStage(
    {
      kind: 'hybrid',
      files: 32 * MIB,
      pieceLength: MIB,
      line: { latencyMs: 75, rateBytesPerSecond: 250_000, lossFraction: 0.01 },
    },
    async (stage) => {
      const line = { latencyMs: 75, rateBytesPerSecond: 1_000_000, lossFraction: 0.01 }
      await stage.seed({}, { line })
      const torrent = stage.add()
      const hints = { bytesPerSecond: 120_000 }
      const span = { start: 0, end: 32 * MIB }
      await using reader = await stage.run(torrent.openFile(0, span, undefined, hints))
      let bytes = 0
      const begin = (async () => {
        for await (const chunk of reader) if ((bytes += chunk.length) >= 400_000) return
      })()
      await stage.run(begin)
      assert.ok(stage.clock.nowMs() < 5000, `${stage.clock.nowMs()} ms`)
    },
  ),
)
