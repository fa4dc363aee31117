import { LIMITS, addressKey, type Hash, type Random, type SocketAddress } from '@matinee/base'
import type { AddressFamily, DhtAnswer, DhtItem, DhtQueryMessage } from '@matinee/protocol'
import { AnnouncedPeers } from './announced-peers.ts'
import { ItemShelf, type VerifySignature } from './item-shelf.ts'
import { CLOSEST_NODES } from './lookup.ts'
import type { NodeTable } from './node-table.ts'
import { TokenJar } from './token-jar.ts'

/** What a question is answered with. */
export type Reply =
  | {
      readonly kind: 'answer'
      /** For anybody: not much larger than the question. */
      readonly small: DhtAnswer
      /** For who has shown that the address is his; `null` = the small one is all there is. */
      readonly whole: DhtAnswer | null
    }
  | { readonly kind: 'failure'; readonly code: number; readonly text: string }

/** Answers questions (BEP 5, 32, 44): decides what is said and kept, sends nothing. */
export class Responder {
  readonly peers: AnnouncedPeers
  readonly items: ItemShelf
  readonly #tokens: TokenJar
  /** The table of a family; our own of the question's is first asked. */
  readonly #table: (family: AddressFamily) => NodeTable | null

  constructor(parts: {
    readonly hash: Hash
    readonly random: Random
    readonly verify: VerifySignature
    readonly table: (family: AddressFamily) => NodeTable | null
  }) {
    this.peers = new AnnouncedPeers(parts.random)
    this.items = new ItemShelf(parts.hash, parts.verify)
    this.#tokens = new TokenJar(parts.hash, parts.random)
    this.#table = parts.table
  }

  /** @param ownId as the node of the question's family is called now */
  reply(message: DhtQueryMessage, from: SocketAddress, ownId: Uint8Array, nowMs: number): Reply {
    const { query } = message
    const said = (part: Partial<DhtAnswer>): DhtAnswer => ({
      senderId: ownId,
      nodes: [],
      peers: [],
      token: null,
      item: null,
      ...part,
    })
    const token = (): Uint8Array => this.#tokens.tokenFor(from.host, nowMs)
    const nodes = (target: Uint8Array) => this.#nodes(message, from, target)
    switch (query.kind) {
      case 'ping':
        return { kind: 'answer', small: said({}), whole: null }
      case 'find-node':
        return { kind: 'answer', small: said({ nodes: nodes(query.target) }), whole: null }
      case 'get-peers': {
        const near = { nodes: nodes(query.infoHash), token: token() }
        const peers = this.#peersFor(query.infoHash, from, nowMs)
        const small = said({ ...near, peers: peers.slice(0, LIMITS.dhtPeersToStranger) })
        return {
          kind: 'answer',
          small,
          whole: peers.length > LIMITS.dhtPeersToStranger ? said({ ...near, peers }) : null,
        }
      }
      case 'announce-peer': {
        if (!this.#tokens.isRight(query.token, from.host, nowMs)) return WRONG_TOKEN
        const address = { host: from.host, port: query.port ?? from.port }
        this.peers.add(query.infoHash, address, nowMs)
        return { kind: 'answer', small: said({}), whole: null }
      }
      case 'get': {
        const near = { nodes: nodes(query.target), token: token() }
        const item = this.#itemFor(query.target, query.newerThan, nowMs)
        return {
          kind: 'answer',
          small: said(near),
          whole: item === null ? null : said({ ...near, item }),
        }
      }
      case 'put': {
        if (!this.#tokens.isRight(query.token, from.host, nowMs)) return WRONG_TOKEN
        const outcome = this.items.put(query.item, from, query.replaces, nowMs)
        return outcome.kind === 'kept'
          ? { kind: 'answer', small: said({}), whole: null }
          : { kind: 'failure', code: outcome.code, text: PUT_REFUSALS[outcome.code] }
      }
    }
  }

  expire(nowMs: number): void {
    this.peers.expire(nowMs)
    this.items.expire(nowMs)
  }

  #nodes(message: DhtQueryMessage, from: SocketAddress, target: Uint8Array) {
    const own: AddressFamily = from.host.includes(':') ? 'ipv6' : 'ipv4'
    const families = message.wants.length > 0 ? message.wants : [own]
    const asker = addressKey(from)
    return families.flatMap((family) =>
      (this.#table(family)?.closest(target, CLOSEST_NODES + 1) ?? [])
        .filter(({ address }) => addressKey(address) !== asker)
        .slice(0, CLOSEST_NODES),
    )
  }

  /** Peers of the asker's family, himself left out. */
  #peersFor(infoHash: Uint8Array, from: SocketAddress, nowMs: number): SocketAddress[] {
    const isIpv6 = from.host.includes(':')
    return this.peers
      .of(infoHash, LIMITS.dhtPeersInAnswer, nowMs)
      .filter(({ host }) => host.includes(':') === isIpv6)
  }

  #itemFor(target: Uint8Array, newerThan: number | null, nowMs: number): DhtItem | null {
    const item = this.items.get(target, nowMs)
    if (item?.kind === 'mutable' && newerThan !== null && item.sequence <= newerThan) return null
    return item
  }
}

const WRONG_TOKEN: Reply = { kind: 'failure', code: 203, text: 'wrong token' }

/** BEP 44. */
const PUT_REFUSALS = {
  206: 'invalid signature',
  301: 'the CAS hash mismatched',
  302: 'sequence number less than current',
} as const
