import { test } from 'node:test'
import assert from 'node:assert/strict'
import { concatBytes, utf8Bytes, type ByteStream, type SocketAddress } from '@matinee/base'
import {
  buildAnnounceUrl,
  buildScrapeUrl,
  decodeHttpAnnounce,
  decodeHttpScrape,
  decodeUdpAnnounceAnswer,
  decodeUdpConnectAnswer,
  encodeUdpAnnounce,
  encodeUdpConnect,
  type Announce,
} from '@matinee/protocol'
import { FakeClock, nodeHash, SeededRandom, SimNetwork, type SimHost } from '@matinee/testkit'
import { openTracker, type Tracker } from './tracker.ts'
import { TRACKER_LIMITS } from './tracker-limits.ts'

const TORRENT = new Uint8Array(20).fill(7)
const ANNOUNCE: Announce = {
  infoHash: TORRENT,
  peerId: new Uint8Array(20).fill(1),
  port: 6881,
  uploaded: 0,
  downloaded: 0,
  left: 0,
  event: 'started',
  numWant: 50,
}

interface Scene {
  readonly clock: FakeClock
  readonly host: SimHost
  readonly tracker: Tracker
}

/** A machine with a tracker on its loopback; everybody in these tests is on that machine. */
async function scene(): Promise<Scene> {
  const clock = new FakeClock()
  const host = new SimNetwork({ clock }).host('127.0.0.1', { latencyMs: 0 })
  const random = new SeededRandom('tracker')
  const parts = { network: host.network, clock, hash: nodeHash, random, infoHashes: [TORRENT] }
  return { clock, host, tracker: await clock.run(openTracker(parts)) }
}

function addressOf(url: string): SocketAddress {
  const { hostname, port } = new URL(url)
  return { host: hostname, port: Number(port) }
}

/** Sends text over a connection of its own; resolves with all that comes back, when it ends. */
async function ask({ clock, host, tracker }: Scene, text: string): Promise<Uint8Array> {
  const stream = await clock.run(
    host.network.dialer.dial(addressOf(tracker.url), { learnedFrom: 'own' }),
  )
  const answer = collect(stream)
  stream.write([utf8Bytes(text)])
  return clock.run(answer)
}

function collect(stream: ByteStream): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  return new Promise((resolve) => {
    const done = (): void => resolve(concatBytes(chunks))
    stream.start({
      onBytes: (bytes) => void chunks.push(bytes.slice()),
      onDrain: () => {},
      onEnd: done,
      onFailure: done,
    })
  })
}

function get(target: string): string {
  return `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`
}

function targetOf(url: string | null): string {
  const { pathname, search } = new URL(url ?? 'http://missing/')
  return pathname + search
}

/** The status and the body of an HTTP answer. */
function read(answer: Uint8Array): { readonly status: number; readonly body: Uint8Array } {
  const text = String.fromCharCode(...answer)
  const status = Number(/^HTTP\/1\.1 (\d{3})/u.exec(text)?.[1] ?? 0)
  return { status, body: answer.slice(text.indexOf('\r\n\r\n') + 4) }
}

test('an announce and a scrape over HTTP are answered', async () => {
  const now = await scene()
  const url = now.tracker.url
  await ask(now, get(targetOf(buildAnnounceUrl(url, ANNOUNCE))))
  const second = { ...ANNOUNCE, port: 7000, left: 5 }
  const { status, body } = read(await ask(now, get(targetOf(buildAnnounceUrl(url, second)))))
  assert.equal(status, 200)
  const answer = decodeHttpAnnounce(body)
  assert.ok(answer.kind === 'answer')
  assert.deepEqual(answer.peers, [{ host: '127.0.0.1', port: 6881 }])
  assert.deepEqual([answer.seeders, answer.leechers], [1, 1])

  const scrape = read(await ask(now, get(targetOf(buildScrapeUrl(url, [TORRENT])))))
  const counts = decodeHttpScrape(scrape.body)
  assert.ok(counts.kind === 'answer')
  assert.deepEqual([...counts.torrents.values()], [{ seeders: 1, leechers: 1, downloads: 0 }])
})

