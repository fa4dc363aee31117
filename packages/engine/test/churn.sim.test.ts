import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MIB } from '@matinee/base'
import { handshakeHash } from '@matinee/protocol'
import { ScriptedPeer } from '@matinee/testkit'
import { ENGINE_ADDRESS, onStage } from './stage.ts'

test(
  'P17: somebody who connects again and again under one name has one place, and a film goes on beside it',
  onStage({ kind: 'hybrid', files: 4 * MIB }, async (stage) => {
    await stage.seed({ bytesPerSecond: MIB })
    const torrent = stage.add()
    const reading = stage.reading(torrent)
    const { infoHashes, layout } = stage.made.metainfo
    const host = stage.host()
    const peers: ScriptedPeer[] = []
    for (let i = 0; i < 300; i++) {
      const dialing = ScriptedPeer.dial(host.network, ENGINE_ADDRESS, layout.pieceCount)
      dialing.then(
        (peer) => {
          peer.greet(handshakeHash(infoHashes, 'v1'), {}, 'again')
          peers.push(peer)
        },
        // Refused is fine.
        () => {},
      )
      await stage.clock.advance(6)
      assert.ok(torrent.status().peers.connected <= 2, 'the seed and one of the others')
    }
    stage.assertRight(await stage.run(reading), 0, { start: 0, end: 4 * MIB })
    assert.ok(stage.clock.nowMs() < 6000, `${stage.clock.nowMs()} ms`)
    assert.equal(peers.filter((peer) => !peer.isOver).length, 1)
    for (const peer of peers) peer.destroy()
  }),
)

test(
  'P17: two engines that dial each other at the same moment keep one connection, and the film comes over it',
  onStage({ kind: 'v2', files: MIB }, async (stage) => {
    const seed = await stage.seed()
    const host = stage.host()
    const other = await stage.openEngine(host, { folder: '/other' })
    const source = { kind: 'metainfo', metainfo: stage.made.metainfo } as const
    assert.ok(seed.address)
    const there = other.add(source, { peers: [{ address: seed.address, learnedFrom: 'user' }] })
    await stage.run(stage.reading(there))
    const here = stage.add({ peers: [] })
    here.addPeers([{ host: host.address, port: 6881 }], 'user')
    there.addPeers([ENGINE_ADDRESS], 'user')
    const reading = stage.reading(here)
    await stage.clock.advance(1000)
    const between = [...stage.us.streams].filter(({ remote }) => remote.host === host.address)
    assert.equal(between.length, 1)
    stage.assertRight(await stage.run(reading), 0, { start: 0, end: MIB })
    assert.ok(stage.clock.nowMs() < 10_000, `${stage.clock.nowMs()} ms`)
  }),
)
