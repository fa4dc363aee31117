import { SECOND_MS, addressKey, toHex, type Clock, type SocketAddress } from '@matinee/base'
import type { DatagramSocket, Network } from '@matinee/base'
import { decodeAnnounceQuery, decodeScrapeQuery, decodeUdpRequest } from '@matinee/protocol'
import {
  encodeHttpAnnounceAnswer,
  encodeHttpFailure,
  encodeHttpScrapeAnswer,
} from '@matinee/protocol'
import {
  encodeUdpAnnounceAnswer,
  encodeUdpConnectAnswer,
  encodeUdpFailure,
} from '@matinee/protocol'
import { encodeUdpScrapeAnswer, TrackerError } from '@matinee/protocol'
import type { Announce, AnnounceOutcome, ScrapeCounts } from '@matinee/protocol'
import type { WebAnswer, WebHandler } from '../sim-network/sim-web-server.ts'

/** An announce as the tracker saw it. */
export interface SeenAnnounce {
  readonly announce: Announce
  readonly from: SocketAddress
  readonly over: 'http' | 'udp'
  readonly atMs: number
}

/** How the tracker answers; `dead` = never. */
export type TrackerManner =
  | { readonly kind: 'honest' }
  | { readonly kind: 'dead' }
  | { readonly kind: 'refuses'; readonly reason: string }
  /** HTTP alone: this answer, whatever was asked. */
  | { readonly kind: 'answers'; readonly answer: WebAnswer }
  /** HTTP and UDP: these peers, whoever announced. */
  | { readonly kind: 'tells'; readonly peers: readonly SocketAddress[] }

interface Member {
  readonly address: SocketAddress
  left: number
  downloads: number
}

/** BEP 15: a connection id is good for two minutes at the tracker. */
const CONNECTION_MS = 120 * SECOND_MS

/** A simulated tracker: one memory of swarms, spoken to over HTTP and UDP. */
export class SimTracker {
  /** May be changed at any time. */
  manner: TrackerManner = { kind: 'honest' }
  /** May be changed at any time. */
  intervalSeconds: number
  readonly announces: SeenAnnounce[] = []
  scrapes = 0
  readonly #clock: Clock
  /** By info-hash of 20 bytes in hexadecimal, then by address. */
  readonly #swarms = new Map<string, Map<string, Member>>()
  readonly #connections = new Map<string, number>()

  /** @param intervalSeconds default 1800 */
  constructor(clock: Clock, intervalSeconds = 1800) {
    this.#clock = clock
    this.intervalSeconds = intervalSeconds
  }

  /** Puts a peer into a swarm as if it had announced. */
  add(infoHash: Uint8Array, address: SocketAddress, left = 0): void {
    this.#swarm(infoHash).set(addressKey(address), { address, left, downloads: 0 })
  }

  /** Who is in a swarm. */
  members(infoHash: Uint8Array): readonly SocketAddress[] {
    return [...this.#swarm(infoHash).values()].map(({ address }) => address)
  }

  /** For `SimHost.serveHttp`: paths ending in `announce` and `scrape`. */
  readonly handleHttp: WebHandler = ({ target, from }) => {
    const { manner } = this
    if (manner.kind === 'dead') return { delayMs: 3600 * SECOND_MS, finish: 'hang' }
    if (manner.kind === 'answers') return manner.answer
    const [path = '', query = ''] = target.split('?')
    try {
      if (path.endsWith('scrape')) {
        this.scrapes++
        const hashes = decodeScrapeQuery(query)
        return { body: encodeHttpScrapeAnswer(hashes.map((hash) => [hash, this.#counts(hash)])) }
      }
      const outcome = this.#announced(decodeAnnounceQuery(query), from, 'http')
      if (manner.kind === 'refuses') return { body: encodeHttpFailure(manner.reason) }
      return { body: encodeHttpAnnounceAnswer(outcome) }
    } catch (error) {
      if (!(error instanceof TrackerError)) throw error
      return { status: 400, body: encodeHttpFailure(error.message) }
    }
  }

  /** Answers datagrams at an address of a host (BEP 15). */
  async bindUdp(network: Network, at: SocketAddress): Promise<DatagramSocket> {
    const socket = await network.datagrams.bind(at, (bytes, from) => {
      const answer = this.#answerUdp(bytes, from)
      if (answer !== null) socket.send(answer, from, 'own')
    })
    return socket
  }

  #answerUdp(bytes: Uint8Array, from: SocketAddress): Uint8Array | null {
    const { manner } = this
    const request = decodeUdpRequest(bytes)
    if (request === null || manner.kind === 'dead' || manner.kind === 'answers') return null
    const { transactionId } = request
    if (request.kind === 'connect') {
      const id = new Uint8Array(8)
      new DataView(id.buffer).setUint32(4, this.#connections.size + 1)
      this.#connections.set(toHex(id), this.#clock.nowMs())
      return encodeUdpConnectAnswer(transactionId, id)
    }
    const issuedMs = this.#connections.get(toHex(request.connectionId))
    if (issuedMs === undefined || this.#clock.nowMs() - issuedMs > CONNECTION_MS) {
      return encodeUdpFailure(transactionId, 'connection id expired')
    }
    if (request.kind === 'scrape') {
      this.scrapes++
      return encodeUdpScrapeAnswer(
        transactionId,
        request.infoHashes.map((hash) => this.#counts(hash)),
      )
    }
    const outcome = this.#announced(request.announce, from, 'udp')
    if (manner.kind === 'refuses') return encodeUdpFailure(transactionId, manner.reason)
    return encodeUdpAnnounceAnswer(
      transactionId,
      outcome,
      from.host.includes(':') ? 'ipv6' : 'ipv4',
    )
  }

  #announced(announce: Announce, from: SocketAddress, over: 'http' | 'udp'): AnnounceOutcome {
    this.announces.push({ announce, from, over, atMs: this.#clock.nowMs() })
    const swarm = this.#swarm(announce.infoHash)
    const address = { host: from.host, port: announce.port }
    const key = addressKey(address)
    if (announce.event === 'stopped') swarm.delete(key)
    else if (announce.port > 0 && this.manner.kind !== 'refuses') {
      const downloads = (swarm.get(key)?.downloads ?? 0) + Number(announce.event === 'completed')
      swarm.set(key, { address, left: announce.left, downloads })
    }
    const others = [...swarm].filter(([other]) => other !== key).map(([, member]) => member.address)
    const wanted = announce.numWant < 0 ? 50 : announce.numWant
    const counts = this.#counts(announce.infoHash)
    return {
      intervalSeconds: this.intervalSeconds,
      peers: this.manner.kind === 'tells' ? this.manner.peers : others.slice(0, wanted),
      seeders: counts.seeders,
      leechers: counts.leechers,
    }
  }

  #counts(infoHash: Uint8Array): ScrapeCounts {
    const members = [...this.#swarm(infoHash).values()]
    const seeders = members.filter(({ left }) => left === 0).length
    const downloads = members.reduce((sum, member) => sum + member.downloads, 0)
    return { seeders, leechers: members.length - seeders, downloads }
  }

  #swarm(infoHash: Uint8Array): Map<string, Member> {
    const key = toHex(infoHash)
    const swarm = this.#swarms.get(key) ?? new Map<string, Member>()
    this.#swarms.set(key, swarm)
    return swarm
  }
}
