import type { LearnedFrom, SocketAddress } from '@matinee/base'
import type { AddressFamily, DhtItem, MutableItem } from '@matinee/protocol'

/** How a search ended. */
export interface DhtSearchEnd {
  /** Nodes that were asked, and that answered. */
  readonly asked: number
  readonly answered: number
  /** Nodes that keep what was announced or put. */
  readonly kept: number
}

/** What is looked for under BEP 44. */
export type DhtItemName =
  | { readonly kind: 'immutable'; /** 20 bytes. */ readonly target: Uint8Array }
  | ({ readonly kind: 'mutable' } & Pick<MutableItem, 'publicKey' | 'salt'>)

/** How the DHT stands, for showing. */
export interface DhtStatus {
  readonly families: readonly {
    readonly family: AddressFamily
    /** Where it listens. */
    readonly port: number | null
    /** Neighbours that answer. */
    readonly nodes: number
    /** Our address as most others see it; `null` = not known yet. */
    readonly seenAs: string | null
  }[]
  /** What we keep for others. */
  readonly keptTorrents: number
  readonly keptItems: number
}

/**
 * The port by which the engine finds peers and items that nobody's server knows: BEP 5 and 44. Nothing in it
 * rejects but for the signal's reason: a DHT that isn't there finds nothing.
 */
export interface Dht extends AsyncDisposable {
  /** The UDP port of IPv4, which peers are told (BEP 5); `null` = none, or not yet open. */
  readonly port: number | null
  /**
   * Looks for peers of an info-hash (20 bytes), and announces us to the nearest nodes. Addresses come as they
   * are found, more than once, and are a stranger's word.
   */
  findPeers(
    infoHash: Uint8Array,
    options: {
      /** Our TCP port; `null` = we aren't announced. */
      readonly announcePort: number | null
      readonly onPeers: (peers: readonly SocketAddress[]) => void
      readonly signal: AbortSignal
    },
  ): Promise<DhtSearchEnd>
  /** The newest item with a right signature that the nearest nodes have; `null` = none. */
  get(name: DhtItemName, signal: AbortSignal): Promise<DhtItem | null>
  /** Has the nearest nodes keep an item for about two hours. Throws DhtError `bad-item`. */
  put(item: DhtItem, signal: AbortSignal): Promise<DhtSearchEnd>
  /** A node may be there: a peer or a torrent named it. */
  addNode(address: SocketAddress, learnedFrom: LearnedFrom): void
  status(): DhtStatus
}
