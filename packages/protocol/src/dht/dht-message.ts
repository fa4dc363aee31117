import type { SocketAddress } from '@matinee/base'
import type { AddressFamily } from '../compact-address.ts'
import type { DhtContact } from './compact-node.ts'
import type { DhtItem } from './dht-item.ts'

/** What one node asks another (BEP 5, 44). Ids, targets and info-hashes have 20 bytes. */
export type DhtQuery =
  | { readonly kind: 'ping' }
  | { readonly kind: 'find-node'; readonly target: Uint8Array }
  | { readonly kind: 'get-peers'; readonly infoHash: Uint8Array }
  | {
      readonly kind: 'announce-peer'
      readonly infoHash: Uint8Array
      /** Where it listens; `null` = where the query came from (`implied_port`). */
      readonly port: number | null
      readonly token: Uint8Array
    }
  | {
      readonly kind: 'get'
      readonly target: Uint8Array
      /** Only an item newer than this is wanted; `null` = any. */
      readonly newerThan: number | null
    }
  | {
      readonly kind: 'put'
      readonly item: DhtItem
      readonly token: Uint8Array
      /** Only in place of the item with this sequence number; `null` = in place of any older one. */
      readonly replaces: number | null
    }

/** A query as it came. */
export interface DhtQueryMessage {
  readonly kind: 'query'
  /** To be sent back; at most 32 bytes. */
  readonly transaction: Uint8Array
  readonly senderId: Uint8Array
  /** BEP 43: it answers nobody, and is nobody's neighbour. */
  readonly isReadOnly: boolean
  /** Which nodes it wants to hear of (BEP 32); empty = those of its own family. */
  readonly wants: readonly AddressFamily[]
  readonly query: DhtQuery
}

/** An answer to any query: what there was in it. Which query it answers only the asker knows. */
export interface DhtAnswer {
  readonly senderId: Uint8Array
  /** At most `LIMITS.dhtNodes` of each family. */
  readonly nodes: readonly DhtContact[]
  /** At most `LIMITS.dhtPeers`. Not judged: see `mayDial`. */
  readonly peers: readonly SocketAddress[]
  /** Lets the asker announce or put; `null` = none. */
  readonly token: Uint8Array | null
  /** `null` = none, or none that keeps the limits. Neither signature nor place are judged. */
  readonly item: DhtItem | null
}

/** A query that nobody here has a meaning for, or that lacks what it needs. */
export interface UnknownQueryMessage {
  readonly kind: 'unknown-query'
  readonly transaction: Uint8Array
  /** BEP 5: 203 a wrong query, 204 an unknown method. */
  readonly code: 203 | 204
}

/** What one datagram of the DHT says (KRPC, BEP 5). */
export type DhtMessage =
  | DhtQueryMessage
  | UnknownQueryMessage
  | {
      readonly kind: 'answer'
      readonly transaction: Uint8Array
      readonly answer: DhtAnswer
      /** BEP 42: where the answering node saw us; a stranger's word. */
      readonly seenAs: SocketAddress | null
    }
  | {
      readonly kind: 'failure'
      readonly transaction: Uint8Array
      /** BEP 5 and 44: 201 to 205, 206, 207, 301, 302; anything as received. */
      readonly code: number
      /** Cleaned text for people; may be empty. */
      readonly text: string
    }
