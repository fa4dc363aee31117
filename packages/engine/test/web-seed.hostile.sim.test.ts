import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIB, MIB } from '@matinee/base'
import type { WebAnswer } from '@matinee/testkit'
import { onStage } from './stage.ts'
import type { Torrent } from '../src/index.ts'
import { bytesAsked, webStand, withWebSeeds, type Bend } from './web-seed-stage.ts'

function stateOf(torrent: Torrent): string {
  return torrent.status().webSeeds[0]?.state.kind ?? 'none'
}

/** The body of an answer with its bytes changed. */
function spoilt(answer: WebAnswer, spoil: (bytes: Uint8Array) => Uint8Array): WebAnswer {
  const { body } = answer
  if (typeof body !== 'object' || body instanceof Uint8Array) return answer
  async function* changed(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) yield spoil(chunk)
  }
  return { ...answer, body: changed(body) }
}

/** The body that the stand's file server makes. */
function chunksOf(body: WebAnswer['body']): AsyncIterable<Uint8Array> {
  assert.ok(typeof body === 'object' && !(body instanceof Uint8Array))
  return body
}

async function* endless(): AsyncGenerator<Uint8Array> {
  for (;;) yield new Uint8Array(16 * KIB)
}

const PAGE = '<!doctype html><title>Not here</title>'.repeat(1000)

/** Answers that are wrong in themselves, and what is to become of who gives them. */
const LIES: readonly (readonly [what: string, bend: Bend])[] = [
  ['the whole file for each range', (answer) => ({ ...answer, status: 200 })],
  ['a page for each range', () => ({ status: 200, body: PAGE })],
  [
    'a page that says to be the range',
    ({ headers = {} }) => ({
      status: 206,
      headers: { 'content-range': headers['content-range'] ?? '' },
      body: PAGE.padEnd(2 * MIB),
    }),
  ],
  [
    'another range',
    (answer) => ({
      ...answer,
      headers: { ...answer.headers, 'content-range': 'bytes 0-16383/1048576' },
    }),
  ],
  [
    'an endless body',
    ({ headers = {} }) => ({
      status: 206,
      headers: { 'content-range': headers['content-range'] ?? '' },
      body: endless(),
    }),
  ],
  ['corrupt bytes', (answer) => spoilt(answer, (bytes) => bytes.map((byte) => byte ^ 1))],
]

for (const kind of ['v1', 'v2'] as const)
  for (const [what, bend] of LIES)
    test(
      `T9: a web seed that sends ${what} is banned, and a ${kind} film comes from elsewhere`,
      onStage({ kind, files: MIB }, async (stage) => {
        const stand = webStand(stage, { bend })
        const torrent = stage.add(withWebSeeds([stand]))
        const reading = stage.reading(torrent)
        await stage.until(() => stateOf(torrent) === 'banned', 'the liar is banned')
        const asked = stand.ranges.length
        const seed = await stage.seed()
        torrent.addPeers(seed.address ? [seed.address] : [], 'user')
        stage.assertRight(await stage.run(reading), 0, { start: 0, end: MIB })
        assert.equal(stand.ranges.length, asked, 'nothing more was asked of it')
      }),
    )

test(
  'T9: who sends the right bytes and then goes on for ever is left where the range ends, and banned',
  onStage({ kind: 'v2', files: MIB }, async (stage) => {
    async function* withMore(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      yield* body
      yield* endless()
    }
    const stand = webStand(stage, {
      bend: ({ headers = {}, body }) => ({
        status: 206,
        headers: { 'content-range': headers['content-range'] ?? '' },
        body: withMore(chunksOf(body)),
      }),
    })
    const torrent = stage.add(withWebSeeds([stand]))
    void stage.reading(torrent).catch(() => {})
    await stage.clock.advance(60_000)
    assert.equal(stateOf(torrent), 'banned')
    const { receivedBytes } = stage.us
    const asked = bytesAsked(stand)
    // On top comes what four connections had on the way.
    assert.ok(receivedBytes < asked + MIB, `${receivedBytes} for ${asked}`)
  }),
)

test(
  'a web seed whose answers break off is left alone for a while, and asked again',
  onStage({ kind: 'v2', files: MIB }, async (stage) => {
    let isBroken = true
    const stand = webStand(stage, {
      bend: (answer) =>
        isBroken ? { ...answer, body: new Uint8Array(5000), finish: 'reset' } : answer,
    })
    const torrent = stage.add(withWebSeeds([stand]))
    const reading = stage.reading(torrent)
    await stage.until(() => stateOf(torrent) === 'resting', 'it rests')
    assert.ok(stand.ranges.length <= 4)
    await stage.clock.advance(4000)
    assert.ok(stand.ranges.length <= 4, 'nothing is asked of it while it rests')
    isBroken = false
    stage.assertRight(await stage.run(reading), 0, { start: 0, end: MIB })
    assert.equal(stateOf(torrent), 'ready')
  }),
)

