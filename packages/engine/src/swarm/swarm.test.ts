import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SILENT_LOG, type ByteStream, type Dialer, type StreamEvents } from '@matinee/base'
import { encodeHandshake, handshakeHash, type InfoHashes } from '@matinee/protocol'
import { ALL_FEATURES, FakeClock, makeTorrent, testPeerId } from '@matinee/testkit'
import type { Peer, PeerHost } from '../peer/peer.ts'
import { ourFeatures } from '../peer/link.ts'
import { Swarm } from './swarm.ts'

/** A peer whose connection takes `connectMs`, and which answers our handshake after `greetMs`. */
function dialerTo(
  hashes: InfoHashes,
  clock: FakeClock,
  { connectMs, greetMs }: { readonly connectMs: number; readonly greetMs: number },
): Dialer {
  const address = { host: '203.0.113.1', port: 6881 }
  return {
    dial: async () => {
      await new Promise<void>((resolve) => void clock.setTimer(connectMs, resolve))
      let events: StreamEvents | null = null
      const stream: ByteStream = {
        remote: address,
        local: address,
        bufferedBytes: 0,
        start: (given) => (events = given),
        write: () => {
          const answer = encodeHandshake({
            infoHash: handshakeHash(hashes, 'v1'),
            peerId: testPeerId('a'),
            reserved: ALL_FEATURES,
          })
          clock.setTimer(greetMs, () => events?.onBytes(answer))
          return true
        },
        pause: () => {},
        resume: () => {},
        close: () => {},
        destroy: () => {},
      }
      return stream
    },
  }
}

async function measuredMs(times: {
  readonly connectMs: number
  readonly greetMs: number
}): Promise<number> {
  const clock = new FakeClock()
  const hashes = makeTorrent({ kind: 'v1', files: 100 }).metainfo.infoHashes
  const joined = Promise.withResolvers<Peer>()
  const ignore = (): void => {}
  const host: PeerHost = {
    pieceCount: 1,
    allocateBlock: (length) => new Uint8Array(length),
    onAvailability: ignore,
    onUnchoke: ignore,
    onReturned: ignore,
    onInterest: ignore,
    onBlock: ignore,
    onReject: ignore,
    onMessage: ignore,
    onDrain: ignore,
    onClosed: ignore,
  }
  const swarm = new Swarm({
    dialer: dialerTo(hashes, clock, times),
    clock,
    log: SILENT_LOG,
    peerId: testPeerId('b'),
    mostPeers: () => 10,
    host,
    hashes: () => hashes,
    features: () => ourFeatures(hashes, false),
    onPeer: (peer) => joined.resolve(peer),
  })
  swarm.add([{ host: '203.0.113.1', port: 6881 }], 'tracker')
  const peer = await clock.run(joined.promise)
  swarm.stop()
  return peer.pace.roundTripMs
}

test('a peer is as far away as its connection and its greeting say together', async () => {
  assert.equal(await measuredMs({ connectMs: 80, greetMs: 80 }), 80)
})

test('a peer behind something that answers for it is not taken for near', async () => {
  assert.equal(await measuredMs({ connectMs: 0, greetMs: 200 }), 100)
})

test('a peer whose first packet was lost is not taken for far', async () => {
  assert.equal(await measuredMs({ connectMs: 1080, greetMs: 80 }), 80)
})
