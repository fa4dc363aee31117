import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HOUR_MS, KIB, MINUTE_MS, SECOND_MS } from '@matinee/base'
import { mayDial } from '@matinee/net'
import { handshakeHash } from '@matinee/protocol'
import { makeTorrent, type SeedPeer } from '@matinee/testkit'
import { verifyEd25519 } from '../src/node/system.ts'
import { DhtCrowd, ENTRANCE } from './dht-crowd.ts'
import { ENGINE_ADDRESS, FOLDER, onStage, peersAt, type Stage } from './stage.ts'

const NEVER = new AbortController().signal
const DHT = { dht: { bootstrap: [ENTRANCE], verify: verifyEd25519 } }

/** Twenty nodes that an engine finds by name. */
function crowdOn({ sim, clock }: Stage): Promise<DhtCrowd> {
  return DhtCrowd.open({ seed: 'twenty', nodes: 20, sim, clock })
}

/** Announces a seed in the DHT, under one of the torrent's hashes. */
async function enlist(
  stage: Stage,
  crowd: DhtCrowd,
  seed: SeedPeer,
  version: 'v1' | 'v2',
): Promise<void> {
  const host = stage.sim.at(seed.address?.host ?? '')
  assert.ok(host && seed.address)
  const dht = crowd.dht(host)
  const infoHash = handshakeHash(stage.made.metainfo.infoHashes, version)
  const announcePort = seed.address.port
  const end = await stage.run(
    dht.findPeers(infoHash, { announcePort, onPeers: () => {}, signal: NEVER }),
  )
  assert.equal(end.kept, 8)
}

for (const [kind, version] of [
  ['v1', 'v1'],
  ['v2', 'v2'],
  ['hybrid', 'v1'],
  ['hybrid', 'v2'],
] as const)
  test(
    `a ${kind} film whose ${version} swarm is in the DHT alone comes by metainfo and by magnet link`,
    onStage({ kind, files: 300 * KIB, engine: DHT }, async (stage) => {
      await using crowd = await crowdOn(stage)
      await enlist(stage, crowd, await stage.seed(), version)
      const torrent = stage.add({ peers: [] })
      await stage.assertStreams(torrent)
      assert.ok(torrent.status().searches.some(({ kind: state }) => state === 'searched'))
      assert.equal(stage.sim.traffic.find((one) => one.kind === 'dial')?.learnedFrom, 'dht')
      await stage.run(stage.engine.remove(torrent))
      const { v1, v2 } = stage.made.metainfo.infoHashes
      const one = version === 'v1' ? { v1, v2: null } : { v1: null, v2 }
      const byMagnet = stage.addMagnet({ peers: [] }, stage.magnetOf(one))
      await stage.assertStreams(byMagnet)
    }),
  )

test(
  'we are announced in the DHT, under both hashes of a hybrid, and again after a quarter of an hour',
  onStage({ kind: 'hybrid', files: 300 * KIB, engine: DHT }, async (stage) => {
    await using crowd = await crowdOn(stage)
    await using other = crowd.dht(crowd.host())
    stage.add()
    const isFound = async (version: 'v1' | 'v2'): Promise<boolean> => {
      const infoHash = handshakeHash(stage.made.metainfo.infoHashes, version)
      const found: string[] = []
      await stage.run(
        other.findPeers(infoHash, {
          announcePort: null,
          onPeers: (peers) => found.push(...peers.map(({ host, port }) => `${host}:${port}`)),
          signal: NEVER,
        }),
      )
      return found.includes(`${ENGINE_ADDRESS.host}:${ENGINE_ADDRESS.port}`)
    }
    await stage.clock.advance(10 * SECOND_MS)
    assert.ok((await isFound('v1')) && (await isFound('v2')))
    await stage.clock.advance(2 * HOUR_MS)
    assert.ok((await isFound('v1')) && (await isFound('v2')))
    await stage.endEngine(stage.engine)
    await stage.clock.advance(HOUR_MS)
    assert.ok(!(await isFound('v1')) && !(await isFound('v2')))
  }),
)

test(
  'no datagram leaves before a torrent is there, and none at all for one that is not for the DHT',
  onStage({ kind: 'v1', files: 300 * KIB, isPrivate: true, engine: DHT }, async (stage) => {
    await using _crowd = await crowdOn(stage)
    await stage.clock.advance(HOUR_MS)
    assert.deepEqual(stage.sim.traffic, [])
    await stage.seed()
    await stage.assertStreams(stage.add())
    await stage.clock.advance(HOUR_MS)
    const kinds = new Set(stage.sim.traffic.map(({ kind }) => kind))
    assert.deepEqual([...kinds], ['dial'])
  }),
)

