import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIB, MIB } from '@matinee/base'
import { onStage } from './stage.ts'

const LENGTH = 6 * MIB
/** In the middle of what is read at once. */
const EDGE = MIB + 100 * KIB

for (const kind of ['v1', 'hybrid'] as const)
  test(
    `A1: a ${kind} film is read right where the disk has one part and refuses the next`,
    onStage({ kind, files: LENGTH, pieceLength: 64 * KIB }, async (stage) => {
      await stage.seed({ bytesPerSecond: 4 * MIB })
      const torrent = stage.add()
      await stage.read(torrent, 0, { start: 0, end: EDGE })
      // The last two megabytes that were written are in memory, too.
      await stage.read(torrent, 0, { start: 3 * MIB, end: LENGTH })
      stage.disk.failNth({ n: 1, times: 'forever', code: 'full', kinds: ['write'] })
      await stage.read(torrent, 0, { start: EDGE, end: 2 * MIB })
      assert.equal(torrent.status().diskTrouble, 'full')
      const across = { start: EDGE - 50 * KIB, end: EDGE + 50 * KIB }
      stage.assertRight(await stage.read(torrent, 0, across), 0, across)
      stage.assertRight(await stage.read(torrent), 0, { start: 0, end: LENGTH })
      stage.disk.clearFaults()
    }),
  )
