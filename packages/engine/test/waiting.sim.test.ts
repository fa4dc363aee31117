import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MIB } from '@matinee/base'
import { onStage } from './stage.ts'
import { webStand, withWebSeeds } from './web-seed-stage.ts'

test(
  'a reader that waits is told why, from nobody to what is on its way',
  onStage({ kind: 'v2', files: 8 * MIB }, async (stage) => {
    const torrent = stage.add()
    assert.equal(torrent.status().waiting?.kind, 'checking')
    const reading = stage.reading(torrent)
    await stage.until(() => torrent.status().readers.length === 1, 'the reader is open')
    assert.deepEqual(torrent.status().readers, [{ fileIndex: 0, position: 0, aheadBytes: 0 }])
    assert.deepEqual(torrent.status().waiting, { kind: 'no-tracker', asked: 0 })

    torrent.addPeers([{ host: '203.0.113.250', port: 1 }], 'tracker')
    await stage.clock.advance(10)
    assert.deepEqual(torrent.status().waiting, { kind: 'connecting', known: 1 })
    await stage.clock.advance(60_000)
    assert.equal(torrent.status().waiting?.kind, 'unreachable')

    const seed = await stage.seed({}, { line: { latencyMs: 200, rateBytesPerSecond: 500_000 } })
    torrent.addPeers(seed.address ? [seed.address] : [], 'user')
    await stage.until(() => torrent.status().waiting?.kind === 'arriving', 'bytes are on the way')
    await stage.clock.advance(3000)
    assert.equal(torrent.status().waiting?.kind ?? 'arriving', 'arriving')
    await stage.run(reading)
    assert.equal(torrent.status().waiting, null)
    assert.deepEqual(torrent.status().readers, [])
  }),
)

test(
  'a web seed that lacks the file that is read is nobody to wait for',
  onStage(
    {
      kind: 'v2',
      files: [
        { path: ['a'], content: MIB },
        { path: ['b'], content: MIB },
      ],
    },
    async (stage) => {
      const stand = webStand(stage)
      stand.lacks.add(1)
      const torrent = stage.add(withWebSeeds([stand]))
      const first = stage.reading(torrent, 0)
      await stage.until(() => torrent.status().waiting?.kind === 'arriving', 'it comes')
      await stage.run(first)
      void stage.reading(torrent, 1).catch(() => {})
      await stage.clock.advance(3000)
      assert.deepEqual(torrent.status().waiting, { kind: 'no-tracker', asked: 0 })
    },
  ),
)
