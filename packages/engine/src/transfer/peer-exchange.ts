import { LIMITS, MINUTE_MS, addressKey, type Clock, type SocketAddress } from '@matinee/base'
import { decodePeerExchange, encodePeerExchange, type ExchangedPeer } from '@matinee/protocol'
import type { Peer } from '../peer/peer.ts'
import type { SourceId } from '../pick/block-source.ts'

/** BEP 11: at most one message a minute. */
const SEND_EVERY_MS = MINUTE_MS

/** Peer exchange (BEP 11): tells each peer whom we have found by dialing, and takes what it tells. */
export class PeerExchanges {
  readonly #clock: Clock
  readonly #told = new Map<SourceId, { atMs: number; addresses: Map<string, SocketAddress> }>()
  readonly #tookMs = new Map<SourceId, number>()
  readonly #onAddresses: (addresses: readonly SocketAddress[]) => void

  constructor(clock: Clock, onAddresses: (addresses: readonly SocketAddress[]) => void) {
    this.#clock = clock
    this.#onAddresses = onAddresses
  }

  /** Takes a message. Throws WireError when it makes no sense. */
  onMessage(peer: Peer, payload: Uint8Array): void {
    const nowMs = this.#clock.nowMs()
    const exchange = decodePeerExchange(payload)
    const tookMs = this.#tookMs.get(peer.id)
    if (tookMs !== undefined && nowMs - tookMs < LIMITS.pexEveryMs) return
    this.#tookMs.set(peer.id, nowMs)
    this.#onAddresses(exchange.added.map(({ address }) => address))
  }

  peerClosed(peer: Peer): void {
    this.#told.delete(peer.id)
    this.#tookMs.delete(peer.id)
  }

  /** Tells the peer what has changed since the last message, when its time has come. */
  tick(peer: Peer, messageId: number, reached: Iterable<Peer>, nowMs: number): void {
    const told = this.#told.get(peer.id)
    if (told && nowMs - told.atMs < SEND_EVERY_MS) return
    const known = told?.addresses ?? new Map<string, SocketAddress>()
    const current = new Map<string, Peer>()
    // Only addresses that we dialed ourselves are worth telling: of an incoming one we know no port.
    for (const other of reached)
      if (other !== peer && !other.isIncoming) current.set(addressKey(other.address), other)
    const added: ExchangedPeer[] = []
    for (const [key, other] of current)
      if (!known.has(key) && added.length < LIMITS.pexPeers) {
        added.push(exchanged(other))
        known.set(key, other.address)
      }
    const dropped: SocketAddress[] = []
    for (const [key, address] of known)
      if (!current.has(key) && dropped.length < LIMITS.pexPeers) {
        dropped.push(address)
        known.delete(key)
      }
    this.#told.set(peer.id, { atMs: nowMs, addresses: known })
    if (added.length + dropped.length === 0) return
    peer.send({ kind: 'extended', id: messageId, payload: encodePeerExchange({ added, dropped }) })
  }
}

function exchanged(peer: Peer): ExchangedPeer {
  return {
    address: peer.address,
    prefersEncryption: false,
    isSeed: peer.pieces.isSeed,
    utp: false,
    holepunch: false,
    reachable: true,
  }
}
