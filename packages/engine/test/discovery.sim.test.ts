import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HOUR_MS, KIB, LIMITS, MIB, MINUTE_MS, sleep, toHex, utf8Bytes } from '@matinee/base'
import {
  BencodeDictionary,
  encodeBencode,
  encodeUdpConnectAnswer,
  handshakeHash,
} from '@matinee/protocol'
import { FakeClock, FakeDisk, SEEDS, SimTracker } from '@matinee/testkit'
import type { SeedPeer, TrackerManner } from '@matinee/testkit'
import { onStage, peersAt, type Stage } from './stage.ts'

/** A tracker on a host of its own, at both of its URLs. */
async function tracker(stage: Stage, intervalSeconds?: number) {
  const simulated = new SimTracker(stage.clock, intervalSeconds)
  const host = stage.host()
  host.serveHttp(80, simulated.handleHttp)
  await simulated.bindUdp(host.network, { host: host.address, port: 6969 })
  const http = `http://${host.address}/announce`
  return { simulated, http, udp: `udp://${host.address}:6969/announce` }
}

/** Puts a seed into the swarms of a tracker, as if it had announced. */
function enlist(stage: Stage, simulated: SimTracker, seed: SeedPeer): void {
  const { infoHashes } = stage.made.metainfo
  for (const version of ['v1', 'v2'] as const)
    if (infoHashes[version] && seed.address)
      simulated.add(handshakeHash(infoHashes, version), seed.address)
}

for (const over of ['http', 'udp'] as const)
  for (const kind of ['v1', 'v2', 'hybrid'] as const)
    test(
      `a ${kind} film comes from peers of a tracker over ${over}, which is told of start, end and goodbye`,
      onStage({ kind, files: 300 * KIB }, async (stage) => {
        const { simulated, [over]: url } = await tracker(stage)
        enlist(stage, simulated, await stage.seed())
        const torrent = stage.add({ peers: [], trackers: [url] })
        await stage.assertStreams(torrent)
        await stage.clock.advance(1000)
        await stage.endEngine(stage.engine)
        const { infoHashes } = stage.made.metainfo
        for (const version of ['v1', 'v2'] as const) {
          const infoHash = infoHashes[version] && toHex(handshakeHash(infoHashes, version))
          const announces = simulated.announces
            .map(({ announce }) => announce)
            .filter((announce) => toHex(announce.infoHash) === infoHash)
          const events = announces.map(({ event }) => event)
          assert.deepEqual(events, infoHash ? ['started', 'completed', 'stopped'] : [])
          const left = announces.map((announce) => announce.left)
          assert.deepEqual(left, infoHash ? [300 * KIB, 0, 0] : [])
          if (infoHash) assert.equal(announces[0]?.port, 6881)
          if (infoHash) assert.ok((announces[1]?.downloaded ?? 0) >= 300 * KIB)
        }
      }),
    )

test(
  'a tracker is asked again as often as it says, but never more than once a minute',
  onStage({ kind: 'v1' }, async (stage) => {
    const slow = await tracker(stage, 1200)
    const hasty = await tracker(stage, 1)
    stage.add({ trackers: [slow.http, hasty.udp] })
    await stage.clock.advance(HOUR_MS + MINUTE_MS)
    assert.equal(slow.simulated.announces.length, 4)
    assert.ok(hasty.simulated.announces.length <= 62, `${hasty.simulated.announces.length}`)
    assert.ok(hasty.simulated.announces.length >= 55)
  }),
)

test(
  'a seed that went and comes back is found within ten seconds by who waits for it',
  onStage({ kind: 'hybrid', files: 300 * KIB }, async (stage) => {
    const { simulated, http } = await tracker(stage, 1800)
    const host = stage.host()
    const address = { host: host.address, port: 6881 }
    const { infoHashes } = stage.made.metainfo
    for (const version of ['v1', 'v2'] as const)
      simulated.add(handshakeHash(infoHashes, version), address)
    const torrent = stage.add({ peers: [], trackers: [http] })
    const stop = new AbortController()
    const waiting = torrent.openFile(0, { start: 0, end: 300 * KIB }, stop.signal)
    await stage.clock.advance(5 * MINUTE_MS)
    await stage.seed({}, { network: host.network, address })
    await stage.clock.advance(10_000 + 2000)
    assert.ok(torrent.status().peers.connected > 0, 'connected')
    stop.abort()
    await (await waiting)[Symbol.asyncDispose]()
    await stage.assertStreams(torrent)
  }),
)

test(
  'somebody who waits alone asks the tracker once a minute, and who only shares as often as it says',
  onStage({ kind: 'v1', files: 300 * KIB }, async (stage) => {
    const { simulated, http } = await tracker(stage, 1800)
    const torrent = stage.add({ peers: [], trackers: [http] })
    await stage.clock.advance(20 * MINUTE_MS)
    assert.equal(simulated.announces.length, 1)
    const stop = new AbortController()
    const reader = torrent.openFile(0, { start: 0, end: 1 }, stop.signal)
    await stage.clock.advance(10 * MINUTE_MS)
    const { length } = simulated.announces
    assert.ok(length >= 10 && length <= 12, `${length}`)
    stop.abort()
    await (await reader)[Symbol.asyncDispose]()
  }),
)

