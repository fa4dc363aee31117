import { addressKey, SECOND_MS, toHex, type Random, type SocketAddress } from '@matinee/base'
import type { Announce, AnnounceOutcome, ScrapeCounts } from '@matinee/protocol'
import { RequestRate } from './request-rate.ts'
import { TRACKER_LIMITS } from './tracker-limits.ts'

interface RegisteredPeer {
  readonly address: SocketAddress
  readonly isSeed: boolean
  readonly seenMs: number
}

interface Swarm {
  /** By address, the one that was silent longest first. */
  readonly peers: Map<string, RegisteredPeer>
  downloads: number
}

/** What becomes of a request: an answer, or words for the one who asked. */
export type RegisterAnswer<T> =
  | { readonly kind: 'answer'; readonly outcome: T }
  | { readonly kind: 'refused'; readonly reason: string }

/**
 * Who takes part in the torrents that this tracker is for. Knows nothing of HTTP or UDP.
 * A peer's address is where its request came from, whatever the request says.
 */
export class SwarmRegister {
  readonly #swarms = new Map<string, Swarm>()
  readonly #random: Random
  readonly #rate = new RequestRate()
  #announces = 0
  #ownSeed: SocketAddress | null = null

  /** @param infoHashes of 20 bytes each (a v2 one truncated): all that is ever tracked */
  constructor(infoHashes: readonly Uint8Array[], random: Random) {
    this.#random = random
    this.list(infoHashes)
  }

  /**
   * Tracks these torrents from now on and no others; of those that stay, nobody is forgotten.
   *
   * @param infoHashes of 20 bytes each
   */
  list(infoHashes: readonly Uint8Array[]): void {
    const listed = new Set(infoHashes.map(toHex))
    for (const key of this.#swarms.keys()) if (!listed.has(key)) this.#swarms.delete(key)
    for (const key of listed)
      if (!this.#swarms.has(key)) this.#swarms.set(key, { peers: new Map(), downloads: 0 })
  }

  /**
   * Names a seed that has every torrent to whoever asks. It can't announce itself: the address that it would come from
   * here is not the one by which others reach it.
   */
  set ownSeed(address: SocketAddress | null) {
    this.#ownSeed = address
  }

  /** Announces that were answered. */
  get announces(): number {
    return this.#announces
  }

  announce(
    announce: Announce,
    from: SocketAddress,
    nowMs: number,
  ): RegisterAnswer<AnnounceOutcome> {
    if (!this.#rate.allow(from.host, nowMs)) return refused('too many requests')
    const swarm = this.#swarms.get(toHex(announce.infoHash))
    if (!swarm) return refused('this tracker is not for that torrent')
    this.#announces++
    forget(swarm, nowMs)
    const address = { host: from.host, port: announce.port }
    const key = addressKey(address)
    swarm.peers.delete(key)
    if (announce.event === 'completed') swarm.downloads++
    // Port 0 says "I don't listen": it may ask, and nobody is sent to it.
    if (announce.event !== 'stopped' && announce.port > 0) {
      makePlace(swarm, from.host)
      swarm.peers.set(key, { address, isSeed: announce.left === 0, seenMs: nowMs })
    }
    const counts = this.#countsOf(swarm)
    return {
      kind: 'answer',
      outcome: {
        intervalSeconds: TRACKER_LIMITS.intervalMs / SECOND_MS,
        peers: announce.event === 'stopped' ? [] : this.#pick(swarm, key, announce),
        seeders: counts.seeders,
        leechers: counts.leechers,
      },
    }
  }

  /** Counts of the listed torrents among `infoHashes`, in their order; `null` where one isn't listed. */
  scrape(
    infoHashes: readonly Uint8Array[],
    from: SocketAddress,
    nowMs: number,
  ): RegisterAnswer<readonly (ScrapeCounts | null)[]> {
    if (!this.#rate.allow(from.host, nowMs)) return refused('too many requests')
    const counts = infoHashes.map((infoHash) => {
      const swarm = this.#swarms.get(toHex(infoHash))
      if (!swarm) return null
      forget(swarm, nowMs)
      return this.#countsOf(swarm)
    })
    return { kind: 'answer', outcome: counts }
  }

  /** Some of the others, by chance; a seed gets no seeds, because they have nothing for each other. */
  #pick(swarm: Swarm, own: string, announce: Announce): SocketAddress[] {
    const others: SocketAddress[] = []
    for (const [key, peer] of swarm.peers)
      if (key !== own && !(peer.isSeed && announce.left === 0)) others.push(peer.address)
    // BEP 15: a negative number asks for the default.
    const wanted = announce.numWant < 0 ? TRACKER_LIMITS.peersPerAnswer : announce.numWant
    const picked: SocketAddress[] = []
    if (this.#ownSeed !== null && announce.left > 0 && wanted > 0) picked.push(this.#ownSeed)
    const count = Math.min(wanted, TRACKER_LIMITS.peersPerAnswer, others.length + picked.length)
    while (picked.length < count)
      picked.push(...others.splice(this.#random.below(others.length), 1))
    return picked
  }

  #countsOf(swarm: Swarm): ScrapeCounts {
    let seeders = this.#ownSeed === null ? 0 : 1
    let leechers = 0
    for (const { isSeed } of swarm.peers.values())
      if (isSeed) seeders++
      else leechers++
    return { seeders, leechers, downloads: swarm.downloads }
  }
}

function refused(reason: string): { readonly kind: 'refused'; readonly reason: string } {
  return { kind: 'refused', reason }
}

function forget(swarm: Swarm, nowMs: number): void {
  for (const [key, peer] of swarm.peers) {
    if (nowMs - peer.seenMs < TRACKER_LIMITS.silenceMs) return
    swarm.peers.delete(key)
  }
}

/** Removes whoever was silent longest, of the same IP address when that one has its share already. */
function makePlace(swarm: Swarm, host: string): void {
  let same = 0
  let oldestSame: string | undefined
  for (const [key, peer] of swarm.peers) {
    if (peer.address.host !== host) continue
    same++
    oldestSame ??= key
  }
  if (oldestSame !== undefined && same >= TRACKER_LIMITS.peersPerIp) swarm.peers.delete(oldestSame)
  const [oldest] = swarm.peers.keys()
  if (oldest !== undefined && swarm.peers.size >= TRACKER_LIMITS.peersPerTorrent)
    swarm.peers.delete(oldest)
}
