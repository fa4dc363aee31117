import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIB, MIB } from '@matinee/base'
import { SEEDS, leavesOf, makeTorrent } from '@matinee/testkit'
import { ENGINE_ADDRESS, onStage, peersAt } from './stage.ts'

const FILES = [
  { path: ['film.mp4'], content: 1_500_001 },
  { path: ['short.mp4'], content: 20_000 },
]

for (const kind of ['v2', 'hybrid'] as const) {
  test(
    `a ${kind} film of peers without leaves comes in whole pieces`,
    onStage({ kind, files: FILES }, async (stage) => {
      const seed = await stage.seed(SEEDS.hashLying('rejects'))
      const torrent = stage.add()
      await stage.assertStreams(torrent)
      // Files of one piece, and blocks of one leaf, need no hashes; the film's pieces are judged whole.
      assert.ok(torrent.status().bytes.provedAlone < 100_000)
      assert.equal(seed.cancels.length, 0)
      assert.ok(seed.hashRequests.length < 60, `${seed.hashRequests.length} requests for hashes`)
    }),
  )

  test(
    `a ${kind} film of peers that never answer for hashes comes in whole pieces`,
    onStage({ kind, files: FILES }, async (stage) => {
      await stage.seed(SEEDS.hashLying('silent'))
      await stage.assertStreams(stage.add())
      assert.ok(stage.clock.nowMs() < 5000)
    }),
  )
}

test(
  'with leaves every block of v2 is proved alone',
  onStage({ kind: 'v2', files: FILES }, async (stage) => {
    await stage.seed()
    const torrent = stage.add()
    await stage.assertStreams(torrent)
    const { provedAlone, total } = torrent.status().bytes
    assert.equal(provedAlone, total)
  }),
)

test(
  'leaves of large pieces come in pages, and blocks of a page still missing wait',
  onStage({ kind: 'v2', files: 32 * MIB, pieceLength: 16 * MIB }, async (stage) => {
    const seed = await stage.seed()
    const torrent = stage.add()
    const span = { start: 8 * MIB - 48 * KIB, end: 8 * MIB + 48 * KIB }
    stage.assertRight(await stage.read(torrent, 0, span), 0, span)
    assert.equal(torrent.status().peers.connected, 1, 'nobody is blamed')
    assert.ok(seed.bytesServed < MIB)
  }),
)

test(
  'a v2 film by magnet, without piece layers, is proved by leaves with their way to the root',
  onStage({ kind: 'v2', files: FILES }, async (stage) => {
    await stage.seed()
    const torrent = stage.addMagnet()
    await stage.assertStreams(torrent)
    const { provedAlone, total } = torrent.status().bytes
    assert.equal(provedAlone, total)
    assert.equal(stage.made.metainfo.kind, 'v2')
  }),
)

for (const manner of ['rejects', 'silent', 'wrong-hashes', 'wrong-proof', 'wrong-length'] as const)
  test(
    `a v2 film by magnet comes although the faster peer's manner of giving hashes is: ${manner}`,
    onStage({ kind: 'v2', files: FILES }, async (stage) => {
      await stage.seed(SEEDS.hashLying(manner))
      const honest = await stage.seed({ bytesPerSecond: 200_000 }, { line: { latencyMs: 60 } })
      const torrent = stage.addMagnet()
      await stage.assertStreams(torrent)
      assert.ok(honest.hashRequests.length > 0)
      assert.ok(stage.clock.nowMs() < 15_000, `${stage.clock.nowMs()} ms`)
    }),
  )

test(
  'P13: peers without any hashes make no storm: each is asked once for each thing',
  onStage({ kind: 'v2', files: MIB }, async (stage) => {
    const seeds = [
      await stage.seed(SEEDS.hashLying('rejects')),
      await stage.seed(SEEDS.hashLying('rejects')),
    ]
    const torrent = stage.addMagnet()
    const reader = await stage.run(torrent.openFile(0, { start: 0, end: MIB }))
    const first = reader[Symbol.asyncIterator]().next()
    first.catch(() => {})
    await stage.clock.advance(30_000)
    assert.equal(torrent.status().bytes.verified, 0, 'nobody can tell whether it is right')
    for (const seed of seeds)
      assert.ok(seed.hashRequests.length <= 20, `${seed.hashRequests.length}`)
    const honest = await stage.seed()
    assert.ok(honest.address)
    torrent.addPeers([honest.address], 'user')
    const { value } = await stage.run(first)
    assert.ok(value && value.length > 0)
    await reader[Symbol.asyncDispose]()
    assert.ok(honest.bytesServed < MIB / 2, 'what came before was kept')
  }),
)

