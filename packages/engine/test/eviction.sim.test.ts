import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIB, MIB } from '@matinee/base'
import {
  EXTENSION_HANDSHAKE_ID,
  decodeDontHave,
  encodeDontHave,
  encodeExtensionHandshake,
} from '@matinee/protocol'
import { FOLDER, onStage, type Stage } from './stage.ts'

const FILM = { kind: 'v2', files: 8 * MIB, pieceLength: 64 * KIB } as const
const ENGINE = { sectionBytes: MIB } as const
/** What the engine calls BEP 54 towards others, as its own handshake says it. */
const OUR_DONT_HAVE_ID = 3
const THEIR_DONT_HAVE_ID = 77

/** A slow film: little is fetched ahead of its reader. */
const HINTS = { bytesPerSecond: 100_000 } as const

/** What lies in the film's files on the disk. */
function filmBytes(stage: Stage): number {
  const files = stage.disk.paths.filter((path) => /\/\d+(?:\.\d+)?$/u.test(path))
  assert.ok(files.every((path) => path.startsWith(FOLDER)))
  return files.reduce((sum, path) => sum + (stage.disk.peek(path)?.length ?? 0), 0)
}

async function greetWithDontHave(stage: Stage) {
  const peer = await stage.script({ extension: true, fast: true })
  const payload = encodeExtensionHandshake({
    messages: new Map([['lt_donthave', THEIR_DONT_HAVE_ID]]),
    client: null,
    requestQueue: null,
    metadataSize: null,
    port: null,
    yourIp: null,
    uploadOnly: false,
  })
  peer.send({ kind: 'extended', id: EXTENSION_HANDSHAKE_ID, payload })
  await stage.clock.advance(100)
  return peer
}

test(
  'A1: over its budget the engine gives room back until it is within, the longest unused first',
  onStage({ ...FILM, engine: ENGINE }, async (stage) => {
    const seed = await stage.seed()
    const torrent = stage.add()
    await stage.assertStreams(torrent)
    await stage.read(torrent, 0, { start: 0, end: MIB })
    stage.engine.limitDisk(3 * MIB)
    await stage.clock.advance(20_000)
    assert.equal(filmBytes(stage), 3 * MIB)
    assert.equal(torrent.status().bytes.verified, 3 * MIB)
    assert.equal(torrent.verifiedIn(0, { start: 0, end: MIB }), MIB, 'what was read last stays')
    const { bytesServed } = seed
    stage.engine.limitDisk(null)
    await stage.assertStreams(torrent)
    assert.equal(seed.bytesServed - bytesServed, 5 * MIB, 'only what went is fetched again')
  }),
)

test(
  'A1: a film that is longer than the budget plays, and what was watched goes behind it',
  onStage({ ...FILM, files: 48 * MIB, engine: { sectionBytes: 4 * MIB } }, async (stage) => {
    await stage.seed({ bytesPerSecond: 1.5 * MIB })
    stage.engine.limitDisk(8 * MIB)
    const torrent = stage.add()
    const whole = { start: 0, end: 48 * MIB }
    await using reader = await stage.run(torrent.openFile(0, whole, undefined, HINTS))
    let most = 0
    let at = 0
    const reading = (async () => {
      for await (const bytes of reader) {
        const span = { start: at, end: at + bytes.length }
        stage.assertRight(bytes, 0, span)
        at = span.end
        await new Promise<void>((resolve) => stage.clock.setTimer(60, resolve))
        most = Math.max(most, stage.disk.usedBytes)
      }
    })()
    await stage.run(reading)
    assert.equal(at, whole.end)
    // What stays behind a reader, what is fetched ahead of it, and what comes between two looks.
    assert.ok(most < 42 * MIB, `${most / MIB} MiB`)
    await stage.clock.advance(10_000)
    assert.ok(filmBytes(stage) <= 8 * MIB)
  }),
)

test(
  'A1: what an open reader may still want is never given up, and neither is what is kept',
  onStage({ ...FILM, engine: ENGINE }, async (stage) => {
    await stage.seed()
    const torrent = stage.add()
    await stage.assertStreams(torrent)
    stage.engine.limitDisk(0)
    {
      await using reader = await stage.run(
        torrent.openFile(0, { start: 5 * MIB + 7, end: 8 * MIB }),
      )
      void reader
      await stage.clock.advance(20_000)
      assert.equal(torrent.verifiedIn(0, { start: 5 * MIB, end: 8 * MIB }), 3 * MIB)
    }
    torrent.keep(true)
    const kept = torrent.status().bytes.verified
    await stage.clock.advance(20_000)
    assert.equal(torrent.status().bytes.verified, kept)
    torrent.keep(false)
    await stage.clock.advance(20_000)
    assert.equal(torrent.status().bytes.verified, 0)
    assert.equal(filmBytes(stage), 0)
  }),
)

