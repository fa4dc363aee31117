import {
  MINUTE_MS,
  SECOND_MS,
  messageOf,
  type Clock,
  type Log,
  type SocketAddress,
  type Timer,
} from '@matinee/base'
import type { Dht } from '../dht/dht.ts'

/** How the search for one swarm in the DHT stands, for showing. */
export type DhtSearchState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'searching' }
  /** Nodes answered, and named so many peers (some of them perhaps twice). */
  | { readonly kind: 'searched'; readonly nodes: number; readonly peers: number }
  /** No node answered. */
  | { readonly kind: 'nobody' }

/** BEP 5: announced anew before the nodes forget us. */
const EVERY_MS = 15 * MINUTE_MS
/** Where fewer keep our announcement, the next searcher may not find it. */
const ENOUGH_KEPT = 4
/** First wait after a search that no node answered, or few kept us after; doubles up to {@link EVERY_MS}. */
const FIRST_WAIT_MS = 15 * SECOND_MS
/** So long after a search another one may begin when somebody waits and nobody is there. */
const SOONEST_MS = 30 * SECOND_MS

/** Keeps one swarm announced in the DHT, and looks for its peers on the way. */
export class DhtAnnouncer {
  readonly #dht: Dht
  readonly #infoHash: Uint8Array
  readonly #listenPort: number | null
  readonly #clock: Clock
  readonly #log: Log
  readonly #onPeers: (peers: readonly SocketAddress[]) => void
  readonly #stopping = new AbortController()
  #state: DhtSearchState = { kind: 'waiting' }
  #timer: Timer | null = null
  #searchedMs = -Infinity
  #failures = 0

  constructor(parts: {
    readonly dht: Dht
    /** 20 bytes. */
    readonly infoHash: Uint8Array
    /** Our TCP port; `null` = we can't be reached, and aren't announced. */
    readonly listenPort: number | null
    readonly clock: Clock
    readonly log: Log
    readonly onPeers: (peers: readonly SocketAddress[]) => void
  }) {
    this.#dht = parts.dht
    this.#infoHash = parts.infoHash
    this.#listenPort = parts.listenPort
    this.#clock = parts.clock
    this.#log = parts.log
    this.#onPeers = parts.onPeers
  }

  get state(): DhtSearchState {
    return this.#state
  }

  /** Searches now, unless it does already. */
  start(): void {
    this.#timer?.cancel()
    if (this.#state.kind !== 'searching' && !this.#stopping.signal.aborted) void this.#search()
  }

  /** Somebody waits and nobody is there: searches again, though never more often than twice a minute. */
  hurry(): void {
    const isIdle = this.#state.kind === 'searched' || this.#state.kind === 'nobody'
    if (isIdle && this.#clock.nowMs() - this.#searchedMs >= SOONEST_MS) this.start()
  }

  /** Ends it; the nodes forget us by themselves. */
  stop(): void {
    this.#timer?.cancel()
    this.#stopping.abort(new DOMException('the torrent stops', 'AbortError'))
  }

  async #search(): Promise<void> {
    this.#state = { kind: 'searching' }
    this.#searchedMs = this.#clock.nowMs()
    const { signal } = this.#stopping
    let peers = 0
    try {
      const end = await this.#dht.findPeers(this.#infoHash, {
        announcePort: this.#listenPort,
        signal,
        onPeers: (addresses) => {
          peers += addresses.length
          this.#onPeers(addresses)
        },
      })
      if (signal.aborted) return
      const isKept = this.#listenPort === null || end.kept >= ENOUGH_KEPT
      this.#failures = end.answered > 0 && isKept ? 0 : this.#failures + 1
      this.#state =
        end.answered > 0 ? { kind: 'searched', nodes: end.answered, peers } : { kind: 'nobody' }
      this.#log.debug('dht searched', { ...end, peers })
    } catch (error) {
      if (signal.aborted) return
      this.#failures++
      this.#state = { kind: 'nobody' }
      this.#log.debug('dht search failed', { reason: messageOf(error) })
    }
    const backOffMs = FIRST_WAIT_MS * 2 ** (this.#failures - 1)
    const waitMs = this.#failures === 0 ? EVERY_MS : Math.min(backOffMs, EVERY_MS)
    this.#timer = this.#clock.setTimer(waitMs, () => this.start())
  }
}
