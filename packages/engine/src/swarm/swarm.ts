// More lines than usual: dialing, letting in and letting go share one count of places.
import {
  LIMITS,
  SECOND_MS,
  addressKey,
  equalBytes,
  messageOf,
  toHex,
  type Clock,
  type Dialer,
  type LearnedFrom,
  type Log,
  type SocketAddress,
} from '@matinee/base'
import {
  handshakeHash,
  type Handshake,
  type HandshakeFeatures,
  type InfoHashes,
} from '@matinee/protocol'
import { Link } from '../peer/link.ts'
import { Peer, type PeerHost } from '../peer/peer.ts'
import type { SourceId } from '../pick/block-source.ts'
import { Candidates } from './candidates.ts'
import { pickSurplus, pickUseless, type PeerUse } from './retention.ts'
import { stayingDouble } from './double.ts'

/** Nobody at all sent anything for so long although we asked. Slow ones take as long for a block, but trickle. */
const SILENCE_MS = 8 * SECOND_MS
/** Silence is looked for several times a second; a longer gap is ours. */
const STOOD_STILL_MS = SECOND_MS
/** One useless peer makes place at a time. */
const MAKE_PLACE_EVERY_MS = 5 * SECOND_MS

/** The peers of one torrent: dials candidates, lets others in, keeps at most as many as may be. */
export class Swarm {
  readonly candidates = new Candidates()
  readonly peers = new Map<SourceId, Peer>()
  readonly #dialer: Dialer
  readonly #clock: Clock
  readonly #log: Log
  readonly #peerId: Uint8Array
  readonly #mostPeers: () => number
  readonly #host: PeerHost
  readonly #hashes: () => InfoHashes
  readonly #features: () => HandshakeFeatures
  /** The peer has joined; it hears nothing before this has returned. */
  readonly #onPeer: (peer: Peer) => void
  readonly #stopping = new AbortController()
  #silenceMs = SILENCE_MS
  /** When silence was looked for last, and since when that was done without a gap. */
  #lookedMs = Number.NEGATIVE_INFINITY
  #awakeMs = Number.NEGATIVE_INFINITY
  #dialing = 0
  #nextId = 1
  #madePlaceMs = Number.NEGATIVE_INFINITY

  constructor(parts: {
    readonly dialer: Dialer
    readonly clock: Clock
    readonly log: Log
    readonly peerId: Uint8Array
    /** Connections that it may have at this moment. */
    readonly mostPeers: () => number
    readonly host: PeerHost
    readonly hashes: () => InfoHashes
    readonly features: () => HandshakeFeatures
    readonly onPeer: (peer: Peer) => void
  }) {
    this.#dialer = parts.dialer
    this.#clock = parts.clock
    this.#log = parts.log
    this.#peerId = parts.peerId
    this.#mostPeers = parts.mostPeers
    this.#host = parts.host
    this.#hashes = parts.hashes
    this.#features = parts.features
    this.#onPeer = parts.onPeer
  }

  /** Addresses that are being dialed, or whose handshake is awaited. */
  get dialing(): number {
    return this.#dialing
  }

  /** Adds addresses and dials what there is room for. */
  add(addresses: readonly SocketAddress[], learnedFrom: LearnedFrom): void {
    for (const address of addresses) this.candidates.add(address, learnedFrom)
    this.fill()
  }

