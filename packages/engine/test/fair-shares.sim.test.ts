import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIB, MIB } from '@matinee/base'
import { handshakeHash } from '@matinee/protocol'
import { ScriptedPeer, makeTorrent, type MadeTorrent } from '@matinee/testkit'
import { ENGINE_ADDRESS, onStage, type Stage } from './stage.ts'

/** Torrents besides the film, all of their bytes in files of their own. */
function passOn(stage: Stage, count: number) {
  return Array.from({ length: count }, (_, i) => {
    const made = makeTorrent({ kind: 'v1', files: 256 * KIB, seed: 100 + i, name: `other ${i}` })
    const path = `/own/${i}`
    stage.disk.poke(path, 0, made.bytesAt({ start: 0, end: 256 * KIB }))
    const source = { kind: 'metainfo', metainfo: made.metainfo } as const
    return { made, torrent: stage.engine.add(source, { filesFrom: [path] }) }
  })
}

/** Somebody who dials the engine and wants a torrent. */
async function visitor(stage: Stage, { metainfo }: MadeTorrent, i: number) {
  const dialing = ScriptedPeer.dial(
    stage.host().network,
    ENGINE_ADDRESS,
    metainfo.layout.pieceCount,
  )
  const peer = await stage.run(dialing)
  peer.greet(handshakeHash(metainfo.infoHashes, 'v1'), {}, `visitor ${i}`)
  peer.theirHandshake.catch(() => {})
  peer.over.catch(() => {})
  await stage.clock.advance(50)
  peer.send({ kind: 'interested' })
  return peer
}

test(
  'A11: when connections are short the film that plays gets them, and those who only take make place',
  onStage({ kind: 'v1', files: 2 * MIB, engine: { maxConnections: 12 } }, async (stage) => {
    const others = passOn(stage, 6)
    await stage.clock.advance(1000)
    const visitors: ScriptedPeer[] = []
    for (const [i, { made }] of others.entries())
      for (let n = 0; n < 2; n++) visitors.push(await visitor(stage, made, 2 * i + n))
    await stage.clock.advance(3000)
    const connected = (): number =>
      stage.engine.torrents.reduce((sum, torrent) => sum + torrent.status().peers.connected, 0)
    assert.equal(connected(), 12)
    for (let i = 0; i < 8; i++) await stage.seed({ bytesPerSecond: 40 * KIB })
    const film = stage.add()
    const reading = stage.reading(film)
    await stage.clock.advance(4000)
    assert.equal(film.status().peers.connected, 8)
    assert.ok(connected() <= 12, `${connected()}`)
    const left = others.map(({ torrent }) => torrent.status().peers.connected)
    assert.ok(Math.max(...left) <= 1, `what is left is shared: ${left.join(' ')}`)
    stage.assertRight(await stage.run(reading), 0, { start: 0, end: 2 * MIB })
    for (const peer of visitors) peer.destroy()
  }),
)

test(
  'A11: when slots are short people are served of every torrent, and nobody waits for ever',
  onStage({ kind: 'v1', files: MIB, engine: { maxUploads: 6 } }, async (stage) => {
    const others = passOn(stage, 3)
    await stage.clock.advance(1000)
    const visitors: ScriptedPeer[] = []
    // One torrent has many visitors, two have few.
    for (const [i, { made }] of others.entries())
      for (let n = 0; n < (i === 0 ? 10 : 2); n++)
        visitors.push(await visitor(stage, made, 100 * i + n))
    await stage.clock.advance(15_000)
    const isServed = (peer: ScriptedPeer): boolean =>
      peer.seen.lastIndexOf('unchoke') > peer.seen.lastIndexOf('choke')
    assert.ok(visitors.slice(10).every(isServed), 'who is one of few is served')
    const served = visitors.filter(isServed).length
    assert.ok(served >= 5 && served <= 6, `${served} are served`)
    for (const peer of visitors) peer.destroy()
  }),
)

test(
  'A11: while a film is about to stop, other torrents give nothing for a while either',
  onStage({ kind: 'v1', files: 4 * MIB }, async (stage) => {
    const [other] = passOn(stage, 1)
    assert.ok(other)
    await stage.clock.advance(1000)
    const peer = await visitor(stage, other.made, 1)
    await stage.clock.advance(1000)
    assert.ok(peer.seen.includes('unchoke'))
    await stage.seed({ bytesPerSecond: 20 * KIB })
    const reading = stage.reading(stage.add())
    reading.catch(() => {})
    await stage.clock.advance(3000)
    peer.send({ kind: 'request', piece: 0, begin: 0, length: 16 * KIB })
    await stage.clock.advance(2000)
    assert.ok(!peer.seen.includes('piece'), 'the film comes first')
    await stage.clock.advance(8000)
    assert.ok(peer.seen.includes('piece'), 'but not for ever')
    peer.destroy()
  }),
)
