import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LIMITS, concatBytes, latin1, latin1Bytes, toHex } from '@matinee/base'
import fc from 'fast-check'
import { BencodeDictionary, type BencodeValue } from '../bencode/bencode-dictionary.ts'
import { encodeBencode } from '../bencode/bencode.ts'
import { decodeDhtMessage } from './dht-decoder.ts'
import { encodeDhtAnswer, encodeDhtFailure, encodeDhtQuery } from './dht-encoder.ts'
import { DhtError, type DhtErrorCode } from './dht-error.ts'
import type { DhtAnswer, DhtQuery } from './dht-message.ts'

const ID = latin1Bytes('abcdefghij0123456789')
const OTHER = latin1Bytes('mnopqrstuvwxyz123456')
const T = latin1Bytes('aa')

test('queries are written as the examples of BEP 5 are', () => {
  const written = (query: DhtQuery): string =>
    latin1(encodeDhtQuery({ transaction: T, senderId: ID, query })).replace(/1:v4:..../su, '')
  const head = 'd1:ad2:id20:abcdefghij0123456789'
  assert.equal(written({ kind: 'ping' }), `${head}e1:q4:ping1:t2:aa1:y1:qe`)
  assert.equal(
    written({ kind: 'find-node', target: OTHER }),
    `${head}6:target20:mnopqrstuvwxyz123456e1:q9:find_node1:t2:aa1:y1:qe`,
  )
  assert.equal(
    written({ kind: 'get-peers', infoHash: OTHER }),
    `${head}9:info_hash20:mnopqrstuvwxyz123456e1:q9:get_peers1:t2:aa1:y1:qe`,
  )
  const announce = {
    kind: 'announce-peer',
    infoHash: OTHER,
    token: latin1Bytes('aoeusnth'),
  } as const
  assert.equal(
    written({ ...announce, port: 6881 }),
    `${head}9:info_hash20:mnopqrstuvwxyz1234564:porti6881e5:token8:aoeusnthe1:q13:announce_peer1:t2:aa1:y1:qe`,
  )
})

/** Plain objects, as decoders make them. */
function record<T>(model: { [Key in keyof T]: fc.Arbitrary<T[Key]> }): fc.Arbitrary<T> {
  return fc.record<T>(model, { noNullPrototype: true })
}

const id = fc.uint8Array({ minLength: 20, maxLength: 20 })
const token = fc.uint8Array({ minLength: 1, maxLength: 20 })
const port = fc.integer({ min: 1, max: 65_535 })
const value = fc.uint8Array({ maxLength: 900 }).map((raw) => encodeBencode(raw))
const sequence = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })
const item = fc.oneof(
  record({ kind: fc.constant('immutable' as const), value }),
  record({
    kind: fc.constant('mutable' as const),
    value,
    publicKey: fc.uint8Array({ minLength: 32, maxLength: 32 }),
    salt: fc.uint8Array({ maxLength: 64 }),
    sequence,
    signature: fc.uint8Array({ minLength: 64, maxLength: 64 }),
  }),
)
const query: fc.Arbitrary<DhtQuery> = fc.oneof(
  record({ kind: fc.constant('ping' as const) }),
  record({ kind: fc.constant('find-node' as const), target: id }),
  record({ kind: fc.constant('get-peers' as const), infoHash: id }),
  record({
    kind: fc.constant('announce-peer' as const),
    infoHash: id,
    port: fc.option(port),
    token,
  }),
  record({ kind: fc.constant('get' as const), target: id, newerThan: fc.option(sequence) }),
  record({ kind: fc.constant('put' as const), item, token, replaces: fc.option(sequence) }),
)

test('a query is read as it was written', () => {
  fc.assert(
    fc.property(query, id, fc.boolean(), (asked, senderId, isReadOnly) => {
      const wants = ['ipv4', 'ipv6'] as const
      const bytes = encodeDhtQuery({ transaction: T, senderId, isReadOnly, wants, query: asked })
      const expected = { kind: 'query', transaction: T, senderId, isReadOnly, wants, query: asked }
      assert.deepEqual(decodeDhtMessage(bytes), expected)
    }),
  )
})

const address = fc.oneof(
  record({ host: fc.ipV4(), port }),
  record({ host: fc.constantFrom('2001:db8::1', '2a00::9'), port }),
)

test('an answer is read as it was written, IPv4 before IPv6', () => {
  const answer: fc.Arbitrary<DhtAnswer> = record({
    senderId: id,
    nodes: fc
      .array(record({ id, address }), { maxLength: 16 })
      .map((nodes) => nodes.toSorted((a, b) => kindOf(a) - kindOf(b))),
    peers: fc.array(address, { maxLength: 50 }),
    token: fc.option(token),
    item: fc.option(item.map((one) => ('salt' in one ? { ...one, salt: new Uint8Array(0) } : one))),
  })
  fc.assert(
    fc.property(answer, address, (said, seenAs) => {
      const bytes = encodeDhtAnswer({ transaction: T, seenAs, answer: said })
      const expected = { kind: 'answer', transaction: T, answer: said, seenAs }
      assert.deepEqual(decodeDhtMessage(bytes), expected)
    }),
  )
})

test('a failure is read as it was written, its text cleaned', () => {
  const bytes = encodeDhtFailure({ transaction: T, code: 302, text: 'sequence\u0007 \u202Eold' })
  const read = decodeDhtMessage(bytes)
  assert.ok(read.kind === 'failure' && read.code === 302)
  assert.ok(!/\p{Cc}|\u202E/u.test(read.text))
})

