import { LIMITS, assert } from '@matinee/base'
import type { Random } from '@matinee/base'
import {
  DhtError,
  ITEM_BYTES,
  NODE_ID_BYTES,
  decodeDhtMessage,
  encodeDhtAnswer,
  encodeDhtFailure,
  encodeDhtQuery,
} from '@matinee/protocol'
import type { DhtItem, DhtMessage, DhtQuery } from '@matinee/protocol'
import { pick } from './byte-mutation.ts'
import type { Fuzzer } from './fuzzer.ts'
import { edgyNumber, mutate, onceIn } from './message-mutation.ts'

/** Datagrams of the DHT, damaged: refused the one way they may be, or a message that keeps every cap. */
export const dhtFuzzer: Fuzzer = {
  name: 'dht message',
  run(random) {
    const bytes = mutate(makeMessage(random), random)
    const message = accept(bytes)
    if (message === null) return
    assert(bytes.length <= LIMITS.dhtMessageBytes, 'no long datagram is read')
    assert(message.transaction.length <= 32, 'a transaction id has at most 32 bytes')
    if (message.kind === 'query') checkQuery(message.query)
    if (message.kind === 'failure') assert(!/\p{Cc}/u.test(message.text), 'clean text')
    if (message.kind !== 'answer') return
    const { nodes, peers, token, item, senderId } = message.answer
    assert(senderId.length === NODE_ID_BYTES, 'an id has 20 bytes')
    assert(nodes.length <= 2 * LIMITS.dhtNodes, 'nodes are capped')
    assert(peers.length <= LIMITS.dhtPeers, 'peers are capped')
    assert((token?.length ?? 0) <= 64, 'a token is short')
    for (const { port } of [...peers, ...nodes.map(({ address }) => address)])
      assert(port > 0 && port < 65_536, 'every address has a port')
    if (item) checkItemLengths(item)
  },
}

function accept(bytes: Uint8Array): DhtMessage | null {
  try {
    return decodeDhtMessage(bytes)
  } catch (error) {
    if (error instanceof DhtError) return null
    throw error
  }
}

function checkQuery(query: DhtQuery): void {
  if (query.kind === 'put') checkItemLengths(query.item)
  if (query.kind === 'announce-peer' && query.port !== null)
    assert(query.port > 0 && query.port < 65_536, 'a port is a port')
}

function checkItemLengths(item: DhtItem): void {
  assert(item.value.length <= LIMITS.dhtValueBytes, 'a value is short')
  if (item.kind === 'immutable') return
  assert(item.publicKey.length === ITEM_BYTES.publicKey, 'a key has 32 bytes')
  assert(item.signature.length === ITEM_BYTES.signature, 'a signature has 64 bytes')
  assert(item.salt.length <= ITEM_BYTES.salt, 'a salt is short')
  assert(Number.isSafeInteger(item.sequence) && item.sequence >= 0, 'a number is one')
}

function makeMessage(random: Random): Uint8Array {
  const transaction = random.bytes(random.below(40))
  const senderId = random.bytes(20)
  if (onceIn(8, random))
    return encodeDhtFailure({ transaction, code: edgyNumber(random), text: 'no \u0000\u202E' })
  if (onceIn(2, random)) {
    const wants = pick(random, [[], ['ipv4'], ['ipv4', 'ipv6']] as const)
    return encodeDhtQuery({ transaction, senderId, wants, query: makeQuery(random) })
  }
  const host = pick(random, ['203.0.113.7', '2001:db8::7'])
  const address = { host, port: random.below(65_536) }
  const some = <T>(most: number, make: () => T): T[] =>
    Array.from({ length: random.below(most) }, make)
  return encodeDhtAnswer({
    transaction,
    seenAs: address,
    answer: {
      senderId,
      nodes: some(30, () => ({ id: random.bytes(20), address })),
      peers: some(130, () => address),
      token: onceIn(2, random) ? random.bytes(random.below(80)) : null,
      item: onceIn(3, random) ? makeItem(random) : null,
    },
  })
}

function makeQuery(random: Random): DhtQuery {
  const target = random.bytes(20)
  const token = random.bytes(8)
  return pick<DhtQuery>(random, [
    { kind: 'ping' },
    { kind: 'find-node', target },
    { kind: 'get-peers', infoHash: target },
    { kind: 'announce-peer', infoHash: target, token, port: onceIn(2, random) ? null : 6881 },
    { kind: 'get', target, newerThan: onceIn(2, random) ? edgyNumber(random) : null },
    { kind: 'put', item: makeItem(random), token, replaces: null },
  ])
}

function makeItem(random: Random): DhtItem {
  const text = 'x'.repeat(random.below(1010))
  const value = new TextEncoder().encode(`${text.length}:${text}`)
  if (onceIn(2, random)) return { kind: 'immutable', value }
  return {
    kind: 'mutable',
    value,
    publicKey: random.bytes(onceIn(8, random) ? 31 : 32),
    salt: random.bytes(random.below(70)),
    sequence: edgyNumber(random),
    signature: random.bytes(64),
  }
}