test(
  'a tracker that is dead is asked ever more rarely',
  onStage({ kind: 'v2' }, async (stage) => {
    const host = stage.host()
    stage.add({ trackers: [`http://${host.address}/announce`] })
    await stage.clock.advance(2 * HOUR_MS)
    const asked = stage.sim.traffic.filter(({ to }) => to.includes(host.address)).length
    assert.ok(asked >= 6 && asked <= 14, `asked ${asked} times in two hours`)
  }),
)

test('trackers are asked about a new film while its files are opened', async () => {
  const clock = new FakeClock()
  const disk = new FakeDisk()
  const facts = disk.facts.bind(disk)
  disk.facts = async (path) => {
    await sleep(clock, 500)
    return facts(path)
  }
  await onStage({ kind: 'v1', files: 200 * KIB, clock, disk }, async (stage) => {
    const { simulated, http } = await tracker(stage)
    const torrent = stage.add({ peers: [], trackers: [http] })
    await stage.clock.advance(250)
    assert.equal(torrent.status().phase.kind, 'checking')
    const said = simulated.announces.map(({ announce: { event, left } }) => ({ event, left }))
    assert.deepEqual(said, [{ event: 'started', left: 200 * KIB }])
    await stage.clock.advance(5000)
    assert.equal(torrent.status().phase.kind, 'live')
    assert.equal(simulated.announces.length, 1)
  })()
})

test(
  'a film that was complete at the start is announced as such, and not as completed',
  onStage({ kind: 'v1', files: 200 * KIB }, async (stage) => {
    await stage.seed()
    await stage.assertStreams(stage.add())
    await stage.restart()
    const { simulated, http } = await tracker(stage)
    stage.add({ peers: [], trackers: [http] })
    await stage.clock.advance(5000)
    const said = simulated.announces.map(({ announce: { event, left } }) => ({ event, left }))
    assert.deepEqual(said, [{ event: 'started', left: 0 }])
  }),
)

test(
  'peers tell each other of peers: a third one is found by ut_pex',
  onStage({ kind: 'v2', files: MIB }, async (stage) => {
    const hidden = await stage.seed({ bytesPerSecond: MIB })
    assert.ok(hidden.address)
    const told = await stage.seed({ ...SEEDS.silent, recommends: [hidden.address] })
    assert.ok(told.address)
    const torrent = stage.add({ peers: peersAt(told.address) })
    await stage.assertStreams(torrent)
    assert.equal(hidden.bytesServed, MIB)
    const dial = stage.sim.traffic.find(({ to }) => to.startsWith(`${hidden.address?.host}:`))
    assert.equal(dial?.learnedFrom, 'pex')
  }),
)

test(
  'an engine tells its peers of those it has dialed',
  onStage({ kind: 'hybrid', files: 300 * KIB }, async (stage) => {
    const seed = await stage.seed({ bytesPerSecond: 50_000 })
    const first = stage.add()
    const other = await stage.openEngine(stage.host(), { folder: '/other' })
    const { metainfo } = stage.made
    const peers = peersAt({ host: stage.us.address, port: 6881 })
    const second = other.add({ kind: 'metainfo', metainfo }, { peers })
    await stage.clock.advance(3000)
    assert.equal(seed.connections.size, 2)
    assert.equal(first.status().peers.connected, 2)
    assert.equal(second.status().peers.connected, 2)
  }),
)

test(
  'the peers of a private torrent come from its tracker alone',
  onStage({ kind: 'v1', isPrivate: true }, async (stage) => {
    const hidden = await stage.seed()
    assert.ok(hidden.address)
    const told = await stage.seed({ recommends: [hidden.address] })
    assert.ok(told.address)
    stage.add({ peers: peersAt(told.address) })
    await stage.clock.advance(90_000)
    assert.equal(hidden.connectionCount, 0)
    assert.equal(
      told.seen.filter((kind) => kind === 'extended').length,
      1,
      'a handshake, no ut_pex',
    )
  }),
)

const bencoded = (record: Parameters<typeof BencodeDictionary.from>[0]): Uint8Array =>
  encodeBencode(BencodeDictionary.from(record))
const fine = (more: Record<string, Uint8Array>): Uint8Array =>
  bencoded({ interval: 1800, peers: new Uint8Array(0), ...more })