test(
  'a web seed that is busy is not asked before the time it names',
  onStage({ kind: 'v2', files: MIB }, async (stage) => {
    const stand = webStand(stage, {
      bend: (answer, count) =>
        count <= 4 ? { status: 503, headers: { 'retry-after': '60' } } : answer,
    })
    const torrent = stage.add(withWebSeeds([stand]))
    const reading = stage.reading(torrent)
    await stage.until(() => stateOf(torrent) === 'resting', 'it rests')
    const asked = stand.ranges.length
    await stage.clock.advance(59_000)
    assert.equal(stand.ranges.length, asked)
    await stage.run(reading)
  }),
)

test(
  'a file that a web seed lacks comes from peers, its other files from the web seed',
  onStage(
    {
      kind: 'v2',
      files: [
        { path: ['a.mp4'], content: 200_000 },
        { path: ['b.mp4'], content: 200_000 },
      ],
    },
    async (stage) => {
      const stand = webStand(stage)
      stand.lacks.add(1)
      const torrent = stage.add(withWebSeeds([stand]))
      stage.assertRight(await stage.read(torrent, 0), 0, { start: 0, end: 200_000 })
      const second = stage.reading(torrent, 1)
      await stage.clock.advance(5000)
      assert.equal(stateOf(torrent), 'ready')
      const seed = await stage.seed()
      torrent.addPeers(seed.address ? [seed.address] : [], 'user')
      stage.assertRight(await stage.run(second), 1, { start: 0, end: 200_000 })
    },
  ),
)

test(
  'a small file that was changed on the server costs the web seed this file alone, the film comes from it',
  onStage(
    {
      kind: 'v1',
      pieceLength: 32 * KIB,
      files: [
        { path: ['about.xml'], content: 5000 },
        { path: ['film.mp4'], content: MIB },
      ],
    },
    async (stage) => {
      const changed: Bend = (answer) => {
        const { headers = {} } = answer
        const range = (headers['content-range'] ?? '').replace(/\/5000$/u, '/5001')
        return { ...answer, headers: { ...headers, 'content-range': range } }
      }
      const stand = webStand(stage, { bend: changed })
      const torrent = stage.add(withWebSeeds([stand]))
      const reading = stage.reading(torrent, 1)
      await stage.until(() => torrent.status().bytes.verified > 900_000, 'the film comes')
      assert.equal(stateOf(torrent), 'ready')
      // The piece that both files share can only come from people.
      const seed = await stage.seed()
      torrent.addPeers(seed.address ? [seed.address] : [], 'user')
      stage.assertRight(await stage.run(reading), 1, { start: 0, end: MIB })
    },
  ),
)

test(
  'a web seed that falls silent holds nobody up for long',
  onStage({ kind: 'v2', files: MIB }, async (stage) => {
    const stand = webStand(stage, { bend: (answer) => ({ ...answer, delayMs: 1_000_000 }) })
    await stage.seed()
    const torrent = stage.add({ ...withWebSeeds([stand]), peers: stage.peers })
    const startMs = stage.clock.nowMs()
    stage.assertRight(await stage.read(torrent), 0, { start: 0, end: MIB })
    assert.ok(stage.clock.nowMs() - startMs < 4000)
  }),
)

test(
  'a place that a web seed sent us to and that fails is forgotten, the web seed itself asked again',
  onStage({ kind: 'v2', files: 4 * MIB }, async (stage) => {
    const stand = webStand(stage)
    let place = 'first'
    let sent = 0
    const gate = stage.host()
    gate.serveHttp(80, ({ url }) => {
      sent++
      const location = `${stand.url}${url.pathname.slice(1)}?${place}`
      return { status: 302, headers: { location } }
    })
    stand.refuses = (url) => place === 'second' && url.search === '?first'
    const webSeeds = [{ url: `http://${gate.address}/`, learnedFrom: 'user' as const }]
    const torrent = stage.add({ webSeeds })
    await stage.read(torrent, 0, { start: 0, end: 2 * MIB })
    const before = sent
    assert.ok(before <= 4 && stand.ranges.length > 2 * before, `${before} redirects`)
    place = 'second'
    stage.assertRight(await stage.read(torrent), 0, { start: 0, end: 4 * MIB })
    assert.ok(sent > before && sent <= before + 8)
    assert.equal(stateOf(torrent), 'ready')
  }),
)
