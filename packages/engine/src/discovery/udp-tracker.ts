import {
  LIMITS,
  NetworkError,
  SECOND_MS,
  addressKey,
  type Clock,
  type DatagramSocket,
  type LearnedFrom,
  type Network,
  type Random,
  type SocketAddress,
} from '@matinee/base'
import {
  decodeUdpAnnounceAnswer,
  decodeUdpConnectAnswer,
  decodeUdpScrapeAnswer,
  encodeUdpAnnounce,
  encodeUdpConnect,
  encodeUdpScrape,
  type Announce,
  type AnnounceAnswer,
  type ScrapeCounts,
  type TrackerFailure,
} from '@matinee/protocol'

type Family = 'ipv4' | 'ipv6'

/** A request that is out. */
interface Waiting {
  readonly to: SocketAddress
  take(bytes: Uint8Array): void
}

interface Connection {
  readonly kind: 'connection'
  readonly to: SocketAddress
  readonly family: Family
  readonly id: Uint8Array
}

/** BEP 15: a request is sent again after 15 · 2ⁿ seconds. After three tries the announcer's own back-off takes over. */
const FIRST_WAIT_MS = 15 * SECOND_MS

/** Announces over UDP (BEP 15): one socket per family, answers matched by transaction id and sender. */
export class UdpTracker implements AsyncDisposable {
  readonly #network: Network
  readonly #clock: Clock
  readonly #random: Random
  readonly #sockets = new Map<Family, Promise<DatagramSocket>>()
  /** By transaction id. */
  readonly #waiting = new Map<number, Waiting>()
  readonly #connections = new Map<string, { readonly id: Uint8Array; readonly untilMs: number }>()

  constructor(parts: {
    readonly network: Network
    readonly clock: Clock
    readonly random: Random
  }) {
    this.#network = parts.network
    this.#clock = parts.clock
    this.#random = parts.random
  }

  /** Throws NetworkError (`timeout`, `name-not-found`, `bad-answer`) or the signal's reason. */
  async announce(
    url: string,
    announce: Announce,
    learnedFrom: LearnedFrom,
    signal: AbortSignal,
  ): Promise<AnnounceAnswer | TrackerFailure> {
    const connected = await this.#connect(url, learnedFrom, signal)
    if (connected.kind === 'failure') return connected
    const { to, family, id } = connected
    return this.#exchange(
      to,
      learnedFrom,
      signal,
      (transactionId) => encodeUdpAnnounce(id, transactionId, announce),
      (bytes, transactionId) => decodeUdpAnnounceAnswer(bytes, transactionId, family),
    )
  }

  /** Counts in the order of the info-hashes. Throws as {@link announce}, also when the tracker refuses. */
  async scrape(
    url: string,
    infoHashes: readonly Uint8Array[],
    learnedFrom: LearnedFrom,
    signal: AbortSignal,
  ): Promise<readonly ScrapeCounts[]> {
    const connected = await this.#connect(url, learnedFrom, signal)
    const answer =
      connected.kind === 'failure'
        ? connected
        : await this.#exchange(
            connected.to,
            learnedFrom,
            signal,
            (transactionId) => encodeUdpScrape(connected.id, transactionId, infoHashes),
            (bytes, transactionId) =>
              decodeUdpScrapeAnswer(bytes, transactionId, infoHashes.length),
          )
    if (answer.kind === 'failure') throw new NetworkError('bad-answer', answer.reason)
    return answer.torrents
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const sockets = [...this.#sockets.values()]
    this.#sockets.clear()
    await Promise.allSettled(sockets.map(async (socket) => (await socket).close()))
  }

  /** Where the tracker is, and the id by which it knows that our address is ours (BEP 15). */
  async #connect(
    url: string,
    learnedFrom: LearnedFrom,
    signal: AbortSignal,
  ): Promise<Connection | TrackerFailure> {
    const { hostname, port } = new URL(url)
    if (!port) throw new NetworkError('bad-answer', 'a UDP tracker without a port')
    const host = hostname.replaceAll(/^\[|\]$/gu, '')
    const hosts = await this.#network.resolver.resolve(host, signal)
    const [first] = hosts
    if (first === undefined) throw new NetworkError('name-not-found', `no address for ${host}`)
    const to = { host: hosts.find((one) => !one.includes(':')) ?? first, port: Number(port) }
    const family = to.host.includes(':') ? 'ipv6' : 'ipv4'
    const key = addressKey(to)
    const known = this.#connections.get(key)
    if (known && known.untilMs > this.#clock.nowMs())
      return { kind: 'connection', to, family, id: known.id }
    const connected = await this.#exchange(
      to,
      learnedFrom,
      signal,
      encodeUdpConnect,
      decodeUdpConnectAnswer,
    )
    if (connected.kind === 'failure') return connected
    const id = connected.connectionId
    this.#connections.set(key, { id, untilMs: this.#clock.nowMs() + LIMITS.udpConnectionMs })
    return { kind: 'connection', to, family, id }
  }

  /** Sends a request until its answer comes. `decode` says `null` to whatever isn't the answer. */
  async #exchange<Answer>(
    to: SocketAddress,
    learnedFrom: LearnedFrom,
    signal: AbortSignal,
    encode: (transactionId: number) => Uint8Array,
    decode: (bytes: Uint8Array, transactionId: number) => Answer | null,
  ): Promise<Answer> {
    const socket = await this.#socket(to.host.includes(':') ? 'ipv6' : 'ipv4')
    const transactionId = this.#random.below(2 ** 32)
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    this.#waiting.set(transactionId, {
      to,
      take(bytes) {
        const answer = decode(bytes, transactionId)
        if (answer !== null) resolve(answer)
      },
    })
    let tries = 0
    const send = (): void => {
      if (tries === LIMITS.udpTrackerTries) {
        reject(new NetworkError('timeout', 'the tracker does not answer'))
        return
      }
      socket.send(encode(transactionId), to, learnedFrom)
      timer = this.#clock.setTimer(FIRST_WAIT_MS * 2 ** tries, send)
      tries++
    }
    let timer = this.#clock.setTimer(0, send)
    const onAbort = (): void => reject(signal.reason as Error)
    signal.addEventListener('abort', onAbort, { once: true })
    if (signal.aborted) onAbort()
    try {
      return await promise
    } finally {
      timer.cancel()
      this.#waiting.delete(transactionId)
      signal.removeEventListener('abort', onAbort)
    }
  }

  #socket(family: Family): Promise<DatagramSocket> {
    const known = this.#sockets.get(family)
    if (known) return known
    const host = family === 'ipv4' ? '0.0.0.0' : '::'
    const socket = this.#network.datagrams.bind({ host, port: 0 }, (bytes, from) => {
      if (bytes.length < 8) return
      const transactionId = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4)
      const waiting = this.#waiting.get(transactionId)
      if (waiting && addressKey(waiting.to) === addressKey(from)) waiting.take(bytes)
    })
    this.#sockets.set(family, socket)
    return socket
  }
}
