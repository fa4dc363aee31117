import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIB, type ByteStream } from '@matinee/base'
import { encodeHandshake, encodeMessage, handshakeHash } from '@matinee/protocol'
import { ALL_FEATURES, testPeerId, type SimHost } from '@matinee/testkit'
import { ENGINE_ADDRESS, onStage, type Stage } from './stage.ts'

const u32 = (value: number): number[] => [0, 0, (value >>> 8) & 255, value & 255]

const GREETING = 68

/** Connects and says nothing; counts as closed when the engine closes it. */
async function drip(
  stage: Stage,
  host: SimHost,
  bytes: Uint8Array,
): Promise<{ closedMs: number | null }> {
  const stream: ByteStream = await host.network.dialer.dial(ENGINE_ADDRESS, { learnedFrom: 'own' })
  const state: { closedMs: number | null } = { closedMs: null }
  const end = (): void => {
    state.closedMs = stage.clock.nowMs()
  }
  stream.start({ onBytes: () => {}, onDrain: () => {}, onEnd: end, onFailure: end })
  let at = 0
  const next = (): void => {
    if (state.closedMs !== null || at >= bytes.length) return
    stream.write([bytes.slice(at, ++at)])
    stage.clock.setTimer(5000, next)
  }
  next()
  return state
}

test(
  'P4: five hundred connections that drip their handshake are closed in time, and an honest peer comes in at once',
  onStage({ kind: 'v1' }, async (stage) => {
    const torrent = stage.add()
    const { infoHashes } = stage.made.metainfo
    const bytes = encodeHandshake({
      infoHash: handshakeHash(infoHashes, 'v1'),
      peerId: testPeerId('drip'),
      reserved: ALL_FEATURES,
    })
    assert.equal(bytes.length, GREETING)
    const hosts = Array.from({ length: 50 }, () => stage.host())
    const startMs = stage.clock.nowMs()
    const drips = await stage.run(
      Promise.all(
        Array.from({ length: 500 }, (_, i) => drip(stage, hosts[i % 50] ?? stage.us, bytes)),
      ),
    )
    await stage.clock.advance(100)
    assert.ok(stage.us.streams.size <= 101, `${stage.us.streams.size} half-open connections`)
    const dialMs = stage.clock.nowMs()
    const seed = await stage.seed()
    await stage.run(seed.dial(ENGINE_ADDRESS))
    await stage.until(() => torrent.status().peers.connected === 1, 'the honest peer is in')
    assert.ok(stage.clock.nowMs() - dialMs <= 1000)
    await stage.clock.advance(11_000)
    for (const { closedMs } of drips) assert.ok(closedMs !== null && closedMs - startMs <= 11_500)
    assert.equal(stage.us.streams.size, 1)
    await stage.assertStreams(torrent)
  }),
)

for (const [what, header] of [
  ['a block', [...u32(9 + 16 * KIB), 7, ...u32(0), ...u32(0)]],
  ['an unknown message', [...u32(1000), 99]],
  ['a header', [0, 0]],
] as const)
  // A header that drips would be whole soon.
  for (const dripEveryMs of what === 'a header' ? [null] : [null, 5000])
    test(
      `P4: ${what} that never ends is closed after two minutes, ${dripEveryMs ? 'dripping' : 'silent'}`,
      onStage({ kind: 'v1' }, async (stage) => {
        stage.add()
        const peer = await stage.script()
        await stage.clock.advance(50_000)
        // Idle until now: only the message's own time counts.
        peer.send({ kind: 'keep-alive' })
        peer.sendRaw(new Uint8Array(header))
        const startMs = stage.clock.nowMs()
        if (dripEveryMs !== null)
          for (let i = 0; i < 60 && !peer.isOver; i++) {
            await stage.clock.advance(dripEveryMs)
            peer.sendRaw(new Uint8Array(1))
          }
        await stage.run(peer.over, 200_000)
        const tookMs = stage.clock.nowMs() - startMs
        assert.ok(tookMs > 119_000 && tookMs < 126_000, `${tookMs} ms`)
        assert.deepEqual(stage.reasons, ['slow message'])
      }),
    )

test(
  'a block that takes its time after a long silence is not held against the peer',
  onStage({ kind: 'v1', files: 64 * KIB }, async (stage) => {
    const torrent = stage.add()
    const peer = await stage.script()
    peer.send({ kind: 'have-all' }, { kind: 'unchoke' })
    await stage.clock.advance(115_000)
    const reading = stage.reading(torrent)
    const asked = await stage.run(peer.expect('request'))
    const block = stage.made.bytesAt({ start: 0, end: asked.length })
    const [head, body] = encodeMessage({ kind: 'piece', piece: 0, begin: asked.begin, block })
    assert.ok(head)
    peer.sendRaw(head)
    await stage.clock.advance(10_000)
    if (body) peer.sendRaw(body)
    await stage.clock.advance(1000)
    assert.equal(peer.isOver, false)
    reading.catch(() => {})
    peer.close()
  }),
)

test(
  'a peer that says nothing for three minutes is let go, one that keeps alive is not',
  onStage({ kind: 'v1' }, async (stage) => {
    const torrent = stage.add()
    const silent = await stage.script()
    const alive = await stage.script()
    // A torrent that nobody wants would rest, and let go of everybody.
    alive.send({ kind: 'interested' })
    for (let i = 0; i < 5; i++) {
      await stage.clock.advance(110_000)
      alive.send({ kind: 'keep-alive' })
    }
    assert.equal(silent.isOver, true)
    assert.equal(alive.isOver, false)
    assert.ok(alive.seen.filter((kind) => kind === 'keep-alive').length >= 4)
    assert.equal(torrent.status().peers.connected, 1)
    alive.close()
  }),
)
