import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIB, MIB, concatBytes, equalBytes } from '@matinee/base'
import { leech, type ScriptedPeer } from '@matinee/testkit'
import { ENGINE_ADDRESS, onStage, peersAt, type Stage } from './stage.ts'

const FILES = [
  { path: ['a.mp4'], content: 500_003 },
  { path: ['b.mp4'], content: 70_000 },
]

for (const kind of ['v1', 'v2', 'hybrid'] as const) {
  test(
    `an engine gives on what it has of a ${kind} film to another engine`,
    onStage({ kind, files: FILES }, async (stage) => {
      const seed = await stage.seed()
      await stage.assertStreams(stage.add())
      const { bytesServed } = seed
      const other = await stage.openEngine(stage.host(), { folder: '/other' })
      const peers = peersAt(ENGINE_ADDRESS)
      const torrent = other.add({ kind: 'metainfo', metainfo: stage.made.metainfo }, { peers })
      await stage.assertStreams(torrent)
      assert.equal(seed.bytesServed, bytesServed)
      const ours = stage.engine.torrents[0]?.status().bytes.uploaded ?? 0
      assert.ok(ours >= torrent.status().bytes.total)
      if (kind === 'v2') {
        const { provedAlone, total } = torrent.status().bytes
        assert.equal(provedAlone, total, 'leaves are given on, too')
      }
    }),
  )

  test(
    `an engine gives on a ${kind} film while it is still fetching it`,
    // Private: they may not tell each other of the seed.
    onStage({ kind, files: 2 * MIB, isPrivate: true }, async (stage) => {
      const seed = await stage.seed({ bytesPerSecond: 400_000 })
      const other = await stage.openEngine(stage.host(), { folder: '/other' })
      const peers = peersAt(ENGINE_ADDRESS)
      const second = other.add({ kind: 'metainfo', metainfo: stage.made.metainfo }, { peers })
      const first = stage.add()
      const [one, two] = await stage.run(Promise.all([stage.reading(first), stage.reading(second)]))
      stage.assertRight(one ?? new Uint8Array(), 0, { start: 0, end: 2 * MIB })
      stage.assertRight(two ?? new Uint8Array(), 0, { start: 0, end: 2 * MIB })
      assert.ok(seed.bytesServed < 2.1 * MIB, `${seed.bytesServed} bytes of the seed`)
      assert.ok(stage.clock.nowMs() < 8000, `${stage.clock.nowMs()} ms`)
    }),
  )

  test(
    `files of a ${kind} film are seeded where they lie, and stay as they are`,
    onStage({ kind, files: FILES }, async (stage) => {
      const filesFrom = stage.made.contents.map((content, i) => {
        stage.disk.poke(`/films/${i}`, 0, content.bytesAt({ start: 0, end: content.length }))
        return `/films/${i}`
      })
      const torrent = stage.add({ filesFrom })
      await stage.run(torrent.metainfo())
      assert.equal(torrent.status().bytes.verified, torrent.status().bytes.total)
      const { metainfo, bytesAt } = stage.made
      const { network } = stage.host()
      const got = await stage.run(leech({ network, target: ENGINE_ADDRESS, metainfo }))
      const { layout } = metainfo
      const pieces = Array.from({ length: layout.pieceCount }, (_, i) =>
        bytesAt(layout.pieceSpan(layout.piece(i))),
      )
      assert.ok(equalBytes(got, concatBytes(pieces)))
      const writes = stage.disk.calls.filter(({ kind: call, path }) => {
        return call === 'write' && path.startsWith('/films')
      })
      assert.deepEqual(writes, [])
    }),
  )
}

test(
  'an engine told not to upload lets nobody ask',
  onStage({ kind: 'v1', engine: { upload: false } }, async (stage) => {
    await stage.seed()
    await stage.assertStreams(stage.add())
    const peer = await stage.script()
    peer.send({ kind: 'interested' })
    await stage.clock.advance(30_000)
    assert.ok(!peer.seen.includes('unchoke'))
    peer.close()
  }),
)

const BLOCK = 16 * KIB
const PIECE = 256 * KIB
type Fields = { readonly piece: number; readonly begin: number; readonly length: number }
const INVALID: readonly (readonly [string, Fields])[] = [
  ['of no length', { piece: 0, begin: 0, length: 0 }],
  ['of 2 GiB', { piece: 0, begin: 0, length: 2 ** 31 - 1 }],
  ['of 4 GiB', { piece: 0, begin: 0, length: 2 ** 32 - 1 }],
  ['longer than 128 KiB', { piece: 0, begin: 0, length: 128 * KIB + 1 }],
  ['longer than its piece', { piece: 0, begin: 0, length: PIECE + 1 }],
  ['over the end of its piece', { piece: 0, begin: PIECE - 1, length: BLOCK }],
  ['behind the end of its piece', { piece: 0, begin: PIECE, length: BLOCK }],
  ['with an offset of 4 GiB', { piece: 0, begin: 2 ** 32 - 1, length: BLOCK }],
  ['over the end of the last piece', { piece: 9, begin: 0, length: 2 * BLOCK }],
  ['behind the last piece', { piece: 10, begin: 0, length: BLOCK }],
  ['of piece 4294967295', { piece: 2 ** 32 - 1, begin: 0, length: BLOCK }],
  ['of a piece that is not here', { piece: 5, begin: 0, length: BLOCK }],
]

