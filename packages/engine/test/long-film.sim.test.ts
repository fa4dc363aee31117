import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GIB, MIB } from '@matinee/base'
import { onStage } from './stage.ts'

const LENGTH = 60 * GIB
const MIDDLE = 30 * GIB + 12_345
/** What tables of a film of 60 GiB may take: a few bytes for each of its four million blocks. */
const MOST_TABLE_BYTES = 24 * MIB

for (const kind of ['v1', 'hybrid'] as const)
  test(
    `A10: a ${kind} film of 60 GiB streams from its middle, and what is held of it doesn’t grow with it`,
    onStage(
      { kind, files: LENGTH, pieceLength: 16 * MIB, repeatsEachPiece: true },
      async (stage) => {
        const before = memoryBytes()
        await stage.seed()
        const torrent = stage.add()
        await stage.run(torrent.metainfo())
        const tables = memoryBytes() - before
        assert.ok(tables <= MOST_TABLE_BYTES, `${tables / MIB} MiB of tables`)
        const span = { start: MIDDLE, end: MIDDLE + 20 * MIB }
        stage.assertRight(await stage.read(torrent, 0, span), 0, span)
        const { verified, wasted } = torrent.status().bytes
        assert.ok(verified <= 40 * MIB, `${verified / MIB} MiB fetched`)
        assert.equal(wasted, 0)
      },
    ),
  )

function memoryBytes(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
