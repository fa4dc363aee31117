import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIB, MIB } from '@matinee/base'
import { SimTracker } from '@matinee/testkit'
import { onStage, failureOf } from './stage.ts'

const ABORTED = new DOMException('enough', 'AbortError')

test(
  'an aborted reader ends with the reason of its signal, wherever it is',
  onStage({ kind: 'v2', files: 2 * MIB }, async (stage) => {
    const seed = await stage.seed({ bytesPerSecond: 200_000 })
    const torrent = stage.add()
    for (const afterMs of [0, 1, 15, 40, 60, 100, 200, 1000, 3000]) {
      const abort = new AbortController()
      const reading = (async () => {
        const reader = await torrent.openFile(0, { start: 0, end: 2 * MIB }, abort.signal)
        for await (const bytes of reader) assert.ok(bytes.length > 0)
      })()
      reading.catch(() => {})
      await stage.clock.advance(afterMs)
      abort.abort(ABORTED)
      await assert.rejects(stage.run(reading), (error) => error === ABORTED)
      // What was under way arrives within 20 ms.
      await stage.clock.advance(30)
      const asked = seed.requests.length
      await stage.clock.advance(2000)
      assert.equal(seed.requests.length, asked, 'nothing is asked for after the abort')
    }
  }),
)

test(
  'an aborted signal opens nothing',
  onStage({ kind: 'v1' }, async (stage) => {
    const seed = await stage.seed()
    const torrent = stage.add()
    const opening = torrent.openFile(0, { start: 0, end: 10 }, AbortSignal.abort(ABORTED))
    await assert.rejects(opening, (error) => error === ABORTED)
    await stage.run(torrent.metainfo())
    const late = torrent.openFile(0, { start: 0, end: 10 }, AbortSignal.abort(ABORTED))
    await assert.rejects(late, (error) => error === ABORTED)
    await stage.clock.advance(1000)
    assert.deepEqual(seed.requests, [])
  }),
)

test(
  'waiting for metadata ends with the signal, too',
  onStage({ kind: 'v2' }, async (stage) => {
    const torrent = stage.addMagnet()
    const abort = new AbortController()
    const waiting = [
      torrent.metainfo(abort.signal),
      torrent.openFile(0, { start: 0, end: 1 }, abort.signal),
    ]
    for (const one of waiting) one.catch(() => {})
    await stage.clock.advance(1000)
    abort.abort(ABORTED)
    for (const one of waiting)
      await assert.rejects(stage.run<unknown>(one), (error) => error === ABORTED)
  }),
)

// The stage's end asserts that no timer, file, port or connection is left.
for (const source of ['metainfo', 'magnet'] as const)
  for (const afterMs of [0, 1, 11, 21, 41, 61, 100, 150, 250, 400, 1000, 5000])
    test(
      `an engine closed ${afterMs} ms after a torrent was added by ${source} leaves nothing behind`,
      onStage({ kind: 'hybrid', files: 3 * MIB, pieceLength: 64 * KIB }, async (stage) => {
        const tracker = new SimTracker(stage.clock)
        const host = stage.host()
        host.serveHttp(80, tracker.handleHttp)
        const udp = await tracker.bindUdp(host.network, { host: host.address, port: 6969 })
        await stage.seed({ bytesPerSecond: 600_000 })
        await stage.seed({ isMute: true })
        const trackers = [`http://${host.address}/announce`, `udp://${host.address}:6969/announce`]
        const torrent =
          source === 'metainfo' ? stage.add({ trackers }) : stage.addMagnet({ trackers })
        const reading = stage.reading(torrent)
        reading.catch(() => {})
        await stage.clock.advance(afterMs)
        await stage.run(stage.engine[Symbol.asyncDispose](), 3000)
        await assert.rejects(stage.run(reading), { name: 'TorrentError', code: 'stopped' })
        assert.equal(torrent.status().phase.kind, 'stopped')
        // Resets are still on their way.
        await stage.clock.advance(50)
        const sent = stage.us.sentBytes
        await stage.clock.advance(100_000)
        assert.equal(stage.us.sentBytes, sent, 'a closed engine is silent')
        await udp.close()
      }),
    )

test(
  'a removed torrent is left alone, and can be added again',
  onStage({ kind: 'v2' }, async (stage) => {
    await stage.seed()
    const first = stage.add()
    await stage.read(first)
    await stage.run(stage.engine.remove(first))
    assert.deepEqual(stage.engine.torrents, [])
    assert.equal(stage.us.streams.size, 0)
    const second = stage.add()
    assert.notEqual(second, first)
    await stage.assertStreams(second)
  }),
)

test(
  'the same torrent added twice is one torrent',
  onStage({ kind: 'hybrid' }, async (stage) => {
    const { v1 } = stage.made.metainfo.infoHashes
    const first = stage.addMagnet({}, stage.magnetOf({ v1, v2: null }))
    await stage.seed()
    assert.equal(stage.add(), first)
    await stage.assertStreams(first)
  }),
)

test(
  'a disk that fails ends the torrent with its reason, which readers are told',
  onStage({ kind: 'v2', files: 2 * MIB }, async (stage) => {
    await stage.seed()
    await stage.read(stage.add())
    await stage.restart()
    const torrent = stage.add()
    stage.disk.failNth({ n: 3, times: 'forever', code: 'io', kinds: ['read'] })
    const reading = stage.reading(torrent)
    reading.catch(() => {})
    await assert.rejects(stage.run(reading), { name: 'TorrentError', code: 'disk' })
    assert.equal(failureOf(torrent), 'disk')
    await assert.rejects(stage.read(torrent), { name: 'TorrentError', code: 'disk' })
    stage.disk.clearFaults()
  }),
)