/** A leech that may ask, at an engine that has all pieces but 5. */
async function askingPeer(stage: Stage): Promise<ScriptedPeer> {
  await stage.seed()
  const torrent = stage.add()
  await stage.read(torrent, 0, { start: 0, end: 5 * PIECE })
  await stage.read(torrent, 0, { start: 6 * PIECE, end: 9 * PIECE + 5000 })
  for (const seed of stage.seeds) await seed.close()
  const peer = await stage.script()
  peer.send({ kind: 'interested' })
  await stage.run(peer.expect('unchoke'))
  return peer
}

for (const kind of ['v1', 'v2'] as const)
  for (const [what, request] of INVALID) {
    // Clients of v2 see zeros behind a file's end, and may ask for them.
    if (kind === 'v2' && what === 'over the end of the last piece') continue
    test(
      `P8: a request ${what} of a ${kind} film is rejected, no disk is read, and fifty close`,
      onStage({ kind, files: 9 * PIECE + 5000, pieceLength: PIECE }, async (stage) => {
        const peer = await askingPeer(stage)
        const isRead = () => stage.disk.calls.filter((call) => call.kind === 'read').length
        const before = isRead()
        peer.send({ kind: 'request', ...request })
        const { piece, begin, length } = await stage.run(peer.expect('reject'))
        assert.deepEqual({ piece, begin, length }, request)
        for (let i = 1; i < 50; i++) peer.send({ kind: 'request', ...request })
        await stage.clock.advance(1000)
        assert.equal(peer.isOver, false)
        peer.send({ kind: 'request', ...request })
        await stage.run(peer.over, 1000)
        assert.equal(isRead(), before)
        assert.equal(peer.seen.includes('piece'), false)
      }),
    )
  }

test(
  'P8: requests while choked are rejected, and none is read for',
  onStage({ kind: 'v2', files: 9 * PIECE + 5000, pieceLength: PIECE }, async (stage) => {
    const first = await askingPeer(stage)
    const choked = await stage.script()
    choked.send({ kind: 'request', piece: 0, begin: 0, length: BLOCK })
    await stage.run(choked.expect('reject'))
    const plain = await stage.script({ fast: false })
    plain.send({ kind: 'request', piece: 0, begin: 0, length: BLOCK })
    await stage.clock.advance(1000)
    assert.ok(!plain.seen.includes('reject'), 'who does not speak the fast extension is ignored')
    assert.ok(!plain.seen.includes('piece') && !choked.seen.includes('piece'))
    for (const peer of [first, choked, plain]) peer.close()
  }),
)

test(
  'P8: a valid request beside them is served',
  onStage({ kind: 'v1', files: 9 * PIECE + 5000, pieceLength: PIECE }, async (stage) => {
    const peer = await askingPeer(stage)
    peer.send({ kind: 'request', piece: 5, begin: 0, length: BLOCK })
    peer.send({ kind: 'request', piece: 9, begin: 1, length: 4999 })
    const { block } = await stage.run(peer.expect('piece'))
    const start = 9 * PIECE + 1
    assert.deepEqual(block, stage.made.bytesAt({ start, end: start + 4999 }))
    peer.close()
  }),
)

test(
  'behind the end of a v2 file others are given the zeros that they see there',
  onStage({ kind: 'v2', files: 9 * PIECE + 5000, pieceLength: PIECE }, async (stage) => {
    const peer = await askingPeer(stage)
    peer.send({ kind: 'request', piece: 9, begin: 0, length: BLOCK })
    const { block } = await stage.run(peer.expect('piece'))
    const want = new Uint8Array(BLOCK)
    want.set(stage.made.bytesAt({ start: 9 * PIECE, end: 9 * PIECE + 5000 }))
    assert.deepEqual(block, want)
    peer.close()
  }),
)

test(
  'behind the end of each file of a v2 torrent others are given zeros, and blocks beyond are zeros whole',
  onStage({ kind: 'v2', files: FILES, pieceLength: 64 * KIB }, async (stage) => {
    await stage.seed()
    await stage.assertStreams(stage.add())
    const peer = await stage.script()
    peer.send({ kind: 'interested' })
    await stage.run(peer.expect('unchoke'))
    const piece = Math.floor(500_003 / (64 * KIB))
    const begin = Math.floor((500_003 - piece * 64 * KIB) / BLOCK) * BLOCK
    const want = new Uint8Array(BLOCK)
    want.set(
      stage.made.contents[0]?.bytesAt({ start: piece * 64 * KIB + begin, end: 500_003 }) ?? [],
    )
    peer.send({ kind: 'request', piece, begin, length: BLOCK })
    assert.deepEqual((await stage.run(peer.expect('piece'))).block, want)
    peer.send({ kind: 'request', piece, begin: 3 * BLOCK, length: BLOCK })
    assert.deepEqual((await stage.run(peer.expect('piece'))).block, new Uint8Array(BLOCK))
    peer.close()
  }),
)

test(
  'a canceled request is answered once, by a reject, and not served',
  onStage(
    { kind: 'v1', files: 9 * PIECE + 5000, line: { rateBytesPerSecond: 50_000 } },
    async (stage) => {
      const peer = await askingPeer(stage)
      const requests = Array.from({ length: 40 }, (_, i) => {
        return { piece: Math.floor(i / 4) % 5, begin: (i % 4) * BLOCK, length: BLOCK }
      })
      for (const request of requests) peer.send({ kind: 'request', ...request })
      await stage.clock.advance(100)
      for (const request of requests.slice(30)) peer.send({ kind: 'cancel', ...request })
      await stage.clock.advance(30_000)
      const count = (kind: string): number => peer.seen.filter((one) => one === kind).length
      assert.equal(count('piece'), 30)
      assert.equal(count('reject'), 10)
      peer.close()
    },
  ),
)
