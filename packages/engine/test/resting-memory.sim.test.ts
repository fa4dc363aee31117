import assert from 'node:assert/strict'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { test } from 'node:test'
import { KIB, MIB, MINUTE_MS } from '@matinee/base'
import { parseMetainfo } from '@matinee/protocol'
import { makeTorrent, nodeHash } from '@matinee/testkit'
import { onStage } from './stage.ts'

const RESTS_AFTER_MS = 6 * MINUTE_MS
const MOST_RESTING_BYTES = 50_000

test(
  'A11: two hundred torrents that rest take less than 50 kB of memory each, whatever their size',
  onStage({ kind: 'v1', files: MIB }, async (stage) => {
    setFlagsFromString('--expose-gc')
    const collect: unknown = runInNewContext('gc')
    assert.ok(typeof collect === 'function')
    const heap = async (): Promise<number> => {
      for (let i = 0; i < 3; i++) {
        await new Promise((resolve) => setImmediate(resolve))
        collect()
      }
      const { heapUsed, external, arrayBuffers } = process.memoryUsage()
      // What the simulated disk holds would lie on a disk.
      return heapUsed + Math.max(external, arrayBuffers) - stage.disk.usedBytes
    }
    const [firstFile, ...files] = makeTorrents(200)
    assert.ok(firstFile)
    // What the engine makes once, whoever is the first.
    const first = stage.engine.add({
      kind: 'metainfo',
      metainfo: parseMetainfo(firstFile, nodeHash),
    })
    await stage.clock.advance(RESTS_AFTER_MS)
    const before = await heap()
    for (const file of files)
      stage.engine.add({ kind: 'metainfo', metainfo: parseMetainfo(file, nodeHash) })
    await stage.clock.advance(1000)
    const awake = (await heap()) - before
    await stage.clock.advance(RESTS_AFTER_MS)
    const count = stage.engine.torrents.filter(
      (torrent) => torrent.status().phase.kind === 'resting',
    ).length
    assert.equal(count, 200)
    const each = ((await heap()) - before) / 199
    assert.ok(each < MOST_RESTING_BYTES, `${each} bytes each`)
    assert.ok(awake / 199 > 2 * each, `${awake / 199} bytes each when awake`)
    assert.equal(first.status().phase.kind, 'resting')
  }),
)

/** `.torrent` files of two thousand pieces each, whose bytes nobody has. */
function makeTorrents(count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, seed) => {
    const files = [{ path: [`film ${seed}.mp4`], content: 128 * MIB }]
    return makeTorrent({ kind: 'v1', pieceLength: 64 * KIB, files, seed, repeatsEachPiece: true })
      .torrentFile
  })
}
