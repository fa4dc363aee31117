import { MINUTE_MS, addressKey, toHex, type Random, type SocketAddress } from '@matinee/base'

/** Announces are repeated every quarter of an hour; after two missed ones a peer is gone. */
const LIFETIME_MS = 45 * MINUTE_MS
/** Torrents of others that we know peers of; the one that was announced longest ago makes place. */
const MOST_TORRENTS = 2000
/** Peers of one torrent. */
const MOST_PEERS = 200

interface AnnouncedPeer {
  readonly address: SocketAddress
  readonly untilMs: number
}

/** What others have announced to us (BEP 5): peers by info-hash, for a while. */
export class AnnouncedPeers {
  readonly #random: Random
  readonly #torrents = new Map<string, Map<string, AnnouncedPeer>>()

  constructor(random: Random) {
    this.#random = random
  }

  get torrentCount(): number {
    return this.#torrents.size
  }

  add(infoHash: Uint8Array, address: SocketAddress, nowMs: number): void {
    const key = toHex(infoHash)
    const peers = this.#torrents.get(key) ?? new Map<string, AnnouncedPeer>()
    this.#torrents.delete(key)
    this.#torrents.set(key, peers)
    const peer = addressKey(address)
    peers.delete(peer)
    peers.set(peer, { address, untilMs: nowMs + LIFETIME_MS })
    dropOldest(peers, MOST_PEERS)
    dropOldest(this.#torrents, MOST_TORRENTS)
  }

  /** At most `most` of them, drawn when there are more. */
  of(infoHash: Uint8Array, most: number, nowMs: number): SocketAddress[] {
    const peers = this.#torrents.get(toHex(infoHash))
    const live: SocketAddress[] = []
    for (const { address, untilMs } of peers?.values() ?? [])
      if (untilMs > nowMs) live.push(address)
    while (live.length > most) live.splice(this.#random.below(live.length), 1)
    return live
  }

  /** Forgets who has not announced again. */
  expire(nowMs: number): void {
    for (const [infoHash, peers] of this.#torrents) {
      for (const [key, { untilMs }] of peers) if (untilMs <= nowMs) peers.delete(key)
      if (peers.size === 0) this.#torrents.delete(infoHash)
    }
  }
}

function dropOldest<T>(map: Map<string, T>, most: number): void {
  const [oldest] = map.keys()
  if (map.size > most && oldest !== undefined) map.delete(oldest)
}
