import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIB, MIB } from '@matinee/base'
import { SEEDS, type SeedBehaviour } from '@matinee/testkit'
import { onStage } from './stage.ts'

const BAD: readonly (readonly [string, SeedBehaviour])[] = [
  ['slow', SEEDS.slow(2 * KIB)],
  ['silent', SEEDS.silent],
  ['choking', SEEDS.choking],
  ['late', SEEDS.late(4000)],
  ['mute', SEEDS.mute],
  ['lying and silent', SEEDS.lying('never')],
  ['lying and rejecting', SEEDS.lying('rejects')],
  ['partial', SEEDS.partial(0.5)],
  ['leaving after five blocks', { closesAfterBlocks: 5 }],
  ['without the fast extension, silent', { ...SEEDS.silent, lacks: ['fast'] }],
  ['without the fast extension, lying', { ...SEEDS.lying('rejects'), lacks: ['fast'] }],
]

for (const kind of ['v1', 'v2', 'hybrid'] as const)
  for (const [name, behaviour] of BAD)
    test(
      `a ${kind} film comes whole and right beside peers that are ${name}`,
      onStage({ kind, files: 900_000 }, async (stage) => {
        await stage.seed(behaviour)
        await stage.seed(behaviour)
        await stage.seed({ bytesPerSecond: 500_000 })
        const torrent = stage.add()
        await stage.assertStreams(torrent)
        // Alone, the honest seed takes two seconds.
        assert.ok(stage.clock.nowMs() < 20_000, `${stage.clock.nowMs()} ms`)
      }),
    )

for (const kind of ['v1', 'v2', 'hybrid'] as const)
  test(
    `a ${kind} film comes from halves that nobody has whole`,
    onStage({ kind, files: MIB }, async (stage) => {
      const odd = (rest: number): number[] =>
        Array.from({ length: 16 }, (_, i) => i).filter((i) => i % 2 === rest)
      const even = await stage.seed({ has: { pieces: odd(0) } })
      const uneven = await stage.seed({ has: { pieces: odd(1) } })
      await stage.assertStreams(stage.add())
      assert.equal(even.bytesServed, MIB / 2)
      assert.equal(uneven.bytesServed, MIB / 2)
    }),
  )

test(
  'peers share the work, and no block is fetched twice from peers that are on time',
  onStage({ kind: 'v2', files: 8 * MIB, pieceLength: 256 * KIB }, async (stage) => {
    for (let i = 0; i < 4; i++) await stage.seed({ bytesPerSecond: MIB })
    const torrent = stage.add()
    await stage.assertStreams(torrent)
    for (const seed of stage.seeds) assert.ok(seed.bytesServed > MIB, `${seed.bytesServed}`)
    const served = stage.seeds.reduce((sum, seed) => sum + seed.bytesServed, 0)
    assert.ok(served < 8.5 * MIB, `${served} bytes for 8 MiB`)
    assert.ok(stage.clock.nowMs() < 4000, `${stage.clock.nowMs()} ms`)
  }),
)

test(
  'a peer that comes later, by dialing us, is used at once',
  onStage({ kind: 'hybrid', files: MIB }, async (stage) => {
    const torrent = stage.add()
    const reading = stage.reading(torrent)
    await stage.clock.advance(5000)
    const seed = await stage.seed()
    const { host, port } = { host: stage.us.address, port: stage.engine.port ?? 0 }
    await stage.run(seed.dial({ host, port }, 'v2'))
    stage.assertRight(await stage.run(reading), 0, { start: 0, end: MIB })
    assert.ok(stage.clock.nowMs() < 7000)
  }),
)

test(
  'a connection that breaks is dialed again',
  onStage({ kind: 'v1', files: 2 * MIB }, async (stage) => {
    const seed = await stage.seed({ bytesPerSecond: 300_000 })
    const torrent = stage.add()
    const reading = stage.reading(torrent)
    await stage.clock.advance(2000)
    for (const connection of seed.connections) connection.destroy()
    stage.assertRight(await stage.run(reading), 0, { start: 0, end: 2 * MIB })
    assert.equal(seed.connectionCount, 2)
  }),
)

test(
  'no more connections are kept than were asked for',
  onStage({ kind: 'v2', engine: { maxPeers: 3 } }, async (stage) => {
    for (let i = 0; i < 8; i++) await stage.seed()
    const torrent = stage.add()
    await stage.clock.advance(3000)
    assert.equal(torrent.status().peers.connected, 3)
    const late = await stage.seed()
    await stage.run(late.dial({ host: stage.us.address, port: 6881 }))
    await stage.clock.advance(1000)
    assert.equal(torrent.status().peers.connected, 3)
    assert.equal(late.connections.size, 0)
  }),
)

test(
  'an engine that is told its own address does not talk to itself',
  onStage({ kind: 'v2' }, async (stage) => {
    await stage.seed()
    const torrent = stage.add()
    torrent.addPeers([{ host: stage.us.address, port: 6881 }], 'tracker')
    await stage.clock.advance(10_000)
    assert.equal(torrent.status().peers.connected, 1)
    await stage.assertStreams(torrent)
  }),
)

test(
  'an engine that is full of peers who never unchoke makes place for an address that was never tried',
  onStage({ kind: 'v2', files: MIB, engine: { maxPeers: 3 } }, async (stage) => {
    for (let i = 0; i < 3; i++) await stage.seed({ unchokes: false })
    const torrent = stage.add()
    const reading = stage.reading(torrent)
    await stage.clock.advance(2000)
    const late = await stage.seed()
    assert.ok(late.address)
    torrent.addPeers([late.address], 'tracker')
    stage.assertRight(await stage.run(reading), 0, { start: 0, end: MIB })
    assert.ok(stage.clock.nowMs() < 60_000, `${stage.clock.nowMs()} ms`)
    assert.deepEqual(stage.reasons, ['makes place'])
  }),
)
