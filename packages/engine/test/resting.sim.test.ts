import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MIB, MINUTE_MS } from '@matinee/base'
import { FakeDisk, SimTracker } from '@matinee/testkit'
import { onStage, type Stage } from './stage.ts'

const RESTS_AFTER_MS = 6 * MINUTE_MS

async function restOn(stage: Stage, torrent: ReturnType<Stage['add']>): Promise<void> {
  await stage.clock.advance(RESTS_AFTER_MS)
  assert.equal(torrent.status().phase.kind, 'resting')
}

for (const kind of ['v1', 'v2', 'hybrid'] as const) {
  test(
    `A11: a ${kind} torrent that nobody wants rests, and wakes for a reader with all that it had`,
    onStage({ kind, files: MIB }, async (stage) => {
      const seed = await stage.seed()
      const torrent = stage.add()
      await stage.assertStreams(torrent)
      const before = torrent.status()
      await restOn(stage, torrent)
      assert.equal(stage.disk.openFiles, 0)
      assert.equal(stage.us.streams.size, 0)
      const resting = torrent.status()
      assert.deepEqual(
        [resting.bytes.verified, resting.bytes.total, resting.havePieces, resting.pieceCount],
        [before.bytes.verified, before.bytes.total, before.havePieces, before.pieceCount],
      )
      assert.equal(resting.bytes.downloaded, before.bytes.downloaded)
      const { bytesServed } = seed
      await stage.assertStreams(torrent)
      assert.equal(torrent.status().phase.kind, 'live')
      assert.equal(seed.bytesServed, bytesServed)
      await restOn(stage, torrent)
      await stage.run(torrent.metainfo())
    }),
  )

  test(
    `A11: a ${kind} torrent that rests wakes for whoever dials it, and gives`,
    onStage({ kind, files: MIB }, async (stage) => {
      await stage.seed()
      const torrent = stage.addMagnet()
      await stage.assertStreams(torrent)
      await restOn(stage, torrent)
      const host = stage.host()
      const other = await stage.openEngine(host, { folder: '/other', disk: new FakeDisk() })
      const { address } = stage.us
      const wanting = other.add(
        { kind: 'metainfo', metainfo: stage.made.metainfo },
        { peers: [{ address: { host: address, port: 6881 }, learnedFrom: 'user' }] },
      )
      const bytes = await stage.run(stage.reading(wanting))
      stage.assertRight(bytes, 0, { start: 0, end: MIB })
      assert.equal(torrent.status().phase.kind, 'live')
      await stage.endEngine(other)
    }),
  )
}

test(
  'A11: files from elsewhere are not read once more when their torrent wakes',
  onStage({ kind: 'v2', files: 4 * MIB }, async (stage) => {
    const content = stage.made.contents[0]
    assert.ok(content)
    stage.disk.poke('/own/film.mp4', 0, content.bytesAt({ start: 0, end: 4 * MIB }))
    const torrent = stage.add({ filesFrom: ['/own/film.mp4'] })
    await stage.run(torrent.metainfo())
    await restOn(stage, torrent)
    const before = stage.disk.calls.length
    await stage.run(torrent.metainfo())
    const reads = stage.disk.calls.slice(before).filter(({ path }) => path === '/own/film.mp4')
    assert.ok(!reads.some(({ kind }) => kind === 'read'), `${reads.length} calls`)
    await stage.assertStreams(torrent)
  }),
)

test(
  'a torrent on a disk that takes nothing stays awake: what it is could not be found again',
  onStage({ kind: 'v1', files: MIB, disk: new FakeDisk({ isReadOnly: false }) }, async (stage) => {
    await stage.seed()
    const torrent = stage.add()
    stage.disk.isReadOnly = true
    await stage.assertStreams(torrent)
    await stage.clock.advance(3 * RESTS_AFTER_MS)
    assert.equal(torrent.status().phase.kind, 'live')
    await stage.assertStreams(torrent)
  }),
)

test(
  'while a torrent rests its tracker hears of it, and once in a while it looks who is there',
  onStage({ kind: 'v1', files: MIB }, async (stage) => {
    const tracker = new SimTracker(stage.clock)
    const host = stage.host()
    host.serveHttp(80, tracker.handleHttp)
    const seed = await stage.seed()
    const torrent = stage.add({ trackers: [`http://${host.address}/announce`] })
    await stage.assertStreams(torrent)
    await restOn(stage, torrent)
    await seed.close()
    const announces = tracker.announces.length
    await stage.clock.advance(65 * MINUTE_MS)
    assert.ok(tracker.announces.length - announces >= 2)
  }),
)
