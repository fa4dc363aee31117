import {
  LIMITS,
  MINUTE_MS,
  addressKey,
  toHex,
  type Random,
  type SocketAddress,
} from '@matinee/base'
import { addressBlock } from './address-block.ts'

/** Announces are repeated every quarter of an hour; after two missed ones a peer is gone. */
const LIFETIME_MS = 45 * MINUTE_MS

interface AnnouncedPeer {
  readonly infoHash: string
  readonly address: SocketAddress
  readonly block: string
  readonly untilMs: number
}

/** What others have announced to us (BEP 5): peers by info-hash, for a while, within limits of memory (threats.md T6). */
export class AnnouncedPeers {
  readonly #random: Random
  /** By info-hash and address, the oldest first. */
  readonly #all = new Map<string, AnnouncedPeer>()
  readonly #torrents = new Map<string, Set<string>>()
  /** How many of a network. */
  readonly #blocks = new Map<string, number>()

  constructor(random: Random) {
    this.#random = random
  }

  get torrentCount(): number {
    return this.#torrents.size
  }

  get peerCount(): number {
    return this.#all.size
  }

  add(infoHash: Uint8Array, address: SocketAddress, nowMs: number): void {
    const torrent = toHex(infoHash)
    const key = `${torrent} ${addressKey(address)}`
    this.#drop(key)
    const block = addressBlock(address.host) ?? addressKey(address)
    if ((this.#blocks.get(block) ?? 0) >= LIMITS.dhtAnnouncedOfNetwork) return
    const peers = this.#torrents.get(torrent) ?? new Set<string>()
    const [oldestOfTorrent] = peers
    if (peers.size >= LIMITS.dhtAnnouncedOfTorrent && oldestOfTorrent !== undefined)
      this.#drop(oldestOfTorrent)
    const [oldest] = this.#all.keys()
    if (this.#all.size >= LIMITS.dhtAnnounced && oldest !== undefined) this.#drop(oldest)
    peers.add(key)
    this.#torrents.set(torrent, peers)
    this.#blocks.set(block, (this.#blocks.get(block) ?? 0) + 1)
    this.#all.set(key, { infoHash: torrent, address, block, untilMs: nowMs + LIFETIME_MS })
  }

  /** At most `most` of them, drawn when there are more. */
  of(infoHash: Uint8Array, most: number, nowMs: number): SocketAddress[] {
    const live: SocketAddress[] = []
    for (const key of this.#torrents.get(toHex(infoHash)) ?? []) {
      const peer = this.#all.get(key)
      if (peer && peer.untilMs > nowMs) live.push(peer.address)
    }
    while (live.length > most) live.splice(this.#random.below(live.length), 1)
    return live
  }

  /** Forgets who has not announced again. */
  expire(nowMs: number): void {
    for (const [key, { untilMs }] of this.#all) if (untilMs <= nowMs) this.#drop(key)
  }

  #drop(key: string): void {
    const peer = this.#all.get(key)
    if (!peer) return
    this.#all.delete(key)
    const peers = this.#torrents.get(peer.infoHash)
    peers?.delete(key)
    if (peers?.size === 0) this.#torrents.delete(peer.infoHash)
    const left = (this.#blocks.get(peer.block) ?? 1) - 1
    if (left > 0) this.#blocks.set(peer.block, left)
    else this.#blocks.delete(peer.block)
  }
}