const MARKUP = '<img src=x onerror=alert(1)>'
const answers = (body: Uint8Array): TrackerManner => ({ kind: 'answers', answer: { body } })
const HOSTILE: readonly (readonly [string, TrackerManner, RegExp])[] = [
  ['markup for a reason', { kind: 'refuses', reason: MARKUP }, /^<img src=x onerror=alert\(1\)>$/u],
  ['a reason of 100 kB', { kind: 'refuses', reason: MARKUP.repeat(4000) }, /<img/u],
  ['twenty megabytes', answers(fine({ more: new Uint8Array(20 * MIB) })), /./u],
  ['no bencoding', answers(utf8Bytes('<html>not found</html>')), /./u],
  [
    'peers that are no addresses',
    answers(bencoded({ interval: 1800, peers: new Uint8Array(7) })),
    /./u,
  ],
  ['an interval below zero', answers(bencoded({ interval: -1, peers: utf8Bytes('x') })), /./u],
]
for (const [what, manner, reason] of HOSTILE)
  test(
    `T3: a tracker that answers with ${what} is a failed one, its text is data, and the next is used`,
    onStage({ kind: 'v2', files: 300 * KIB }, async (stage) => {
      const hostile = await tracker(stage)
      hostile.simulated.manner = manner
      const honest = await tracker(stage)
      enlist(stage, honest.simulated, await stage.seed())
      const torrent = stage.add({ peers: [], trackers: [hostile.http, honest.http] })
      await stage.assertStreams(torrent)
      await stage.clock.advance(3000)
      assert.ok(stage.us.receivedBytes < 3 * MIB, `${stage.us.receivedBytes} bytes received`)
      const [first, second] = torrent.status().trackers
      assert.equal(second?.state.kind, 'answered')
      assert.ok(first?.state.kind === 'failed')
      assert.match(first.state.reason, reason)
      assert.ok(first.state.reason.length <= LIMITS.remoteTextCharacters + 100)
      assert.ok(first.state.nextMs - stage.clock.nowMs() <= MINUTE_MS)
    }),
  )

for (const seconds of [0, -5, 1e15])
  test(
    `T3: an interval of ${seconds} s is held within a minute and a day`,
    onStage({ kind: 'v1' }, async (stage) => {
      const { simulated, http } = await tracker(stage)
      simulated.manner = answers(bencoded({ interval: seconds, peers: new Uint8Array(0) }))
      const torrent = stage.add({ peers: [], trackers: [http] })
      await stage.clock.advance(1000)
      const [{ state } = { state: null }] = torrent.status().trackers
      assert.ok(state?.kind === 'answered')
      const inMs = state.nextMs - stage.clock.nowMs()
      assert.ok(inMs > 58_000 && inMs <= 24 * HOUR_MS, `${inMs} ms`)
    }),
  )

for (const over of ['http', 'udp'] as const)
  test(
    `a tracker tells over ${over} how many take part, in the larger swarm of a hybrid`,
    onStage({ kind: 'hybrid' }, async (stage) => {
      const { simulated, [over]: url } = await tracker(stage)
      const seed = await stage.seed()
      enlist(stage, simulated, seed)
      const { v1, v2 } = stage.made.metainfo.infoHashes
      assert.ok(v1 && v2 && seed.address)
      const other = { host: '203.0.113.99', port: 7000 }
      simulated.add(handshakeHash({ v1, v2 }, 'v2'), other)
      const torrent = stage.add({ peers: [], trackers: [url] })
      await stage.clock.advance(5000)
      const { signal } = new AbortController()
      const counts = await stage.run(stage.engine.scrape(torrent, signal))
      assert.equal((counts?.seeders ?? 0) + (counts?.leechers ?? 0), 3)
      assert.equal(simulated.scrapes, 1)
    }),
  )

test(
  'who tells nothing of how many take part is passed over',
  onStage({ kind: 'v1' }, async (stage) => {
    const silent = stage.host()
    silent.goDown('reset')
    const refusing = await tracker(stage)
    refusing.simulated.manner = { kind: 'refuses', reason: 'no' }
    const honest = await tracker(stage)
    const nowhere = `http://${stage.host().address}/tell`
    const urls = [`http://${silent.address}/announce`, nowhere, refusing.udp, honest.udp]
    const torrent = stage.add({ peers: [], trackers: urls })
    await stage.clock.advance(5000)
    const { signal } = new AbortController()
    assert.ok(await stage.run(stage.engine.scrape(torrent, signal)))
    const alone = stage.engine.scrape(torrent, AbortSignal.abort(new Error('enough')))
    await assert.rejects(stage.run(alone), /enough/u)
  }),
)

test(
  'T4: datagrams from elsewhere, or with another number, are no answer of a UDP tracker, which is asked again ever later',
  onStage({ kind: 'v1' }, async (stage) => {
    const host = stage.host()
    const attacker = stage.host()
    const at = { host: host.address, port: 6969 }
    const asked: number[] = []
    const spoof = await attacker.network.datagrams.bind(
      { host: attacker.address, port: 6969 },
      () => {},
    )
    const socket = await host.network.datagrams.bind(at, (bytes, from) => {
      asked.push(Math.round(stage.clock.nowMs() / 1000))
      const id = new DataView(bytes.buffer, bytes.byteOffset).getUint32(12)
      // The right number from the wrong place, and the wrong number from the right one.
      spoof.send(encodeUdpConnectAnswer(id, new Uint8Array(8)), from, 'own')
      socket.send(encodeUdpConnectAnswer(id ^ 1, new Uint8Array(8)), from, 'own')
    })
    const torrent = stage.add({ peers: [], trackers: [`udp://${host.address}:6969`] })
    await stage.clock.advance(100_000)
    assert.deepEqual(asked, [0, 15, 45])
    assert.equal(torrent.status().trackers[0]?.state.kind, 'asking')
  }),
)
