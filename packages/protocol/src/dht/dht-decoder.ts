import { LIMITS, latin1, type SocketAddress } from '@matinee/base'
import { BencodeDictionary, isBencodeList } from '../bencode/bencode-dictionary.ts'
import { BencodeError } from '../bencode/bencode-error.ts'
import { decodeBencode } from '../bencode/bencode.ts'
import { decodeCompactAddresses, type AddressFamily } from '../compact-address.ts'
import { remoteText } from '../remote-text.ts'
import { decodeCompactNodes } from './compact-node.ts'
import { DhtError, type DhtErrorCode } from './dht-error.ts'
import { checkItem, type DhtItem } from './dht-item.ts'
import type { DhtAnswer, DhtMessage, DhtQuery } from './dht-message.ts'
import { NODE_ID_BYTES } from './node-id.ts'

/**
 * Reads one datagram of the DHT (KRPC, BEP 5, 32, 42, 43, 44). A query without what it needs comes out
 * as `unknown-query`, so that its sender can be told. Everything in it is a copy.
 * Throws {@link DhtError} and nothing else.
 */
export function decodeDhtMessage(bytes: Uint8Array): DhtMessage {
  if (bytes.length > LIMITS.dhtMessageBytes)
    throw new DhtError('too-large', `a datagram of ${bytes.length} bytes`)
  // A copy: values of a message are views of it, and datagrams are theirs who brought them.
  const own = bytes.slice()
  const message = decodeDictionary(own)
  const transaction = message.bytes('t')
  if (transaction === undefined || transaction.length > LIMITS.dhtTransactionBytes)
    throw new DhtError('bad-message', 'no transaction id, or a long one')
  switch (latin1(message.bytes('y') ?? new Uint8Array(0))) {
    case 'q':
      return decodeQuery(own, message, transaction)
    case 'r':
      return {
        kind: 'answer',
        transaction,
        answer: decodeAnswer(own, required(message.dictionary('r'), 'bad-answer')),
        seenAs: decodeSeenAs(message.bytes('ip')),
      }
    case 'e':
      return { kind: 'failure', transaction, ...decodeFailure(message) }
    default:
      throw new DhtError('bad-message', 'neither query, answer nor failure')
  }
}

function decodeDictionary(bytes: Uint8Array): BencodeDictionary {
  try {
    const value = decodeBencode(bytes, {
      canonical: false,
      saturate: true,
      maxTokens: LIMITS.dhtMessageTokens,
      maxDepth: LIMITS.dhtMessageDepth,
    })
    if (value instanceof BencodeDictionary) return value
  } catch (error) {
    if (!(error instanceof BencodeError)) throw error
    throw new DhtError('not-bencode', 'something else than bencode', { cause: error })
  }
  throw new DhtError('not-bencode', 'no dictionary')
}

function decodeQuery(
  bytes: Uint8Array,
  message: BencodeDictionary,
  transaction: Uint8Array,
): DhtMessage {
  const entries = message.dictionary('a')
  const method = message.text('q')
  const read = METHODS.get(method ?? '')
  if (read === undefined) return { kind: 'unknown-query', transaction, code: 204 }
  try {
    const from = required(entries, 'bad-query')
    return {
      kind: 'query',
      transaction,
      senderId: idIn(from, 'id', 'bad-query'),
      isReadOnly: message.integer('ro') === 1,
      wants: decodeWants(from),
      query: read(from, bytes),
    }
  } catch (error) {
    if (!(error instanceof DhtError)) throw error
    return { kind: 'unknown-query', transaction, code: 203 }
  }
}

const METHODS: ReadonlyMap<string, (from: BencodeDictionary, bytes: Uint8Array) => DhtQuery> =
  new Map<string, (from: BencodeDictionary, bytes: Uint8Array) => DhtQuery>([
    ['ping', () => ({ kind: 'ping' })],
    ['find_node', (from) => ({ kind: 'find-node', target: idIn(from, 'target', 'bad-query') })],
    [
      'get_peers',
      (from) => ({ kind: 'get-peers', infoHash: idIn(from, 'info_hash', 'bad-query') }),
    ],
    [
      'announce_peer',
      (from) => ({
        kind: 'announce-peer',
        infoHash: idIn(from, 'info_hash', 'bad-query'),
        port: from.integer('implied_port') === 1 ? null : portIn(from),
        token: tokenIn(from, 'bad-query'),
      }),
    ],
    [
      'get',
      (from) => ({
        kind: 'get',
        target: idIn(from, 'target', 'bad-query'),
        newerThan: sequenceIn(from, 'seq'),
      }),
    ],
    [
      'put',
      (from, bytes) => ({
        kind: 'put',
        token: tokenIn(from, 'bad-query'),
        item: required(itemIn(from, bytes), 'bad-query'),
        replaces: sequenceIn(from, 'cas'),
      }),
    ],
  ])

