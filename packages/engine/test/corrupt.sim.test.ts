import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIB, MIB } from '@matinee/base'
import { SEEDS, type SeedPeer } from '@matinee/testkit'
import type { Torrent } from '../src/index.ts'
import { onStage, type Stage } from './stage.ts'

const BLOCKS = 200

/** Whether the engine turns a seed's address away. */
async function isBanned(stage: Stage, seed: SeedPeer): Promise<boolean> {
  const { connectionCount } = seed
  const torrent = stage.engine.torrents[0]
  assert.ok(torrent && seed.address)
  torrent.addPeers([seed.address], 'user')
  await stage.clock.advance(30_000)
  return seed.connections.size === 0 && seed.connectionCount === connectionCount
}

async function assertBanned(stage: Stage, bad: SeedPeer, torrent: Torrent): Promise<void> {
  for (const seed of stage.seeds)
    assert.equal(
      await isBanned(stage, seed),
      seed === bad,
      `ban of seed ${stage.seeds.indexOf(seed)}`,
    )
  assert.equal(torrent.status().phase.kind, 'live')
}

for (const kind of ['v1', 'v2', 'hybrid'] as const)
  test(
    `P1: one corrupted block in ${BLOCKS} of a ${kind} torrent reaches nobody, and its sender alone is banned`,
    onStage({ kind, files: BLOCKS * 16 * KIB }, async (stage) => {
      const line = { bytesPerSecond: 400_000 }
      const bad = await stage.seed({ ...line, ...corruptsOnce() })
      await stage.seed(line)
      await stage.seed(line)
      const torrent = stage.add()
      await stage.assertStreams(torrent)
      assert.equal(bad.corruptBlocksServed, 1)
      await assertBanned(stage, bad, torrent)
      // What is on the disk is right too.
      await stage.restart()
      await stage.assertStreams(stage.add({ peers: [] }))
    }),
  )

for (const kind of ['v1', 'v2', 'hybrid'] as const)
  test(
    `P1: a seed of a ${kind} torrent that corrupts everything is found out`,
    onStage({ kind, files: 2 * MIB, pieceLength: 128 * KIB }, async (stage) => {
      const bad = await stage.seed({ corrupts: () => true })
      await stage.seed({ bytesPerSecond: 400_000 })
      await stage.seed({ bytesPerSecond: 400_000 })
      const torrent = stage.add()
      await stage.assertStreams(torrent)
      assert.ok(bad.corruptBlocksServed > 0)
      const { wasted } = torrent.status().bytes
      assert.ok(wasted <= 6 * 128 * KIB, `${wasted} bytes wasted`)
      await assertBanned(stage, bad, torrent)
    }),
  )

for (const kind of ['v1', 'v2', 'hybrid'] as const)
  test(
    `P1: a seed that corrupts its share of every piece of a ${kind} torrent is found out within three pieces`,
    onStage({ kind, files: 4 * MIB, pieceLength: 256 * KIB }, async (stage) => {
      const line = { bytesPerSecond: 150_000 }
      const bad = await stage.seed({ ...line, corrupts: () => true })
      await stage.seed(line)
      await stage.seed(line)
      const torrent = stage.add()
      await stage.assertStreams(torrent)
      const { wasted } = torrent.status().bytes
      assert.ok(wasted <= 3 * 256 * KIB, `${wasted} bytes wasted`)
      await assertBanned(stage, bad, torrent)
    }),
  )

for (const kind of ['v2', 'hybrid'] as const)
  test(
    `P1: a seed that corrupts blocks of a ${kind} torrent is found out where nobody has leaves, too`,
    onStage({ kind, files: 2 * MIB, pieceLength: 128 * KIB }, async (stage) => {
      const honest = { bytesPerSecond: 150_000, hashes: 'rejects' } as const
      const bad = await stage.seed({ ...honest, corrupts: () => true })
      await stage.seed(honest)
      await stage.seed(honest)
      const torrent = stage.add()
      await stage.assertStreams(torrent)
      await assertBanned(stage, bad, torrent)
    }),
  )

for (const kind of ['v1', 'v2'] as const)
  test(
    `P1: with corrupting seeds alone, no byte of a ${kind} torrent is given out`,
    onStage({ kind, files: MIB }, async (stage) => {
      await stage.seed(SEEDS.corruptingEvery(1))
      await stage.seed(SEEDS.corruptingEvery(1))
      const torrent = stage.add()
      const reader = await stage.run(torrent.openFile(0, { start: 0, end: MIB }))
      let count = 0
      const reading = (async () => {
        for await (const bytes of reader) count += bytes.length
      })()
      reading.catch(() => {})
      await stage.clock.advance(60_000)
      assert.equal(count, 0)
      assert.equal(torrent.status().bytes.verified, 0)
      await reader[Symbol.asyncDispose]()
      await assert.rejects(reading, { name: 'AbortError' })
    }),
  )

test(
  'P1: corrupted blocks are not given on to others',
  onStage({ kind: 'v1', files: MIB }, async (stage) => {
    await stage.seed({ corrupts: ({ piece }) => piece === 3, bytesPerSecond: 200_000 })
    const torrent = stage.add()
    const reading = stage.reading(torrent)
    reading.catch(() => {})
    const leech = await stage.script()
    leech.send({ kind: 'interested' })
    await stage.clock.advance(20_000)
    const told = leech.inbox.filter((message) => message.kind === 'have')
    assert.ok(told.length > 0)
    assert.ok(told.every(({ piece }) => piece !== 3))
    leech.send({ kind: 'request', piece: 3, begin: 0, length: 16_384 })
    await stage.run(leech.expect('reject', ({ piece }) => piece === 3))
  }),
)

for (const lie of [null, 1])
  test(
    `P1: blocks that came before their leaves are judged when those come: ${lie === null ? 'right' : 'one wrong'}`,
    onStage({ kind: 'v2', files: MIB, pieceLength: 256 * KIB }, async (stage) => {
      const seed = await stage.seed()
      const torrent = stage.add({ peers: [] })
      const peer = await stage.script()
      peer.send({ kind: 'have-all' }, { kind: 'unchoke' })
      const reading = stage.reading(torrent)
      const asked = await stage.run(peer.expect('hash-request'))
      for (let i = 0; i < 3; i++) {
        const { piece, begin, length } = await stage.run(peer.expect('request'))
        const start = piece * 256 * KIB + begin
        const block = stage.made.bytesAt({ start, end: start + length })
        if (i === lie) block.fill(7, 100, 200)
        peer.send({ kind: 'piece', piece, begin, block })
      }
      await stage.clock.advance(500)
      assert.deepEqual([torrent.status().bytes.verified, peer.isOver], [0, false])
      const hashes = seed.hashes.answer(asked)
      assert.ok(hashes)
      peer.send({ ...asked, kind: 'hashes', hashes })
      await stage.clock.advance(500)
      assert.equal(torrent.status().bytes.verified, (lie === null ? 3 : 2) * 16 * KIB)
      assert.equal(peer.isOver, lie !== null)
      assert.ok(seed.address)
      torrent.addPeers([seed.address], 'user')
      if (lie === null) peer.close()
      stage.assertRight(await stage.run(reading), 0, { start: 0, end: MIB })
    }),
  )

function corruptsOnce(): { readonly corrupts: () => boolean } {
  let count = 0
  return { corrupts: () => ++count === 30 }
}