test(
  'A1: files from elsewhere are not ours to remove',
  onStage({ ...FILM, files: MIB }, async (stage) => {
    const content = stage.made.contents[0]
    assert.ok(content)
    stage.disk.poke('/own/film.mp4', 0, content.bytesAt({ start: 0, end: MIB }))
    const torrent = stage.add({ filesFrom: ['/own/film.mp4'] })
    await stage.run(torrent.metainfo())
    stage.engine.limitDisk(0)
    await stage.clock.advance(20_000)
    assert.equal(torrent.status().bytes.verified, MIB)
    assert.ok(stage.disk.paths.includes('/own/film.mp4'))
  }),
)

test(
  'A5: after room was given back a restart claims what is left, and nothing else',
  onStage({ ...FILM, engine: ENGINE }, async (stage) => {
    const seed = await stage.seed()
    await stage.assertStreams(stage.add())
    stage.engine.limitDisk(3 * MIB)
    await stage.clock.advance(20_000)
    await stage.restart()
    const { bytesServed } = seed
    await stage.assertStreams(stage.add())
    assert.equal(seed.bytesServed - bytesServed, 5 * MIB)
  }),
)

test(
  'peers hear which pieces are gone (BEP 54), and who asks for one all the same hears no, without blame',
  onStage({ ...FILM, engine: ENGINE }, async (stage) => {
    await stage.seed()
    const torrent = stage.add()
    await stage.assertStreams(torrent)
    const knowing = await greetWithDontHave(stage)
    const plain = await stage.script({ extension: false, fast: true })
    const old = await stage.script({ extension: false, fast: false })
    for (const peer of [knowing, plain, old]) peer.send({ kind: 'interested' })
    await stage.clock.advance(1000)
    stage.engine.limitDisk(7 * MIB)
    await stage.clock.advance(20_000)
    const gone = knowing.inbox.flatMap((message) =>
      message.kind === 'extended' && message.id === THEIR_DONT_HAVE_ID
        ? [decodeDontHave(message.payload)]
        : [],
    )
    assert.equal(gone.length, MIB / (64 * KIB))
    const [piece] = gone
    assert.ok(piece !== undefined)
    // Fewer than fifty refusals would say nothing: that many are forgiven anybody.
    for (let i = 0; i < 60; i++) plain.send({ kind: 'request', piece, begin: 0, length: 16 * KIB })
    await stage.clock.advance(1000)
    assert.equal(plain.seen.filter((kind) => kind === 'reject').length, 60)
    assert.ok(!plain.isOver, 'nobody is blamed for what was not told')
    old.send({ kind: 'request', piece, begin: 0, length: 16 * KIB })
    await stage.clock.advance(1000)
    assert.ok(old.isOver, 'without the fast extension there is no other way to say no')
    assert.ok(torrent.status().peers.connected >= 2)
    for (const peer of [knowing, plain]) peer.close()
  }),
)

test(
  'what a peer has no longer is asked of somebody else at once',
  onStage({ kind: 'v1', files: MIB, pieceLength: 64 * KIB }, async (stage) => {
    const torrent = stage.add()
    await stage.run(torrent.metainfo())
    const peer = await greetWithDontHave(stage)
    peer.send({ kind: 'have-all' }, { kind: 'unchoke' })
    const reading = stage.reading(torrent)
    await stage.until(() => peer.seen.includes('request'), 'asked')
    const seed = await stage.seed()
    for (let piece = 0; piece < 16; piece++)
      peer.send({ kind: 'extended', id: OUR_DONT_HAVE_ID, payload: encodeDontHave(piece) })
    torrent.addPeers([seed.address ?? { host: '', port: 0 }], 'user')
    const startMs = stage.clock.nowMs()
    const bytes = await stage.run(reading)
    stage.assertRight(bytes, 0, { start: 0, end: MIB })
    assert.ok(stage.clock.nowMs() - startMs < 2000, `${stage.clock.nowMs() - startMs} ms`)
    peer.close()
  }),
)

test(
  'P6: a piece that there is not, taken back, closes the connection',
  onStage({ kind: 'v1', files: MIB }, async (stage) => {
    await stage.run(stage.add().metainfo())
    for (const payload of [encodeDontHave(2 ** 32 - 1), encodeDontHave(16), new Uint8Array(3)]) {
      const peer = await greetWithDontHave(stage)
      peer.send({ kind: 'extended', id: OUR_DONT_HAVE_ID, payload })
      await stage.clock.advance(100)
      assert.ok(peer.isOver)
    }
  }),
)
