import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIB, MIB } from '@matinee/base'
import type { SendableMessage } from '@matinee/protocol'
import { SEEDS } from '@matinee/testkit'
import { onStage } from './stage.ts'

for (const kind of ['v1', 'v2', 'hybrid'] as const)
  test(
    `P2: nineteen of twenty peers corrupt a block of each piece, and a ${kind} film comes all the same`,
    onStage({ kind, files: 4 * MIB, pieceLength: 256 * KIB }, async (stage) => {
      const line = { bytesPerSecond: 200_000 }
      for (let i = 0; i < 19; i++)
        await stage.seed({ ...line, corrupts: ({ begin }) => begin === (i % 16) * 16 * KIB })
      const honest = await stage.seed({ bytesPerSecond: MIB })
      const torrent = stage.add()
      await stage.assertStreams(torrent)
      const { wasted } = torrent.status().bytes
      assert.ok(wasted <= 3 * 4 * MIB, `${wasted} bytes wasted`)
      assert.ok(stage.clock.nowMs() < 60_000, `${stage.clock.nowMs()} ms`)
      assert.equal(honest.connections.size, 1, 'the honest one is still here')
      // The last ones hear of it after the last byte.
      await stage.clock.advance(100)
      const caught = stage.seeds.filter(({ corruptBlocksServed }) => corruptBlocksServed > 0)
      assert.ok(caught.length > 0)
      // A block that came too late to be used is not judged, and may leave its sender alone.
      const left = caught.filter(({ connections }) => connections.size > 0)
      assert.ok(left.length <= 2, `${left.length} of ${caught.length} are still here`)
    }),
  )

const STORMS = [
  ['keep-alives', { kind: 'keep-alive' }],
  ['interest and its end', { kind: 'interested' }],
  ['pieces that it has', { kind: 'have', piece: 0 }],
  ['extension messages', { kind: 'extended', id: 200, payload: new Uint8Array(0) }],
] as const
for (const [what, message] of STORMS)
  test(
    `P18: a storm of ${what} ends the connection, and a film comes beside it`,
    onStage({ kind: 'v1', files: MIB }, async (stage) => {
      await stage.seed()
      const torrent = stage.add()
      await stage.run(torrent.metainfo())
      const calm = await stage.script()
      const storm = await stage.script()
      for (let second = 0; second < 5; second++) {
        calm.send(...Array<SendableMessage>(1900).fill(message))
        await stage.clock.advance(1000)
      }
      storm.send(...Array<SendableMessage>(25_000).fill(message))
      await stage.assertStreams(torrent)
      await stage.run(storm.over, 1000)
      assert.equal(calm.isOver, false, 'two thousand a second are borne')
      assert.ok(stage.reasons.includes('too many messages'), stage.reasons.join())
      calm.close()
    }),
  )

const LIARS = [
  ['never answer', SEEDS.lying('never')],
  ['reject everything', SEEDS.lying('rejects')],
] as const
for (const [what, behaviour] of LIARS)
  test(
    `P5: twenty peers that say they have it all and ${what} do not hold up the start`,
    onStage({ kind: 'v2', files: 8 * MIB, pieceLength: 256 * KIB }, async (stage) => {
      for (let i = 0; i < 20; i++) await stage.seed(behaviour)
      const honest = await stage.seed({ bytesPerSecond: MIB })
      const torrent = stage.add()
      const reading = stage.reading(torrent, 0, { start: 0, end: 64 * KIB })
      await stage.run(reading)
      assert.ok(stage.clock.nowMs() < 2000, `the first bytes came after ${stage.clock.nowMs()} ms`)
      await stage.read(torrent)
      assert.ok(stage.clock.nowMs() < 16_000, `all came after ${stage.clock.nowMs()} ms`)
      assert.equal(honest.bytesServed <= 8.5 * MIB, true)
    }),
  )

for (const kind of ['v1', 'v2'] as const)
  for (const [what, behaviour] of [
    ['takes eight seconds for a block', SEEDS.slow(2 * KIB)],
    ['answers after five seconds', SEEDS.late(5000)],
  ] as const)
    test(
      `a ${kind} film comes from a peer alone that ${what}`,
      onStage({ kind, files: 200 * KIB }, async (stage) => {
        const seed = await stage.seed(behaviour)
        await stage.assertStreams(stage.add())
        assert.deepEqual(seed.cancels, [])
      }),
    )

test(
  'P7: three hundred thousand requests that are never read cost bounded memory, and their sender goes',
  onStage({ kind: 'v1', files: MIB }, async (stage) => {
    await stage.seed()
    await stage.assertStreams(stage.add())
    const peer = await stage.script()
    peer.send({ kind: 'interested' })
    await stage.run(peer.expect('unchoke'))
    peer.pause()
    const request = { kind: 'request', piece: 0, begin: 0, length: 16 * KIB } as const
    for (let i = 0; i < 300; i++) {
      for (let k = 0; k < 1000; k++) peer.send(request)
      await stage.clock.advance(10)
      if (peer.isOver) break
      for (const { bufferedBytes } of stage.us.streams)
        assert.ok(bufferedBytes <= MIB, `${bufferedBytes} bytes wait to be sent`)
    }
    await stage.clock.advance(60_000)
    assert.equal(stage.engine.torrents[0]?.status().peers.connected, 1)
    peer.destroy()
  }),
)

test(
  'P7: blocks for a peer that does not read wait on the disk, not in memory',
  onStage({ kind: 'v1', files: 8 * MIB, pieceLength: MIB }, async (stage) => {
    await stage.seed()
    await stage.assertStreams(stage.add())
    const peer = await stage.script()
    peer.send({ kind: 'interested' })
    await stage.run(peer.expect('unchoke'))
    peer.pause()
    for (let i = 0; i < 400; i++)
      peer.send({ kind: 'request', piece: i % 8, begin: 0, length: 16 * KIB })
    await stage.clock.advance(5000)
    for (const { bufferedBytes } of stage.us.streams)
      assert.ok(bufferedBytes <= MIB, `${bufferedBytes} bytes wait to be sent`)
    peer.resume()
    await stage.clock.advance(5000)
    assert.equal(peer.seen.filter((kind) => kind === 'piece').length, 400)
    peer.close()
  }),
)

test(
  'storms of messages that mean nothing do not stop a film',
  onStage({ kind: 'v2', files: 2 * MIB, line: { rateBytesPerSecond: 4 * MIB } }, async (stage) => {
    await stage.seed({ bytesPerSecond: MIB })
    const torrent = stage.add()
    const peer = await stage.script()
    const reading = stage.reading(torrent)
    const cpu = process.cpuUsage()
    for (let i = 0; i < 20 && !peer.isOver; i++) {
      for (let k = 0; k < 500; k++)
        peer.send(
          { kind: 'keep-alive' },
          { kind: 'choke' },
          { kind: 'unchoke' },
          { kind: 'interested' },
          { kind: 'not-interested' },
          { kind: 'have', piece: k % 32 },
          { kind: 'extended', id: 99, payload: new Uint8Array(0) },
        )
      await stage.clock.advance(100)
    }
    stage.assertRight(await stage.run(reading), 0, { start: 0, end: 2 * MIB })
    assert.ok(stage.clock.nowMs() < 8000, `${stage.clock.nowMs()} ms`)
    assert.ok(process.cpuUsage(cpu).user < 10_000_000)
    peer.close()
  }),
)
