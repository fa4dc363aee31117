import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIB, SHA256_BYTES } from '@matinee/base'
import { BLOCK_BYTES, type HashFields } from '@matinee/protocol'
import { SEEDS, type MessageOf, type ScriptedPeer, type SeedPeer } from '@matinee/testkit'
import { onStage, type Stage } from './stage.ts'

const FILES = 20 * 64 * KIB

/** A peer that the engine has asked for hashes of a v2 film, an honest seed for true ones, and what was asked. */
async function askedPeer(stage: Stage): Promise<{
  readonly peer: ScriptedPeer
  readonly asked: MessageOf<'hash-request'>
  readonly truth: Uint8Array
  readonly reading: Promise<Uint8Array>
  readonly seed: SeedPeer
}> {
  const seed = await stage.seed()
  const torrent = stage.add({ peers: [] })
  const peer = await stage.script()
  peer.send({ kind: 'have-all' }, { kind: 'unchoke' })
  await stage.run(torrent.metainfo())
  const reading = stage.reading(torrent)
  const asked = await stage.run(peer.expect('hash-request'))
  const truth = seed.hashes.answer(asked)
  assert.ok(truth)
  return { peer, asked, truth, reading, seed }
}

const flip = (bytes: Uint8Array, at: number): Uint8Array => {
  const out = bytes.slice()
  out[at] = (out[at] ?? 0) ^ 1
  return out
}
const LIES: readonly (readonly [
  string,
  (asked: HashFields, truth: Uint8Array) => [HashFields, Uint8Array],
])[] = [
  ['a wrong hash', (asked, truth) => [asked, flip(truth, 5)]],
  ['a wrong last hash', (asked, truth) => [asked, flip(truth, truth.length - 1)]],
  ['one hash too few', (asked, truth) => [asked, truth.subarray(SHA256_BYTES)]],
  ['one hash too many', (asked, truth) => [asked, new Uint8Array(truth.length + SHA256_BYTES)]],
  ['hashes in another order', (asked, truth) => [asked, Uint8Array.from(truth).reverse()]],
  [
    'another index than asked for',
    (asked, truth) => [{ ...asked, index: asked.index + asked.length }, truth],
  ],
  ['another layer than asked for', (asked, truth) => [{ ...asked, baseLayer: 1 }, truth]],
  [
    'another length than asked for',
    (asked, truth) => [{ ...asked, length: asked.length * 2 }, truth],
  ],
  ['another proof than asked for', (asked, truth) => [{ ...asked, proofLayers: 7 }, truth]],
  [
    'another file than asked for',
    (asked, truth) => [{ ...asked, piecesRoot: new Uint8Array(32) }, truth],
  ],
]
for (const [what, lie] of LIES)
  test(
    `P13: ${what} closes the connection, and the film comes from an honest peer`,
    onStage({ kind: 'v2', files: FILES }, async (stage) => {
      const { peer, asked, truth, reading, seed } = await askedPeer(stage)
      const [{ piecesRoot, baseLayer, index, length, proofLayers }, hashes] = lie(asked, truth)
      peer.send({ kind: 'hashes', piecesRoot, baseLayer, index, length, proofLayers, hashes })
      await stage.run(peer.over, 1000)
      assert.match(stage.reasons[0] ?? '', /hashes/u)
      assert.ok(seed.address)
      stage.engine.torrents[0]?.addPeers([seed.address], 'user')
      stage.assertRight(await stage.run(reading), 0, { start: 0, end: FILES })
    }),
  )

test(
  'P13: leaves that belong to other data do not make other data right',
  onStage({ kind: 'v2', files: FILES }, async (stage) => {
    const { peer, asked, reading, seed } = await askedPeer(stage)
    const { piecesRoot, baseLayer, index, length, proofLayers } = asked
    // The leaves of zeros, and zeros for the block.
    const zeros = new Uint8Array((length + proofLayers) * SHA256_BYTES)
    peer.send({ kind: 'hashes', piecesRoot, baseLayer, index, length, proofLayers, hashes: zeros })
    peer.send({ kind: 'piece', piece: 0, begin: 0, block: new Uint8Array(BLOCK_BYTES) })
    await stage.run(peer.over, 1000)
    const torrent = stage.engine.torrents[0]
    assert.equal(torrent?.status().bytes.verified, 0)
    assert.ok(seed.address)
    torrent.addPeers([seed.address], 'user')
    stage.assertRight(await stage.run(reading), 0, { start: 0, end: FILES })
  }),
)

