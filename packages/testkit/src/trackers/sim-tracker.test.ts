import { test } from 'node:test'
import assert from 'node:assert/strict'
import { concatBytes } from '@matinee/base'
import { buildAnnounceUrl, decodeHttpAnnounce, decodeUdpAnnounceAnswer } from '@matinee/protocol'
import { decodeUdpConnectAnswer, encodeUdpAnnounce, encodeUdpConnect } from '@matinee/protocol'
import type { Announce } from '@matinee/protocol'
import { FakeClock } from '../fake-clock.ts'
import { testPeerId } from '../peers/scripted-peer.ts'
import { SimNetwork } from '../sim-network/sim-network.ts'
import { SimTracker } from './sim-tracker.ts'

const ANNOUNCE: Announce = {
  infoHash: new Uint8Array(20).fill(7),
  peerId: testPeerId('us'),
  port: 6881,
  uploaded: 0,
  downloaded: 0,
  left: 100,
  event: 'started',
  numWant: 50,
}

function world(): { clock: FakeClock; sim: SimNetwork; tracker: SimTracker } {
  const clock = new FakeClock()
  const sim = new SimNetwork({ clock })
  const tracker = new SimTracker(clock)
  const host = sim.host('203.0.113.8')
  host.serveHttp(80, tracker.handleHttp)
  void tracker.bindUdp(host.network, { host: host.address, port: 80 })
  sim.names.set('tracker.example', [host.address])
  tracker.add(ANNOUNCE.infoHash, { host: '203.0.113.50', port: 50 })
  return { clock, sim, tracker }
}

test('a tracker tells everybody of everybody else, over HTTP', async () => {
  const { clock, sim, tracker } = world()
  const announce = async (from: string): Promise<readonly string[]> => {
    const { network } = sim.host(from)
    const url = buildAnnounceUrl('http://tracker.example/announce', ANNOUNCE)
    const get = network.http.get({ url, learnedFrom: 'metainfo', maxBytes: 10_000 })
    const chunks: Uint8Array[] = []
    for await (const chunk of (await get).body) chunks.push(chunk)
    const answer = decodeHttpAnnounce(concatBytes(chunks))
    assert.equal(answer.kind, 'answer')
    return answer.kind === 'answer' ? answer.peers.map(({ host }) => host) : []
  }
  assert.deepEqual(await clock.run(announce('203.0.113.1')), ['203.0.113.50'])
  assert.deepEqual(await clock.run(announce('203.0.113.2')), ['203.0.113.50', '203.0.113.1'])
  assert.equal(tracker.announces.length, 2)
  assert.equal(tracker.members(ANNOUNCE.infoHash).length, 3)
})

test('a tracker answers over UDP to whoever has a connection id', async () => {
  const { clock, sim } = world()
  const answers: Uint8Array[] = []
  const { network } = sim.host('203.0.113.1')
  const socket = await network.datagrams.bind({ host: '0.0.0.0', port: 0 }, (bytes) => {
    answers.push(bytes.slice())
  })
  const send = (bytes: Uint8Array): void =>
    socket.send(bytes, { host: '203.0.113.8', port: 80 }, 'own')
  send(encodeUdpConnect(1))
  await clock.advance(100)
  const connected = decodeUdpConnectAnswer(answers[0] ?? new Uint8Array(0), 1)
  assert.ok(connected?.kind === 'answer')
  send(encodeUdpAnnounce(connected.connectionId, 2, ANNOUNCE))
  send(encodeUdpAnnounce(new Uint8Array(8), 3, ANNOUNCE))
  await clock.advance(100)
  const answer = decodeUdpAnnounceAnswer(answers[1] ?? new Uint8Array(0), 2, 'ipv4')
  assert.deepEqual(answer?.kind === 'answer' ? answer.peers : null, [
    { host: '203.0.113.50', port: 50 },
  ])
  assert.equal(decodeUdpAnnounceAnswer(answers[2] ?? new Uint8Array(0), 3, 'ipv4')?.kind, 'failure')
})