test('an announce over UDP is answered to who proved its address first', async () => {
  const now = await scene()
  const answers: Uint8Array[] = []
  const socket = await now.host.network.datagrams.bind({ host: '127.0.0.1', port: 0 }, (bytes) => {
    answers.push(bytes.slice())
  })
  const to = addressOf(now.tracker.udpUrl.replace('udp:', 'http:'))
  const say = async (bytes: Uint8Array): Promise<Uint8Array | undefined> => {
    answers.length = 0
    socket.send(bytes, to, 'own')
    await now.clock.advance(10)
    return answers[0]
  }
  const connected = decodeUdpConnectAnswer((await say(encodeUdpConnect(5))) ?? TORRENT, 5)
  assert.ok(connected?.kind === 'answer')
  const id = connected.connectionId
  const answer = decodeUdpAnnounceAnswer(
    (await say(encodeUdpAnnounce(id, 6, ANNOUNCE))) ?? TORRENT,
    6,
    'ipv4',
  )
  assert.ok(answer?.kind === 'answer')
  assert.equal(answer.seeders, 1)
  assert.equal(await say(encodeUdpAnnounce(new Uint8Array(8), 7, ANNOUNCE)), undefined)
  await now.clock.advance(3 * 60_000)
  assert.equal(await say(encodeUdpAnnounce(id, 8, ANNOUNCE)), undefined)
  await socket.close()
})

test("T10: a peer's address is where it asks from, whatever it says", async () => {
  const now = await scene()
  const url = buildAnnounceUrl(now.tracker.url, ANNOUNCE)
  await ask(now, get(`${targetOf(url)}&ip=203.0.113.9&ipv6=2001:db8::1`))
  const other = buildAnnounceUrl(now.tracker.url, { ...ANNOUNCE, port: 1, left: 1 })
  const answer = decodeHttpAnnounce(read(await ask(now, get(targetOf(other)))).body)
  assert.ok(answer.kind === 'answer')
  assert.deepEqual(answer.peers, [{ host: '127.0.0.1', port: 6881 }])
})

test('T10: what is no announce is refused: a megabyte of query, %00, POST, other paths', async () => {
  const now = await scene()
  const table: [string, number][] = [
    [get(`/announce?info_hash=${'a'.repeat(2 ** 20)}`), 431],
    [get(`/announce?info_hash=%00&peer_id=%00&port=1`), 400],
    [get('/announce?'), 400],
    [get('/scrape'), 400],
    [get('/'), 404],
    [get('http://other.example/announce'), 404],
    ['POST /announce HTTP/1.1\r\n\r\n', 405],
    ['GET /announce HTTP/2.0\r\n\r\n', 505],
    ['\x16\x03\x01\x02\r\n\r\n', 400],
  ]
  for (const [text, status] of table)
    assert.equal(read(await ask(now, text)).status, status, text.slice(0, 40))
})

test('T10: a client that sends its request slowly is cut off', async () => {
  const now = await scene()
  const dialed = now.host.network.dialer.dial(addressOf(now.tracker.url), { learnedFrom: 'own' })
  const stream = await now.clock.run(dialed)
  const answer = collect(stream)
  stream.write([utf8Bytes('GET /announce')])
  await now.clock.advance(TRACKER_LIMITS.patienceMs + 100)
  assert.equal((await now.clock.run(answer)).length, 0)
})

test('T10: connections of one address beyond its share are closed at once', async () => {
  const now = await scene()
  const answers: Promise<Uint8Array>[] = []
  for (let n = 0; n < TRACKER_LIMITS.connectionsPerIp + 5; n++) {
    const dialed = now.host.network.dialer.dial(addressOf(now.tracker.url), { learnedFrom: 'own' })
    answers.push(collect(await now.clock.run(dialed)))
  }
  let ended = 0
  for (const answer of answers) void answer.then(() => ended++)
  await now.clock.advance(100)
  assert.equal(ended, 5)
})