function decodeAnswer(bytes: Uint8Array, from: BencodeDictionary): DhtAnswer {
  return {
    senderId: idIn(from, 'id', 'bad-answer'),
    nodes: [...nodesIn(from, 'nodes', 'ipv4'), ...nodesIn(from, 'nodes6', 'ipv6')],
    peers: peersIn(from),
    token: from.has('token') ? tokenIn(from, 'bad-answer') : null,
    item: from.has('v') ? itemIn(from, bytes) : null,
  }
}

function nodesIn(from: BencodeDictionary, key: string, family: AddressFamily) {
  const run = from.bytes(key)
  if (run === undefined) return []
  return required(decodeCompactNodes(run, family, LIMITS.dhtNodes), 'bad-answer')
}

/** Each peer is a text of its own (BEP 5): 6 bytes, or 18 for IPv6 (BEP 32). What is neither is left out. */
function peersIn(from: BencodeDictionary): SocketAddress[] {
  const peers: SocketAddress[] = []
  for (const value of from.list('values') ?? []) {
    if (!(value instanceof Uint8Array)) continue
    const family = value.length === 6 ? 'ipv4' : value.length === 18 ? 'ipv6' : null
    const peer = family === null ? null : decodeCompactAddresses(value, family, 1)?.[0]
    if (peer) peers.push(peer)
    if (peers.length === LIMITS.dhtPeers) break
  }
  return peers
}

/** `null` = what is there keeps no limit of BEP 44; where a signature is missing it must be immutable. */
function itemIn(from: BencodeDictionary, bytes: Uint8Array): DhtItem | null {
  const span = from.spanOf('v')
  if (span === undefined) return null
  const value = bytes.subarray(span.start, span.end)
  const publicKey = from.bytes('k')
  const salt = from.bytes('salt') ?? new Uint8Array(0)
  const signature = from.bytes('sig') ?? new Uint8Array(0)
  const item: DhtItem = publicKey
    ? { kind: 'mutable', value, publicKey, salt, sequence: from.integer('seq') ?? -1, signature }
    : { kind: 'immutable', value }
  try {
    checkItem(item)
    return item
  } catch (error) {
    if (error instanceof DhtError) return null
    throw error
  }
}

/** BEP 42 tells it as 4 or 16 bytes and a port; some tell no port. */
function decodeSeenAs(bytes: Uint8Array | undefined): SocketAddress | null {
  const family = bytes?.length === 6 ? 'ipv4' : bytes?.length === 18 ? 'ipv6' : null
  if (bytes === undefined || family === null) return null
  return decodeCompactAddresses(bytes, family, 1)?.[0] ?? null
}

function decodeFailure(message: BencodeDictionary): {
  readonly code: number
  readonly text: string
} {
  const list = message.list('e') ?? []
  const [code, text] = list
  return {
    code: typeof code === 'number' ? code : 201,
    text: text instanceof Uint8Array ? remoteText(text) : '',
  }
}

function decodeWants(from: BencodeDictionary): AddressFamily[] {
  const wants: AddressFamily[] = []
  const list = from.get('want')
  for (const value of isBencodeList(list) ? list : []) {
    const text = value instanceof Uint8Array ? latin1(value) : ''
    if (text === 'n4' && !wants.includes('ipv4')) wants.push('ipv4')
    if (text === 'n6' && !wants.includes('ipv6')) wants.push('ipv6')
  }
  return wants
}

function idIn(from: BencodeDictionary, key: string, code: DhtErrorCode): Uint8Array {
  const id = from.bytes(key)
  if (id?.length !== NODE_ID_BYTES) throw new DhtError(code, `${key} has not 20 bytes`)
  return id
}

function tokenIn(from: BencodeDictionary, code: DhtErrorCode): Uint8Array {
  const token = from.bytes('token')
  if (token === undefined || token.length > LIMITS.dhtTokenBytes)
    throw new DhtError(code, 'no token, or a long one')
  return token
}

function portIn(from: BencodeDictionary): number {
  const port = from.integer('port')
  if (port === undefined || port < 1 || port > 0xffff) throw new DhtError('bad-query', 'no port')
  return port
}

function sequenceIn(from: BencodeDictionary, key: string): number | null {
  const sequence = from.integer(key)
  return sequence === undefined || sequence < 0 ? null : sequence
}

function required<T>(value: T | null | undefined, code: DhtErrorCode): T {
  if (value === null || value === undefined) throw new DhtError(code, 'something is missing')
  return value
}