test(
  'F9: a private torrent that came by magnet link leaves the DHT when its metadata says so, and remembers nobody',
  onStage({ kind: 'v1', files: 300 * KIB, isPrivate: true, engine: DHT }, async (stage) => {
    await using _crowd = await crowdOn(stage)
    await stage.seed()
    const torrent = stage.addMagnet()
    await stage.assertStreams(torrent)
    assert.deepEqual(torrent.status().searches, [])
    await stage.endEngine(stage.engine)
    const { v1 } = stage.made.metainfo.infoHashes
    assert.ok(!(await stage.disk.list(`${FOLDER}/${String(v1)}`)).includes('peers'))
  }),
)

test(
  'A12: a viewer whose tracker is dead starts through the DHT within fifteen seconds',
  onStage({ kind: 'v2', files: 300 * KIB, engine: DHT }, async (stage) => {
    await using crowd = await crowdOn(stage)
    await enlist(stage, crowd, await stage.seed(), 'v2')
    const dead = stage.host()
    dead.goDown('silence')
    const trackers = [`http://${dead.address}/announce`, `udp://${dead.address}:6969/announce`]
    const startMs = stage.clock.nowMs()
    await stage.assertStreams(stage.add({ peers: [], trackers }))
    const tookMs = stage.clock.nowMs() - startMs
    assert.ok(tookMs <= 15_000, `${tookMs} ms`)
  }),
)

test(
  'A12: with everybody’s server gone a viewer starts with the peers of the last time',
  onStage({ kind: 'hybrid', files: 300 * KIB, engine: DHT }, async (stage) => {
    const seed = await stage.seed()
    await stage.assertStreams(stage.add())
    const { v1 } = stage.made.metainfo.infoHashes
    await stage.restart()
    // What was here is gone, but not who had it.
    for (const name of await stage.disk.list(`${FOLDER}/${String(v1)}`))
      if (name !== 'peers') await stage.disk.remove(`${FOLDER}/${String(v1)}/${name}`)
    const startMs = stage.clock.nowMs()
    const before = stage.sim.traffic.length
    await stage.assertStreams(stage.addMagnet({ peers: [] }))
    const tookMs = stage.clock.nowMs() - startMs
    assert.ok(tookMs <= 15_000, `${tookMs} ms`)
    const dial = stage.sim.traffic.slice(before).find(({ kind }) => kind === 'dial')
    assert.equal(dial?.learnedFrom, 'remembered')
    assert.equal(dial?.to, `${seed.address?.host ?? ''}:6881`)
  }),
)

test(
  'A21: a damaged list of remembered peers or nodes is as good as none',
  onStage({ kind: 'v1', files: 300 * KIB, engine: DHT }, async (stage) => {
    await using crowd = await crowdOn(stage)
    await enlist(stage, crowd, await stage.seed(), 'v1')
    const { v1 } = stage.made.metainfo.infoHashes
    const folder = `${FOLDER}/${String(v1)}`
    await stage.disk.makeFolder(folder)
    for (const path of [`${folder}/peers`, `${FOLDER}/dht`]) {
      const file = await stage.disk.open(path, 'write')
      await file.write(0, [crowd.random.bytes(3000)])
      await file.close()
    }
    await stage.assertStreams(stage.add({ peers: [] }))
  }),
)

test(
  'the nodes of the last time lead into the DHT when nobody else does',
  onStage({ kind: 'v1', files: 300 * KIB, engine: DHT }, async (stage) => {
    await using crowd = await crowdOn(stage)
    const seed = await stage.seed()
    await enlist(stage, crowd, seed, 'v1')
    const torrent = stage.add()
    await stage.clock.advance(MINUTE_MS)
    await stage.run(stage.engine.remove(torrent))
    await stage.restart()
    stage.sim.names.clear()
    const { v1 } = stage.made.metainfo.infoHashes
    await stage.disk.remove(`${FOLDER}/${String(v1)}/peers`)
    const before = stage.sim.traffic.length
    await stage.assertStreams(stage.add({ peers: [] }))
    const later = stage.sim.traffic.slice(before)
    assert.ok(!later.some(({ kind }) => kind === 'resolve'), 'no server was asked')
  }),
)