test(
  'a hybrid connection is upgraded to v2 where the peer can, whoever dials',
  onStage({ kind: 'hybrid', files: FILES }, async (stage) => {
    const dialed = await stage.seed({ bytesPerSecond: 100_000 })
    const torrent = stage.add()
    await stage.clock.advance(1000)
    const dialing = await stage.seed({ bytesPerSecond: 100_000 })
    await stage.run(dialing.dial({ host: stage.us.address, port: 6881 }, 'v1'))
    await stage.assertStreams(torrent)
    assert.ok(dialed.hashRequests.length > 0)
    assert.ok(dialing.hashRequests.length > 0)
    const { provedAlone, total } = torrent.status().bytes
    assert.equal(provedAlone, total)
  }),
)

test(
  'a hybrid film comes from peers of v1 alone, and is still judged by v2',
  onStage({ kind: 'hybrid', files: FILES }, async (stage) => {
    const old = await stage.seed({ lacks: ['v2'], upgrades: false })
    const torrent = stage.add()
    await stage.assertStreams(torrent)
    assert.deepEqual(old.hashRequests, [])
    assert.equal(torrent.status().bytes.provedAlone < 100_000, true)
  }),
)

test(
  'a hybrid film comes from peers of both kinds at once',
  onStage({ kind: 'hybrid', files: 4 * MIB, pieceLength: 256 * KIB }, async (stage) => {
    const old = await stage.seed({ lacks: ['v2'], upgrades: false, bytesPerSecond: MIB })
    const young = await stage.seed({ bytesPerSecond: MIB })
    await stage.assertStreams(stage.add())
    assert.ok(old.bytesServed > MIB / 2)
    assert.ok(young.bytesServed > MIB / 2)
  }),
)

test(
  'leaves that come with the torrent verify blocks alone, from peers of v1 too, and nobody is asked',
  onStage({ kind: 'hybrid', files: 4 * MIB, pieceLength: MIB }, async (stage) => {
    const old = await stage.seed({ lacks: ['v2'], upgrades: false, bytesPerSecond: MIB })
    const young = await stage.seed({ bytesPerSecond: MIB })
    const hashes = leavesOf(stage.made.bytesAt({ start: 0, end: 4 * MIB }))
    const wrong = hashes.slice()
    wrong.fill(7, 64 * 32, 65 * 32)
    const torrent = stage.add({ leaves: [{ fileIndex: 0, firstBlock: 0, hashes: wrong }] })
    await stage.assertStreams(torrent)
    assert.ok(old.bytesServed > 0)
    const asked = new Set(young.hashRequests.map(({ index }) => index))
    assert.deepEqual([...asked], [64], 'only of the piece whose leaves were wrong')
    assert.ok(torrent.status().bytes.provedAlone >= 3 * MIB)
  }),
)

for (const kind of ['v2', 'hybrid'] as const)
  test(`two files of a ${kind} torrent that hold the same are each proved by the leaves of both`, async () => {
    const same = makeTorrent({ kind: 'v2', files: 332_017 }).contents[0]
    assert.ok(same)
    const files = [
      { path: ['a.mp4'], content: same },
      { path: ['b.mp4'], content: same },
    ]
    await onStage({ kind, files, pieceLength: 64 * KIB }, async (stage) => {
      await stage.seed()
      const torrent = stage.addMagnet()
      await stage.assertStreams(torrent)
      const { provedAlone, total } = torrent.status().bytes
      assert.equal(provedAlone, total)
      // Of two engines the second asks the first, which has but one of the two files.
      const other = await stage.openEngine(stage.host(), { folder: '/other' })
      const third = await stage.openEngine(stage.host(), { folder: '/third' })
      const first = other.add(
        { kind: 'magnet', magnet: stage.magnet },
        { peers: peersAt(ENGINE_ADDRESS) },
      )
      await stage.read(first, 0)
      const last = third.add(
        { kind: 'magnet', magnet: stage.magnet },
        { peers: peersAt({ host: '203.0.113.12', port: other.port ?? 0 }) },
      )
      await stage.read(last, 0)
      assert.equal(last.status().bytes.provedAlone, 332_017)
    })()
  })