  /**
   * Dials while there is room.
   *
   * @param isAwaited somebody watches: where nobody is connected, who failed is tried again soon
   */
  fill(isAwaited = false): void {
    if (this.#stopping.signal.aborted) return
    if (isAwaited) this.#endSilence()
    const room = Math.min(
      this.#mostPeers() - this.peers.size - this.#dialing,
      LIMITS.dialingAtOnce - this.#dialing,
    )
    if (room <= 0) {
      this.#shed()
      this.#makePlace()
      return
    }
    const isUrgent = isAwaited && this.peers.size === 0
    const taken = this.candidates.take(room, this.#clock.nowMs(), isUrgent)
    for (const candidate of taken) void this.#dial(candidate)
  }

  /** Nobody says anything although we wait: the network was away, and connections from before are stranded (A14). */
  #endSilence(): void {
    const nowMs = this.#clock.nowMs()
    // Time in which this process itself stood still says nothing about others (A20).
    if (nowMs - this.#lookedMs > STOOD_STILL_MS) this.#awakeMs = nowMs
    this.#lookedMs = nowMs
    if (nowMs - this.#awakeMs < this.#silenceMs) return
    const peers = [...this.peers.values()]
    const heard = peers.filter((peer) => peer.silentMs(nowMs) < SILENCE_MS)
    if (heard.some((peer) => peer.downloadedBytes > 0)) this.#silenceMs = SILENCE_MS
    const isOverdue = peers.some(({ pace }) => pace.silentMs(nowMs) >= this.#silenceMs)
    if (heard.length > 0 || !isOverdue) return
    // Whoever is only slow gets longer the next time.
    this.#silenceMs *= 2
    for (const peer of peers) if (!peer.isIncoming) peer.close('nobody says anything any more')
  }

  /** What the torrent may have has become less: lets go of whoever is worth least. */
  #shed(): void {
    const most = this.#mostPeers()
    if (this.peers.size <= most) return
    for (const id of pickSurplus(this.peers.values().map(useOf), most))
      this.peers.get(id)?.close('others need the place')
  }

  /** Lets a useless peer go when addresses wait that were never tried. */
  #makePlace(): void {
    const nowMs = this.#clock.nowMs()
    if (this.peers.size < this.#mostPeers() || nowMs - this.#madePlaceMs < MAKE_PLACE_EVERY_MS)
      return
    if (!this.candidates.hasUntried) return
    this.#madePlaceMs = nowMs
    const id = pickUseless(this.peers.values().map(useOf))
    if (id !== null) this.peers.get(id)?.close('makes place')
  }

  /** Somebody dialed us and named one of our hashes. */
  accept(link: Link, remote: Handshake): void {
    const { host } = link.stream.remote
    if (
      this.#stopping.signal.aborted ||
      this.candidates.isBanned(host) ||
      this.peers.size >= this.#mostPeers() ||
      equalBytes(remote.peerId, this.#peerId) ||
      !this.#yieldTo(link, remote, true)
    ) {
      link.stream.destroy()
      return
    }
    const hashes = this.#hashes()
    const named =
      hashes.v1 !== null && equalBytes(remote.infoHash, handshakeHash(hashes, 'v1')) ? 'v1' : 'v2'
    // BEP 52, upgrade path: a v1 handshake with the v2 bit is answered with the v2 hash.
    const protocol = named === 'v1' && remote.reserved.v2 && hashes.v2 !== null ? 'v2' : named
    link.sendHandshake(handshakeHash(hashes, protocol), this.#peerId, this.#features())
    this.#join(link, remote, protocol, { isIncoming: true, roundTripMs: undefined })
  }

  /** Bans the peer's address and closes it. */
  ban(peer: Peer, reason: string): void {
    this.candidates.ban(peer.address.host)
    this.#log.info('peer banned', { peer: peer.id, reason })
    peer.close(reason)
  }

  /** To be called when a peer has closed. */
  closed(peer: Peer): void {
    if (!this.peers.delete(peer.id)) return
    if (!peer.isIncoming) this.candidates.ended(peer.address, this.#clock.nowMs())
    this.fill()
  }

  /** Closes everything and dials no more. */
  stop(): void {
    this.#stopping.abort(new DOMException('the torrent stops', 'AbortError'))
    for (const peer of this.peers.values()) peer.close('the torrent stops')
  }

  async #dial({ address, ...from }: ReturnType<Candidates['take']>[number]): Promise<void> {
    this.#dialing++
    try {
      const { signal } = this.#stopping
      const startMs = this.#clock.nowMs()
      const stream = await this.#dialer.dial(address, {
        learnedFrom: from.learnedFrom,
        hasAnswered: from.hasAnswered,
        signal,
        timeoutMs: LIMITS.dialMs,
      })
      const connectedMs = this.#clock.nowMs()
      const link = new Link(stream, this.#clock)
      const hashes = this.#hashes()
      const sent = hashes.v1 === null ? 'v2' : 'v1'
      link.sendHandshake(handshakeHash(hashes, sent), this.#peerId, this.#features())
      const remote = await link.readHandshake(signal)
      const protocol = this.#agreed(remote, hashes, sent)
      if (
        protocol === null ||
        equalBytes(remote.peerId, this.#peerId) ||
        !this.#yieldTo(link, remote, false)
      ) {
        // Another torrent, ourselves, or somebody who is here: not a lie, but nothing to gain either.
        stream.destroy()
        this.candidates.failed(address, this.#clock.nowMs())
        return
      }
      const greetedMs = this.#clock.nowMs()
      // Dialing and greeting are a round trip each. Connecting alone says nothing where something on the
      // way answers for the peer (a proxy, a VPN, loopback); a lost first packet makes it a second longer.
      const roundTripMs = Math.min((greetedMs - startMs) / 2, greetedMs - connectedMs)
      this.#join(link, remote, protocol, { isIncoming: false, roundTripMs })
    } catch (error) {
      this.#log.debug('dial failed', { peer: addressKey(address), reason: messageOf(error) })
      this.candidates.failed(address, this.#clock.nowMs())
    } finally {
      this.#dialing--
      this.fill()
    }
  }

  /** What both sides speak after the answer to our handshake; `null` = it is another torrent. */
  #agreed(remote: Handshake, hashes: InfoHashes, sent: 'v1' | 'v2'): 'v1' | 'v2' | null {
    if (equalBytes(remote.infoHash, handshakeHash(hashes, sent))) return sent
    return hashes.v2 !== null && equalBytes(remote.infoHash, handshakeHash(hashes, 'v2'))
      ? 'v2'
      : null
  }

  /** Whether a new connection may stay; it takes the place of an older one to the same peer, or gives way to it (P17). */
  #yieldTo(link: Link, remote: Handshake, isNewerIncoming: boolean): boolean {
    const { host } = link.stream.remote
    const older = this.peers
      .values()
      .find((peer) => peer.address.host === host && equalBytes(peer.remote.peerId, remote.peerId))
    if (older === undefined) return true
    const staying = stayingDouble({
      olderAgeMs: older.ageMs,
      isOlderIncoming: older.isIncoming,
      isNewerIncoming,
      areWeFirst: toHex(this.#peerId) < toHex(remote.peerId),
    })
    if (staying === 'newer') older.close('connected anew')
    return staying === 'newer'
  }

  #join(
    link: Link,
    remote: Handshake,
    protocol: 'v1' | 'v2',
    connection: { readonly isIncoming: boolean; readonly roundTripMs: number | undefined },
  ): void {
    const peer = new Peer({
      id: this.#nextId++,
      link,
      remote,
      protocol,
      ...connection,
      clock: this.#clock,
      host: this.#host,
    })
    this.peers.set(peer.id, peer)
    this.#log.debug('peer joined', { peer: peer.id, protocol, client: toHex(remote.peerId) })
    this.#onPeer(peer)
    peer.start()
  }
}

function useOf(peer: Peer): PeerUse {
  return {
    id: peer.id,
    ageMs: peer.ageMs,
    downloadedBytes: peer.downloadedBytes,
    isChokingUs: peer.us.choked,
    isInterested: peer.them.interested,
  }
}
