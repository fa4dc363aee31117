import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIB, MIB } from '@matinee/base'
import { FakeDisk } from '@matinee/testkit'
import { failureOf, onStage } from './stage.ts'

const LENGTH = 12 * MIB

for (const kind of ['v1', 'v2', 'hybrid'] as const) {
  test(
    `A1: while the disk is full a ${kind} film plays from memory, and is saved when there is room again`,
    onStage({ kind, files: LENGTH, pieceLength: 256 * KIB }, async (stage) => {
      await stage.seed({ bytesPerSecond: 2 * MIB })
      const torrent = stage.add()
      stage.disk.failNth({ n: 40, times: 'forever', code: 'full', kinds: ['write', 'open'] })
      stage.assertRight(await stage.read(torrent), 0, { start: 0, end: LENGTH })
      assert.equal(torrent.status().diskTrouble, 'full')
      assert.equal(torrent.status().bytes.verified, LENGTH)
      stage.disk.clearFaults()
      await stage.until(() => torrent.status().diskTrouble === null, 'the disk takes it')
      await stage.restart()
      await stage.seeds[0]?.close()
      // Nobody is left to fetch from: all of it is on the disk.
      stage.assertRight(await stage.read(stage.add()), 0, { start: 0, end: LENGTH })
    }),
  )

  test(
    `A8: from a disk that can't be written to at all, a ${kind} film plays to its end and back`,
    onStage({ kind, files: LENGTH, pieceLength: 256 * KIB }, async (stage) => {
      await stage.seed({ bytesPerSecond: 4 * MIB })
      const refused = ['write', 'open', 'make-folder', 'rename', 'sync', 'truncate'] as const
      stage.disk.failNth({ n: 1, times: 'forever', code: 'read-only', kinds: [...refused] })
      const torrent = stage.addMagnet()
      stage.assertRight(await stage.read(torrent), 0, { start: 0, end: LENGTH })
      assert.equal(torrent.status().diskTrouble, 'read-only')
      const part = { start: 100_000, end: 3 * MIB }
      stage.assertRight(await stage.read(torrent, 0, part), 0, part)
      assert.equal(failureOf(torrent), null)
      stage.disk.clearFaults()
    }),
  )
}

test(
  'A7: a magnet link is followed although the disk could not be asked for what an earlier run left',
  onStage({ kind: 'hybrid', files: MIB }, async (stage) => {
    await stage.seed()
    stage.disk.failNth({ n: 1, times: 'once', code: 'io', kinds: ['facts'] })
    await stage.assertStreams(stage.addMagnet())
  }),
)

const LONG = 200 * MIB

test(
  'A8: of a film that is longer than memory is given, the oldest part goes, and comes again when asked for',
  onStage(
    { kind: 'hybrid', files: LONG, pieceLength: MIB, disk: new FakeDisk() },
    async (stage) => {
      const seed = await stage.seed()
      const torrent = stage.add()
      await stage.run(torrent.metainfo())
      stage.disk.failNth({ n: 1, times: 'forever', code: 'full', kinds: ['write'] })
      let read = 0
      const reading = (async () => {
        await using reader = await torrent.openFile(0, { start: 0, end: LONG })
        for await (const bytes of reader) read += bytes.length
      })()
      await stage.run(reading)
      assert.equal(read, LONG)
      const { verified } = torrent.status().bytes
      assert.ok(verified <= 130 * MIB, `${verified / MIB} MiB in memory`)
      const { bytesServed } = seed
      const start = { start: 0, end: 2 * MIB }
      stage.assertRight(await stage.read(torrent, 0, start), 0, start)
      assert.ok(seed.bytesServed > bytesServed)
      stage.disk.clearFaults()
    },
  ),
)
