import { MINUTE_MS, type LearnedFrom, type SocketAddress } from '@matinee/base'
import { handshakeHash, type InfoHashes } from '@matinee/protocol'
import type { Dht } from '../dht/dht.ts'
import type { ResolvedOptions } from '../options.ts'
import type { Peer } from '../peer/peer.ts'
import { Announcer, type AnnounceCall, type TrackerState } from './announcer.ts'
import { DhtAnnouncer, type DhtSearchState } from './dht-announcer.ts'
import { RememberedPeers } from './remembered-peers.ts'
import { TrackerTiers } from './tracker-tiers.ts'

/** Lists of trackers, each with tiers of its own (BEP 12): the torrent's, and each that the adder names. */
export type TrackerLists = readonly (readonly (readonly string[])[])[]

const SAVE_EVERY_MS = 5 * MINUTE_MS

/**
 * Where the peers of one torrent are learned from, apart from peers themselves: trackers, the DHT, and those we
 * reached the last time. A private torrent (BEP 27) asks its trackers alone.
 */
export class Discovery {
  readonly #options: ResolvedOptions
  readonly #lists: readonly TrackerTiers[]
  readonly #remembered: RememberedPeers
  readonly #onPeers: (peers: readonly SocketAddress[], learnedFrom: LearnedFrom) => void
  readonly #infoHashes: () => InfoHashes
  readonly #listenPort: number | null
  readonly #dht: Dht | null
  readonly #searches = new Map<'v1' | 'v2', DhtAnnouncer>()
  #isStarted = false
  #isStopped = false
  #isPrivate = false
  #savedMs: number

  constructor(parts: {
    readonly options: ResolvedOptions
    /** The torrent's own folder. */
    readonly folder: string
    readonly trackers: TrackerLists
    readonly announce: AnnounceCall
    /** `null` = it isn't used. */
    readonly dht: Dht | null
    readonly listenPort: number | null
    readonly infoHashes: () => InfoHashes
    readonly onPeers: (peers: readonly SocketAddress[], learnedFrom: LearnedFrom) => void
  }) {
    const { clock, random, log, disk } = parts.options
    this.#options = parts.options
    this.#onPeers = parts.onPeers
    this.#infoHashes = parts.infoHashes
    this.#listenPort = parts.listenPort
    this.#dht = parts.dht
    this.#savedMs = clock.nowMs()
    this.#remembered = new RememberedPeers({ disk, folder: parts.folder, log })
    this.#lists = parts.trackers.map(
      (tiers) =>
        new TrackerTiers({
          tiers,
          clock,
          random,
          make: (url, events) =>
            new Announcer({
              url,
              call: parts.announce,
              clock,
              log,
              onPeers: (addresses) => {
                events.onAnswered(addresses.length)
                parts.onPeers(addresses, 'tracker')
              },
              onFailed: () => events.onFailed(),
            }),
        }),
    )
  }

  get trackers(): readonly { readonly url: string; readonly state: TrackerState }[] {
    return this.#lists.flatMap(({ all }) => all.map(({ url, state }) => ({ url, state })))
  }

  /** One for each swarm of the torrent; empty where the DHT isn't used. */
  get searches(): readonly DhtSearchState[] {
    return [...this.#searches.values()].map(({ state }) => state)
  }

  /** Whether anybody was asked since the torrent was added. */
  get isStarted(): boolean {
    return this.#isStarted
  }

  /**
   * Asks everywhere: for the first time, or because what trackers know is out of date.
   *
   * @param isPrivate BEP 27; `null` = not known yet, as with a magnet link
   */
  start(isPrivate: boolean | null): void {
    if (this.#isStopped) return
    this.#isPrivate = isPrivate === true
    if (this.#isPrivate) this.#endSearches()
    else this.#startSearches()
    if (!this.#isStarted && !this.#isPrivate) void this.#recall()
    this.#isStarted = true
    for (const list of this.#lists) list.start()
  }

  /** Somebody waits and nobody is there. */
  hurry(): void {
    for (const list of this.#lists) list.hurry()
    for (const search of this.#searches.values()) search.hurry()
  }

  /** The last byte has come. */
  completed(): void {
    for (const list of this.#lists) list.completed()
  }

  /** Whether the torrent is for the DHT, as far as we know. */
  get usesDht(): boolean {
    return this.#dht !== null && !this.#isPrivate
  }

  /** A handshake was made. Who is a node, too, hears that we are one (BEP 5); whom we dialed is remembered. */
  greet(peer: Peer): void {
    const port = this.usesDht ? (this.#dht?.port ?? null) : null
    if (port !== null && peer.remote.reserved.dht) peer.send({ kind: 'port', port })
    if (peer.isIncoming) return
    this.#remembered.reached(peer.address)
    const nowMs = this.#options.clock.nowMs()
    if (this.#isPrivate || nowMs - this.#savedMs < SAVE_EVERY_MS) return
    this.#savedMs = nowMs
    void this.#remembered.save()
  }

  /** Somebody lied. */
  forget(host: string): void {
    this.#remembered.forget(host)
  }

  /** A peer says that it is a node of the DHT, too (BEP 5). */
  nodeNamed(address: SocketAddress): void {
    if (this.usesDht) this.#dht?.addNode(address, 'incoming')
  }

  /** Says goodbye, and keeps who was reached. Never throws. */
  async stop(): Promise<void> {
    this.#isStopped = true
    this.#endSearches()
    const isKept = this.#isStarted && !this.#isPrivate
    await Promise.all([
      ...this.#lists.map((list) => list.stop()),
      isKept ? this.#remembered.save() : null,
    ])
  }

  async #recall(): Promise<void> {
    const peers = await this.#remembered.load()
    if (!this.#isStopped && peers.length > 0) this.#onPeers(peers, 'remembered')
  }

  /** A hybrid has two swarms; the second is known with the metadata at the latest. */
  #startSearches(): void {
    if (!this.#dht) return
    const hashes = this.#infoHashes()
    for (const version of ['v1', 'v2'] as const) {
      if (hashes[version] === null || this.#searches.has(version)) continue
      const search = new DhtAnnouncer({
        dht: this.#dht,
        infoHash: handshakeHash(hashes, version),
        listenPort: this.#listenPort,
        clock: this.#options.clock,
        log: this.#options.log,
        onPeers: (peers) => this.#onPeers(peers, 'dht'),
      })
      this.#searches.set(version, search)
      search.start()
    }
  }

  #endSearches(): void {
    for (const search of this.#searches.values()) search.stop()
    this.#searches.clear()
  }
}