test(
  'the exact source of a magnet link gives the metadata when no peer does',
  onStage({ kind: 'v2', files: 300 * KIB }, async (stage) => {
    const server = stage.host()
    server.serveHttp(80, () => ({ body: stage.made.torrentFile }))
    const { infoHashes } = stage.made.metainfo
    const exactSource = `http://${server.address}/film.torrent`
    const torrent = stage.addMagnet({ peers: [] }, stage.magnetOf(infoHashes, { exactSource }))
    const metainfo = await stage.run(torrent.metainfo())
    assert.deepEqual(metainfo.infoHashes, infoHashes)
    assert.ok(metainfo.pieceLayer(0), 'the layers came along')
  }),
)

test(
  'F10: an exact source that gives another torrent, nonsense or too much is as good as none',
  onStage({ kind: 'v1', files: 300 * KIB }, async (stage) => {
    const server = stage.host()
    const other = makeTorrent({ kind: 'v1', files: 100, seed: 7 })
    const answers = [other.torrentFile, new Uint8Array(100), new Uint8Array(11 * 1024 * KIB)]
    const { infoHashes } = stage.made.metainfo
    for (const body of answers) {
      server.listeners.clear()
      server.serveHttp(80, () => ({ body }))
      const exactSource = `http://${server.address}/film.torrent`
      const torrent = stage.addMagnet({ peers: [] }, stage.magnetOf(infoHashes, { exactSource }))
      await stage.clock.advance(20 * SECOND_MS)
      assert.equal(torrent.status().phase.kind, 'finding-metadata')
      await stage.run(stage.engine.remove(torrent))
    }
    await stage.seed()
    await stage.assertStreams(stage.addMagnet())
  }),
)

test(
  'F10: what a magnet link names on this computer or its network is not asked',
  onStage(
    {
      kind: 'v1',
      files: 300 * KIB,
      line: { mayDial: (to, from) => mayDial(to, from, { allowLocal: false }) },
    },
    async (stage) => {
      const { infoHashes } = stage.made.metainfo
      const peers = ['127.0.0.1', '192.168.1.1', '10.0.0.1'].map((host) => ({ host, port: 6881 }))
      const magnet = stage.magnetOf(infoHashes, {
        peers,
        exactSource: 'http://127.0.0.1:9091/film.torrent',
        trackers: ['http://192.168.1.1/announce', 'udp://10.0.0.1:6969'],
      })
      stage.engine.add({ kind: 'magnet', magnet })
      await stage.clock.advance(MINUTE_MS)
      assert.ok(stage.sim.traffic.length > 0)
      assert.ok(stage.sim.traffic.every(({ isRefused }) => isRefused))
    },
  ),
)

test(
  'a peer that lied is not remembered',
  onStage({ kind: 'v2', files: 300 * KIB }, async (stage) => {
    const liar = await stage.seed({ corrupts: () => true })
    const honest = await stage.seed({ bytesPerSecond: 100_000 })
    await stage.assertStreams(stage.add())
    await stage.restart()
    const { address } = honest
    assert.ok(address && liar.address)
    const before = stage.sim.traffic.length
    stage.add({ peers: peersAt() })
    await stage.clock.advance(SECOND_MS)
    const dialed = stage.sim.traffic.slice(before).map(({ to }) => to)
    assert.deepEqual(dialed, [`${address.host}:${address.port}`])
  }),
)

test(
  'a peer that is a node of the DHT is told that we are one, and asked',
  onStage({ kind: 'v1', files: 300 * KIB, engine: DHT }, async (stage) => {
    stage.add()
    const from = stage.host()
    const node = await stage.script({ dht: true }, { from })
    const port = await stage.run(node.expect('port'))
    assert.equal(port.port, ENGINE_ADDRESS.port)
    node.send({ kind: 'port', port: 9999 })
    await stage.clock.advance(SECOND_MS)
    const asked = stage.sim.sentTo(from.address).filter(({ kind }) => kind === 'datagram')
    assert.deepEqual(
      asked.map(({ to }) => to),
      [`${from.address}:9999`],
    )
  }),
)

test(
  'F9: a private torrent says nothing of the DHT, and hears nothing of it',
  onStage({ kind: 'v1', files: 300 * KIB, isPrivate: true, engine: DHT }, async (stage) => {
    stage.add()
    const from = stage.host()
    const peer = await stage.script({ dht: true }, { from })
    assert.equal((await stage.run(peer.theirHandshake)).reserved.dht, false)
    peer.send({ kind: 'port', port: 9999 })
    await stage.clock.advance(SECOND_MS)
    assert.deepEqual(stage.sim.sentTo(from.address), [])
  }),
)
