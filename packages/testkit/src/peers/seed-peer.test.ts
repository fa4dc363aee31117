import { test } from 'node:test'
import assert from 'node:assert/strict'
import { KIB, equalBytes } from '@matinee/base'
import { handshakeHash } from '@matinee/protocol'
import { leech } from './leech-peer.ts'
import { ScriptedPeer } from './scripted-peer.ts'
import { SEEDS, hasPiece, type SeedBehaviour } from './seed-behaviour.ts'
import { ADDRESS, stage } from './seed-stage.ts'

test('an honest seed serves every byte of v1, v2 and hybrid torrents', async () => {
  for (const kind of ['v1', 'v2', 'hybrid'] as const) {
    const files = [
      { path: ['a'], content: 100_000 },
      { path: ['b'], content: 70_001 },
    ]
    const { clock, us, seed, torrent } = await stage({}, { kind, files, pieceLength: 32 * KIB })
    const { metainfo } = torrent
    const got = await clock.run(leech({ network: us.network, target: ADDRESS, metainfo }))
    const want = torrent.bytesAt({ start: 0, end: metainfo.totalLength })
    // A v2 torrent leaves out the gap between files.
    const sent = kind === 'v2' ? [want.subarray(0, 100_000), want.subarray(4 * 32 * KIB)] : [want]
    assert.ok(equalBytes(got, Buffer.concat(sent)), kind)
    assert.equal(seed.bytesServed, got.length)
    await clock.advance(1000)
    assert.equal(seed.connections.size, 0)
  }
})

test('a seed can dial, and upgrades a v1 handshake of a hybrid to v2', async () => {
  const { clock, sim, seed, torrent, script } = await stage({}, { kind: 'hybrid' })
  const peer = await script('v1')
  const { infoHash } = await clock.run(peer.theirHandshake)
  assert.deepEqual(infoHash, handshakeHash(torrent.metainfo.infoHashes, 'v2').slice())
  const other = sim.host('203.0.113.3')
  const met = Promise.withResolvers<ScriptedPeer>()
  await ScriptedPeer.listen(other.network, { host: other.address, port: 1 }, met.resolve)
  await clock.run(seed.dial({ host: other.address, port: 1 }))
  const dialed = await clock.run(met.promise)
  dialed.greet((await clock.run(dialed.theirHandshake)).infoHash)
  await clock.run(dialed.expect('have-all'))
})

test('a stranger to the torrent is cut off', async () => {
  const { clock, us } = await stage({})
  const peer = await clock.run(ScriptedPeer.dial(us.network, ADDRESS))
  peer.greet(new Uint8Array(20))
  assert.equal((await clock.run(peer.over)).kind, 'broken')
})

test('slow, late, silent, choking and rejecting seeds do what their names say', async () => {
  const block = { kind: 'request', piece: 0, begin: 0, length: 16_384 } as const
  const timeOf = async (behaviour: SeedBehaviour): Promise<number> => {
    const { clock, script } = await stage(behaviour)
    const peer = await script()
    peer.send({ kind: 'interested' })
    await clock.run(peer.expect('unchoke'))
    const startMs = clock.nowMs()
    peer.send(block)
    await clock.run(peer.expect('piece'))
    return clock.nowMs() - startMs
  }
  const honestMs = await timeOf(SEEDS.honest)
  assert.ok((await timeOf(SEEDS.slow(16_384))) >= 1000)
  const lateMs = await timeOf(SEEDS.late(500))
  assert.ok(Math.abs(lateMs - honestMs - 500) < 1)

  for (const [behaviour, expected] of [
    [SEEDS.silent, null],
    [SEEDS.choking, 'reject'],
    [SEEDS.lying('rejects'), 'reject'],
    [SEEDS.lying('never'), null],
  ] as const) {
    const { clock, script, seed } = await stage(behaviour)
    const peer = await script()
    await clock.run(peer.expect('have-all'))
    peer.send({ kind: 'interested' }, block)
    await clock.advance(60_000)
    const kinds = peer.seen.filter((kind) => kind === 'reject' || kind === 'piece')
    assert.deepEqual(kinds, expected === null ? [] : [expected])
    assert.equal(seed.requestsFor(0), 1)
    assert.equal(seed.bytesServed, 0)
  }
})

test('a canceled request is not served', async () => {
  const { clock, script, seed } = await stage(SEEDS.late(1000))
  const peer = await script()
  peer.send({ kind: 'interested' })
  await clock.run(peer.expect('unchoke'))
  const block = { piece: 1, begin: 0, length: 16_384 }
  peer.send({ kind: 'request', ...block }, { kind: 'cancel', ...block })
  await clock.run(peer.expect('reject'))
  await clock.advance(5000)
  assert.equal(seed.bytesServed, 0)
  assert.deepEqual(seed.cancels.length, 1)
})

test('a corrupting seed flips a bit in the blocks it is told to, a partial one has its share', async () => {
  const { clock, us, seed, torrent } = await stage(SEEDS.corruptingPieces(2))
  const { metainfo } = torrent
  const got = await clock.run(leech({ network: us.network, target: ADDRESS, metainfo }))
  const want = torrent.bytesAt({ start: 0, end: metainfo.totalLength })
  const wrong = [...got.keys()].filter((i) => got[i] !== want[i]).map((i) => Math.floor(i / 65_536))
  assert.deepEqual(wrong, [2, 2, 2, 2])
  assert.equal(seed.corruptBlocksServed, 4)
  const share = Array.from({ length: 100 }, (_, i) => hasPiece(SEEDS.partial(0.3), i))
  assert.equal(share.filter(Boolean).length, 30)
})