test('T5: what is no message of the DHT is refused by name, whatever it claims', () => {
  const cases: [string, Uint8Array, DhtErrorCode][] = [
    ['100 000 peers', answerWith({ values: many(100_000, new Uint8Array(6)) }), 'too-large'],
    ['4097 bytes', new Uint8Array(4097), 'too-large'],
    ['noise', latin1Bytes('GET / HTTP/1.1'), 'not-bencode'],
    ['a list', latin1Bytes('le'), 'not-bencode'],
    ['a deep list', latin1Bytes(`${'l'.repeat(1000)}${'e'.repeat(1000)}`), 'not-bencode'],
    ['a thousand values', answerWith({ values: many(1000, 1) }), 'not-bencode'],
    ['no transaction', packed({ y: latin1Bytes('q') }), 'bad-message'],
    ['a long transaction', packed({ t: new Uint8Array(33), y: latin1Bytes('q') }), 'bad-message'],
    ['another kind', packed({ t: T, y: latin1Bytes('x') }), 'bad-message'],
    ['an answer without body', packed({ t: T, y: latin1Bytes('r') }), 'bad-answer'],
    ['an id of 19 bytes', answerWith({ id: ID.subarray(1) }), 'bad-answer'],
    ['nodes of a wrong length', answerWith({ nodes: new Uint8Array(27) }), 'bad-answer'],
    ['nodes6 of a wrong length', answerWith({ nodes6: new Uint8Array(26) }), 'bad-answer'],
    ['a long token', answerWith({ token: new Uint8Array(65) }), 'bad-answer'],
  ]
  for (const [name, bytes, code] of cases)
    assert.throws(
      () => decodeDhtMessage(bytes),
      (error) => error instanceof DhtError && error.code === code,
      name,
    )
})

test('T5: of long lists as many are taken as the limits allow, and nothing with port 0 or of a wrong length', () => {
  const peer = Uint8Array.of(203, 0, 113, 1, 26, 225)
  const node = concatBytes([ID, peer])
  const { answer } = readAnswer(
    answerWith({
      nodes: concatBytes(many(60, node)),
      values: [new Uint8Array(6), new Uint8Array(5), 7, ...many(200, peer)],
    }),
  )
  assert.equal(answer.nodes.length, LIMITS.dhtNodes)
  assert.equal(answer.peers.length, LIMITS.dhtPeers)
  assert.deepEqual(answer.peers[0], { host: '203.0.113.1', port: 6881 })
})

test('T7: an item that breaks a limit is left out of an answer, and a put of one is a wrong query', () => {
  const key = { k: new Uint8Array(32), seq: 1, sig: new Uint8Array(64) }
  const bad: Record<string, BencodeValue>[] = [
    { ...key, v: new Uint8Array(997) },
    { ...key, v: 1, sig: new Uint8Array(63) },
    { ...key, v: 1, seq: -1 },
    { ...key, v: 1, k: new Uint8Array(31) },
    { ...key, v: 1, salt: new Uint8Array(65) },
    { v: new Uint8Array(997) },
  ]
  for (const entries of bad) {
    assert.equal(readAnswer(answerWith(entries)).answer.item, null)
    const put = packed({
      a: BencodeDictionary.from({ id: ID, token: T, ...entries }),
      q: latin1Bytes('put'),
      t: T,
      y: latin1Bytes('q'),
    })
    const read = decodeDhtMessage(put)
    assert.ok(read.kind === 'unknown-query' && read.code === 203)
  }
})

test('a query that nobody knows or that lacks something is told apart, so that its sender hears of it', () => {
  const asked = (q: string, a: Record<string, BencodeValue>): unknown => {
    const message = decodeDhtMessage(
      packed({ a: BencodeDictionary.from(a), q: latin1Bytes(q), t: T, y: latin1Bytes('q') }),
    )
    return message.kind === 'unknown-query' ? message.code : message.kind
  }
  assert.equal(asked('vote', { id: ID }), 204)
  assert.equal(asked('ping', {}), 203)
  assert.equal(asked('find_node', { id: ID, target: ID.subarray(1) }), 203)
  assert.equal(asked('announce_peer', { id: ID, info_hash: ID, token: T, port: 0 }), 203)
  assert.equal(
    asked('announce_peer', { id: ID, info_hash: ID, token: T, implied_port: 1 }),
    'query',
  )
  assert.equal(asked('ping', { id: ID }), 'query')
})

function readAnswer(bytes: Uint8Array) {
  const message = decodeDhtMessage(bytes)
  assert.ok(message.kind === 'answer', toHex(bytes.subarray(0, 20)))
  return message
}

function answerWith(entries: Record<string, BencodeValue>): Uint8Array {
  return packed({
    r: BencodeDictionary.from({ id: ID, ...entries }),
    t: T,
    y: latin1Bytes('r'),
  })
}

function packed(entries: Record<string, BencodeValue>): Uint8Array {
  return encodeBencode(BencodeDictionary.from(entries))
}

function many<T>(count: number, one: T): T[] {
  return Array.from({ length: count }, () => one)
}

function kindOf(node: { readonly address: { readonly host: string } }): number {
  return node.address.host.includes(':') ? 1 : 0
}