for (const kind of ['v1', 'v2', 'hybrid'] as const)
  test(
    `P13: hashes that nobody asked for close the connection of a ${kind} torrent`,
    onStage({ kind, files: FILES }, async (stage) => {
      stage.add()
      const peer = await stage.script()
      const fields = {
        piecesRoot: new Uint8Array(32),
        baseLayer: 0,
        index: 0,
        length: 2,
        proofLayers: 0,
      }
      peer.send({ kind: 'hashes', ...fields, hashes: new Uint8Array(64) })
      await stage.run(peer.over, 1000)
      assert.deepEqual(stage.reasons, ['sent hashes that were not asked for'])
    }),
  )

test(
  'P13: hashes right after the handshake, asked by nobody, cost a seed its connection and us nothing',
  onStage({ kind: 'v2', files: FILES }, async (stage) => {
    const seed = await stage.seed(SEEDS.hashLying('unsolicited'))
    await stage.seed()
    await stage.assertStreams(stage.add())
    assert.equal(seed.blocksServed, 0)
  }),
)

for (const kind of ['v1', 'v2'] as const)
  test(
    `P13: a request for hashes that a ${kind} torrent cannot answer is rejected, and reads no disk`,
    onStage({ kind, files: FILES }, async (stage) => {
      await stage.seed()
      await stage.read(stage.add(), 0, { start: 0, end: 64 * KIB })
      // What has just come would be answered from memory.
      await stage.restart()
      await stage.run(stage.add().metainfo())
      const peer = await stage.script()
      const piecesRoot = stage.made.metainfo.files[0]?.piecesRoot ?? new Uint8Array(32)
      const base = { piecesRoot, baseLayer: 0, index: 0, length: 4, proofLayers: 3 }
      const reads = () => stage.disk.calls.filter((call) => call.kind === 'read').length
      const before = reads()
      const unanswerable: readonly HashFields[] = [
        { ...base, piecesRoot: new Uint8Array(32).fill(9) },
        { ...base, length: 3 },
        { ...base, length: 8192 },
        { ...base, length: 0 },
        { ...base, index: 1 },
        { ...base, index: 2 ** 32 - 4 },
        { ...base, baseLayer: 31 },
        { ...base, baseLayer: 1 },
        { ...base, proofLayers: 2 ** 31 },
        // Of pieces that are not here.
        { ...base, index: 40 },
      ]
      for (const request of unanswerable) {
        peer.send({ kind: 'hash-request', ...request })
        const { index, length } = await stage.run(peer.expect('hash-reject'))
        assert.deepEqual([index, length], [request.index, request.length])
      }
      assert.equal(reads(), before)
      assert.equal(peer.isOver, false)
      peer.close()
    }),
  )

test(
  'P13: a storm of rejects that answer nothing changes nothing',
  onStage({ kind: 'v2', files: FILES }, async (stage) => {
    const { peer, asked, reading, seed } = await askedPeer(stage)
    const { piecesRoot, baseLayer, index, length, proofLayers } = asked
    const fields = { piecesRoot, baseLayer, index, length, proofLayers }
    const sent = peer.seen.length
    for (let i = 0; i < 5000; i++) peer.send({ kind: 'hash-reject', ...fields })
    await stage.clock.advance(2000)
    assert.equal(peer.isOver, false)
    const answers = peer.seen.slice(sent).filter((kind) => kind === 'hash-request')
    assert.ok(answers.length < 20, 'they are not answered')
    assert.ok(seed.address)
    stage.engine.torrents[0]?.addPeers([seed.address], 'user')
    stage.assertRight(await stage.run(reading), 0, { start: 0, end: FILES })
    peer.close()
  }),
)
