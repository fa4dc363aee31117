import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIB, concatBytes, equalBytes, type ByteSpan } from '@matinee/base'
import { encodeMetainfo, parseMetainfo, type HashedFile } from '@matinee/protocol'
import { makeTorrent, nodeHash, seedPeer, type MadeTorrent } from '@matinee/testkit'
import type { Torrent } from '../src/index.ts'
import { failureOf, onStage, type Stage } from './stage.ts'

const LENGTH = 20 * 64 * KIB

/** Two films of the same shape, and a hybrid torrent whose v1 hashes are of one and v2 hashes of the other. */
function conflictingTorrent(v1Film: MadeTorrent, v2Film: MadeTorrent) {
  const { layout, files, pieceLength, name } = v2Film.metainfo
  const spans = Array.from({ length: layout.pieceCount }, (_, i) =>
    layout.pieceSpan(layout.piece(i)),
  )
  const bytes = encodeMetainfo({
    kind: 'hybrid',
    name,
    pieceLength,
    files: files.map(({ path, length, piecesRoot, index }): HashedFile => {
      return { path, length, piecesRoot, pieceLayer: v2Film.metainfo.pieceLayer(index) }
    }),
    v1Hashes: concatBytes(spans.map((span) => nodeHash.sha1(v1Film.bytesAt(span)))),
  })
  return parseMetainfo(bytes, nodeHash)
}

const FILM_A = makeTorrent({ kind: 'hybrid', files: LENGTH, seed: 1 })
const FILM_B = makeTorrent({ kind: 'hybrid', files: LENGTH, seed: 2 })
const CONFLICT = conflictingTorrent(FILM_A, FILM_B)

async function seedOf(stage: Stage, bytesAt: (span: ByteSpan) => Uint8Array, speaksV2: boolean) {
  const { network, address: host } = stage.host()
  const seed = await seedPeer({
    network,
    clock: stage.clock,
    address: { host, port: 6881 },
    metainfo: CONFLICT,
    bytesAt,
    behaviour: speaksV2 ? {} : { lacks: ['v2'], upgrades: false },
  })
  stage.seeds.push(seed)
}

/** Reads until the film fails; returns what was given out before. */
async function readAll(stage: Stage, torrent: Torrent): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  const reading = (async () => {
    const reader = await torrent.openFile(0, { start: 0, end: LENGTH })
    for await (const bytes of reader) chunks.push(bytes.slice())
  })()
  await assert.rejects(stage.run(reading), { name: 'TorrentError' })
  return concatBytes(chunks)
}

test(
  'F7: a hybrid film whose two hashes describe different bytes fails as a conflict, and shows only those of v2',
  onStage({}, async (stage) => {
    await seedOf(stage, FILM_B.bytesAt, true)
    const torrent = stage.engine.add(
      { kind: 'metainfo', metainfo: CONFLICT },
      { peers: stage.peers },
    )
    const shown = await readAll(stage, torrent)
    assert.equal(failureOf(torrent), 'hybrid-conflict')
    assert.ok(equalBytes(shown, FILM_B.bytesAt({ start: 0, end: shown.length })))
    await assert.rejects(stage.run(torrent.openFile(0, { start: 0, end: 1 })), {
      name: 'TorrentError',
      code: 'hybrid-conflict',
    })
  }),
)

test(
  'F7: bytes that are right by v1 alone are never shown, and their senders are banned',
  onStage({}, async (stage) => {
    await seedOf(stage, FILM_A.bytesAt, false)
    const torrent = stage.engine.add(
      { kind: 'metainfo', metainfo: CONFLICT },
      { peers: stage.peers },
    )
    const reading = stage.reading(torrent, 0, { start: 0, end: 1000 })
    reading.catch(() => {})
    await stage.clock.advance(30_000)
    assert.equal(torrent.status().bytes.verified, 0)
    assert.equal(torrent.status().peers.connected, 0)
  }),
)

test(
  'F7: beside both kinds of peers a conflict shows no byte of the v1 film',
  onStage({}, async (stage) => {
    await seedOf(stage, FILM_A.bytesAt, false)
    await seedOf(stage, FILM_B.bytesAt, true)
    const torrent = stage.engine.add(
      { kind: 'metainfo', metainfo: CONFLICT },
      { peers: stage.peers },
    )
    const shown = await readAll(stage, torrent)
    assert.equal(failureOf(torrent), 'hybrid-conflict')
    assert.ok(equalBytes(shown, FILM_B.bytesAt({ start: 0, end: shown.length })))
  }),
)

test('F7: halves that differ in their files are refused before anything is fetched', () => {
  const files = (length: number) => [
    { path: ['a'], content: length },
    { path: ['b'], content: 100_000 },
  ]
  const one = makeTorrent({ kind: 'hybrid', files: files(100_000) })
  const other = makeTorrent({ kind: 'hybrid', files: files(70_000) })
  assert.equal(one.metainfo.layout.pieceCount, other.metainfo.layout.pieceCount)
  // The v2 half says what it says; the v1 half is given the other's list of files.
  const text = Buffer.from(one.torrentFile).toString('latin1')
  const lie = text.replace('6:lengthi100000e4:pathl1:ae', '6:lengthi100001e4:pathl1:ae')
  assert.notEqual(lie, text)
  assert.throws(() => parseMetainfo(Buffer.from(lie, 'latin1'), nodeHash), {
    code: 'hybrid-conflict',
  })
})
