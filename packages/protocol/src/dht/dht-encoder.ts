import { latin1Bytes, utf8Bytes, type SocketAddress } from '@matinee/base'
import { BencodeDictionary, type BencodeValue } from '../bencode/bencode-dictionary.ts'
import { decodeBencode, encodeBencode } from '../bencode/bencode.ts'
import { encodeCompactAddress, type AddressFamily } from '../compact-address.ts'
import { encodeCompactNodes } from './compact-node.ts'
import type { DhtItem } from './dht-item.ts'
import type { DhtAnswer, DhtQuery } from './dht-message.ts'

/** `MA` and 0.1: which program we are (BEP 5, key `v`). */
const VERSION = Uint8Array.of(0x4d, 0x41, 0, 1)

type Entries = Record<string, BencodeValue | undefined>

/** The datagram of a query. */
export function encodeDhtQuery(message: {
  readonly transaction: Uint8Array
  readonly senderId: Uint8Array
  readonly isReadOnly?: boolean
  readonly wants?: readonly AddressFamily[]
  readonly query: DhtQuery
}): Uint8Array {
  const { transaction, senderId, wants = [], query } = message
  const { method, entries } = argumentsOf(query)
  const want = wants.map((family) => latin1Bytes(family === 'ipv4' ? 'n4' : 'n6'))
  return pack({
    a: BencodeDictionary.from({
      id: senderId,
      want: want.length > 0 ? want : undefined,
      ...entries,
    }),
    q: latin1Bytes(method),
    ro: message.isReadOnly === true ? 1 : undefined,
    t: transaction,
    v: VERSION,
    y: latin1Bytes('q'),
  })
}

/** The datagram of an answer. Families without a node are left out. */
export function encodeDhtAnswer(message: {
  readonly transaction: Uint8Array
  /** BEP 42: where the asker was seen. */
  readonly seenAs: SocketAddress
  readonly answer: DhtAnswer
}): Uint8Array {
  const { nodes, peers, token, item, senderId } = message.answer
  const ipv4 = nodes.filter(({ address }) => !address.host.includes(':'))
  const ipv6 = nodes.filter(({ address }) => address.host.includes(':'))
  return pack({
    ip: encodeCompactAddress(message.seenAs),
    r: BencodeDictionary.from({
      id: senderId,
      nodes: ipv4.length > 0 ? encodeCompactNodes(ipv4) : undefined,
      nodes6: ipv6.length > 0 ? encodeCompactNodes(ipv6) : undefined,
      token: token ?? undefined,
      values: peers.length > 0 ? peers.map(encodeCompactAddress) : undefined,
      ...(item ? itemEntries(item, false) : {}),
    }),
    t: message.transaction,
    v: VERSION,
    y: latin1Bytes('r'),
  })
}

/** The datagram of a failure. */
export function encodeDhtFailure(message: {
  readonly transaction: Uint8Array
  readonly code: number
  readonly text: string
}): Uint8Array {
  return pack({
    e: [message.code, utf8Bytes(message.text)],
    t: message.transaction,
    v: VERSION,
    y: latin1Bytes('e'),
  })
}

function pack(entries: Entries): Uint8Array {
  return encodeBencode(BencodeDictionary.from(entries))
}

function argumentsOf(query: DhtQuery): { readonly method: string; readonly entries: Entries } {
  switch (query.kind) {
    case 'ping':
      return { method: 'ping', entries: {} }
    case 'find-node':
      return { method: 'find_node', entries: { target: query.target } }
    case 'get-peers':
      return { method: 'get_peers', entries: { info_hash: query.infoHash } }
    case 'announce-peer':
      return {
        method: 'announce_peer',
        entries: {
          info_hash: query.infoHash,
          // Nodes that don't know the flag take the port.
          port: query.port ?? 1,
          implied_port: query.port === null ? 1 : undefined,
          token: query.token,
        },
      }
    case 'get':
      return {
        method: 'get',
        entries: { target: query.target, seq: query.newerThan ?? undefined },
      }
    case 'put':
      return {
        method: 'put',
        entries: {
          token: query.token,
          cas: query.replaces ?? undefined,
          ...itemEntries(query.item, true),
        },
      }
  }
}

/** The salt is told to who keeps the item; who asks for it knows it. */
function itemEntries(item: DhtItem, withSalt: boolean): Entries {
  const v = decodeBencode(item.value)
  if (item.kind === 'immutable') return { v }
  const salt = withSalt && item.salt.length > 0 ? item.salt : undefined
  return { k: item.publicKey, salt, seq: item.sequence, sig: item.signature, v }
}
