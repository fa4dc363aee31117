import {
  addressKey,
  concatBytes,
  equalBytes,
  MINUTE_MS,
  utf8Bytes,
  type Clock,
  type Datagrams,
  type DatagramSocket,
  type Hash,
  type Random,
  type SocketAddress,
} from '@matinee/base'
import {
  decodeUdpRequest,
  encodeUdpAnnounceAnswer,
  encodeUdpConnectAnswer,
  encodeUdpFailure,
  encodeUdpScrapeAnswer,
} from '@matinee/protocol'
import type { SwarmRegister } from './swarm-register.ts'

interface Parts {
  readonly register: SwarmRegister
  readonly clock: Clock
  readonly hash: Hash
  readonly random: Random
}

const NO_COUNTS = { seeders: 0, leechers: 0, downloads: 0 }

/**
 * The tracker over UDP (BEP 15). Keeps nothing for a client: a connection id is a hash of its address,
 * the minute and a secret, so only who receives our answers can announce, and a flood takes no memory.
 */
export class UdpTrackerServer implements AsyncDisposable {
  readonly #parts: Parts
  readonly #secret: Uint8Array
  #socket: DatagramSocket | null = null

  private constructor(parts: Parts) {
    this.#parts = parts
    this.#secret = parts.random.bytes(32)
  }

  /** Throws NetworkError when the port is taken. */
  static async open(
    datagrams: Datagrams,
    at: SocketAddress,
    parts: Parts,
  ): Promise<UdpTrackerServer> {
    const server = new UdpTrackerServer(parts)
    // Whoever reaches a socket on loopback is on this machine; elsewhere nobody is who says to be.
    const learnedFrom = /^(?:127\.|::1$)/u.test(at.host) ? 'own' : 'lan'
    server.#socket = await datagrams.bind(at, (bytes, from) => {
      const answer = server.answer(bytes, from)
      if (answer) server.#socket?.send(answer, from, learnedFrom)
    })
    return server
  }

  get port(): number {
    return this.#socket?.address.port ?? 0
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#socket?.close()
  }

  /** The datagram to send back; `null` = none. Never longer than 3 times the request, unless the address is proved. */
  answer(bytes: Uint8Array, from: SocketAddress): Uint8Array | null {
    const request = decodeUdpRequest(bytes)
    if (request === null) return null
    const { transactionId } = request
    const { register, clock } = this.#parts
    const nowMs = clock.nowMs()
    const minute = Math.floor(nowMs / MINUTE_MS)
    if (request.kind === 'connect')
      return encodeUdpConnectAnswer(transactionId, this.#connectionId(from, minute))
    // BEP 15: a client may use an id for a minute, so the last minute's is good as well.
    const isProved = [minute, minute - 1].some((one) =>
      equalBytes(request.connectionId, this.#connectionId(from, one)),
    )
    if (!isProved) return null
    if (request.kind === 'announce') {
      const answer = register.announce(request.announce, from, nowMs)
      if (answer.kind === 'refused') return encodeUdpFailure(transactionId, answer.reason)
      const family = from.host.includes(':') ? 'ipv6' : 'ipv4'
      return encodeUdpAnnounceAnswer(transactionId, answer.outcome, family)
    }
    const answer = register.scrape(request.infoHashes, from, nowMs)
    if (answer.kind === 'refused') return encodeUdpFailure(transactionId, answer.reason)
    const counts = answer.outcome.map((one) => one ?? NO_COUNTS)
    return encodeUdpScrapeAnswer(transactionId, counts)
  }

  #connectionId(from: SocketAddress, minute: number): Uint8Array {
    const said = utf8Bytes(`${addressKey(from)} ${minute}`)
    return this.#parts.hash.sha256(concatBytes([this.#secret, said])).slice(0, 8)
  }
}
