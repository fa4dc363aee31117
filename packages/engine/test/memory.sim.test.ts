import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MIB } from '@matinee/base'
import { FakeClock, FakeDisk } from '@matinee/testkit'
import { onStage, type StageOptions } from './stage.ts'

const LENGTH = 32 * MIB
/** What may wait for the disk, what one source may still owe then, and pieces that aren't whole yet. */
const MOST_WAITING_BYTES = (8 + 4 + 2) * MIB

/** A film, and a disk that takes so much of it a second. */
function slowDisk(kind: 'v1' | 'hybrid', bytesPerSecond: number) {
  const clock = new FakeClock()
  const disk = new FakeDisk({ timing: { clock, bytesPerSecond } })
  return { kind, files: LENGTH, pieceLength: MIB, disk, clock } satisfies StageOptions
}

for (const kind of ['v1', 'hybrid'] as const)
  test(
    `A9: of a ${kind} film that comes faster than the disk takes it, what waits in memory is bounded`,
    onStage(slowDisk(kind, 3 * MIB), async (stage) => {
      await stage.seed()
      const torrent = stage.add()
      let isOver = false
      const reading = stage.reading(torrent).finally(() => (isOver = true))
      let mostWaiting = 0
      while (!isOver) {
        await stage.clock.advance(25)
        const waiting = torrent.status().bytes.downloaded - stage.disk.usedBytes
        mostWaiting = Math.max(mostWaiting, waiting)
      }
      stage.assertRight(await reading, 0, { start: 0, end: LENGTH })
      assert.ok(mostWaiting <= MOST_WAITING_BYTES, `${mostWaiting / MIB} MiB waited`)
    }),
  )
