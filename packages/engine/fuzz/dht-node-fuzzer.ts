import assert from 'node:assert/strict'
import { LIMITS, SECOND_MS, SILENT_LOG, type Random, type SocketAddress } from '@matinee/base'
import {
  decodeDhtMessage,
  encodeDhtAnswer,
  encodeDhtFailure,
  encodeDhtQuery,
  type DhtAnswer,
  type DhtItem,
  type DhtQuery,
} from '@matinee/protocol'
import { FakeClock, FakeDisk, SimNetwork, nodeHash } from '@matinee/testkit'
import { MainlineDht } from '../src/dht/mainline-dht.ts'
import type { Fuzzer } from './fuzzer.ts'

const INFO_HASH = new Uint8Array(20).fill(7)
/** Strangers' datagrams in one try. */
const DATAGRAMS = 120
/** What a node answers in any second, whoever asks, and some of its own questions. */
const MOST_BYTES_PER_SECOND = 8000 + 200 * 120

/**
 * A whole DHT among strangers who send whatever they like, in part as answers to what they were asked: nothing is
 * thrown, every search ends, what it sends and keeps stays within bounds.
 */
export const dhtNodeFuzzer: Fuzzer = {
  name: 'dht node',
  async run(random) {
    const clock = new FakeClock()
    const host = new SimNetwork({ clock }).host('9.9.9.9')
    const sent: { readonly atMs: number; readonly length: number }[] = []
    const asked: { readonly transaction: Uint8Array; readonly to: SocketAddress }[] = []
    let hear: (bytes: Uint8Array, from: SocketAddress) => void = () => {}
    const bind = async (
      at: SocketAddress,
      onMessage: (bytes: Uint8Array, from: SocketAddress) => void,
    ) => {
      hear = onMessage
      const send = (bytes: Uint8Array, to: SocketAddress): void => {
        sent.push({ atMs: clock.nowMs(), length: bytes.length })
        const message = decodeDhtMessage(bytes)
        if (message.kind === 'query') asked.push({ transaction: message.transaction, to })
      }
      return { address: at, send, close: async () => {} }
    }
    const dht = new MainlineDht({
      network: { ...host.network, datagrams: { bind } },
      disk: new FakeDisk(),
      clock,
      random,
      hash: nodeHash,
      log: SILENT_LOG,
      verify: () => random.below(2) === 0,
      folder: '/dht',
      at: { host: '9.9.9.9', port: 6881 },
      bootstrap: ['1.1.1.1:6881'],
    })
    const { signal } = new AbortController()
    const options = { announcePort: 6881, onPeers: () => {}, signal }
    const searches = [
      dht.findPeers(INFO_HASH, options),
      dht.get({ kind: 'immutable', target: INFO_HASH }, signal),
      dht.put({ kind: 'immutable', value: Uint8Array.of(0x69, 0x31, 0x65) }, signal),
    ]
    await clock.advance(50)
    for (let i = 0; i < DATAGRAMS; i++) {
      const question = asked[random.below(asked.length + 1)]
      const bytes = question && random.below(2) === 0 ? answer(random, question) : query(random)
      const from = question && random.below(4) > 0 ? question.to : stranger(random)
      hear(damage(random, bytes), from)
      await clock.advance(random.below(60))
    }
    await clock.run(Promise.all(searches), 300 * SECOND_MS)
    const { families, keptItems, keptTorrents } = dht.status()
    assert.ok(families.every(({ nodes }) => nodes <= DATAGRAMS))
    assert.ok(keptItems <= DATAGRAMS && keptTorrents <= DATAGRAMS)
    for (const { atMs, length } of sent) {
      assert.ok(length <= 1500, `${length} bytes in one datagram`)
      const bytes = sent
        .filter((one) => one.atMs >= atMs && one.atMs < atMs + SECOND_MS)
        .reduce((sum, one) => sum + one.length, 0)
      assert.ok(bytes <= MOST_BYTES_PER_SECOND, `${bytes} bytes in a second`)
    }
    await clock.run(dht[Symbol.asyncDispose]())
  },
}

function answer(random: Random, { transaction }: { readonly transaction: Uint8Array }): Uint8Array {
  if (random.below(6) === 0) return encodeDhtFailure({ transaction, code: 201, text: 'no' })
  const some = <T>(most: number, make: () => T): T[] =>
    Array.from({ length: random.below(most + 1) }, make)
  const said: DhtAnswer = {
    senderId: near(random),
    nodes: some(LIMITS.dhtNodes, () => ({ id: near(random), address: stranger(random) })),
    peers: some(20, () => stranger(random)),
    token: random.below(4) === 0 ? null : random.bytes(random.below(20)),
    item: random.below(3) === 0 ? itemOf(random) : null,
  }
  return encodeDhtAnswer({ transaction, seenAs: stranger(random), answer: said })
}

function query(random: Random): Uint8Array {
  const token = random.bytes(8)
  const queries: DhtQuery[] = [
    { kind: 'ping' },
    { kind: 'find-node', target: near(random) },
    { kind: 'get-peers', infoHash: near(random) },
    { kind: 'announce-peer', infoHash: INFO_HASH, token, port: 1 + random.below(65_535) },
    { kind: 'get', target: INFO_HASH, newerThan: null },
    { kind: 'put', item: itemOf(random), token, replaces: null },
  ]
  const one = queries[random.below(queries.length)] ?? { kind: 'ping' }
  const transaction = random.bytes(random.below(33))
  const isReadOnly = random.below(4) === 0
  return encodeDhtQuery({ transaction, senderId: near(random), isReadOnly, query: one })
}

function itemOf(random: Random): DhtItem {
  const value = Uint8Array.of(0x69, 0x31 + random.below(9), 0x65)
  if (random.below(2) === 0) return { kind: 'immutable', value }
  const publicKey = new Uint8Array(32).fill(random.below(3))
  const salt = random.bytes(random.below(3))
  const sequence = random.below(5)
  return { kind: 'mutable', value, publicKey, salt, sequence, signature: random.bytes(64) }
}

/** An id that shares some bits with what is looked for. */
function near(random: Random): Uint8Array {
  const id = random.bytes(20)
  id.set(INFO_HASH.subarray(0, random.below(20)))
  return id
}

function stranger(random: Random): SocketAddress {
  const hosts = ['1.1.1.1', '9.9.9.9', '127.0.0.1', '0.0.0.0', '2001:db8::1']
  const host = hosts[random.below(12)] ?? `${20 + random.below(60)}.${random.below(256)}.3.4`
  return { host, port: 1 + random.below(65_535) }
}

function damage(random: Random, bytes: Uint8Array): Uint8Array {
  if (random.below(3) > 0) return bytes
  const damaged = bytes.slice(0, random.below(4) === 0 ? random.below(bytes.length) : bytes.length)
  for (let faults = random.below(4); faults > 0 && damaged.length > 0; faults--)
    damaged[random.below(damaged.length)] = random.below(256)
  return damaged
}
