import {
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
  encodeUdpAnnounce,
  encodeUdpConnect,
  type Announce,
  type AnnounceAnswer,
  type TrackerFailure,
} from '@matinee/protocol'

type Family = 'ipv4' | 'ipv6'

/** BEP 15: a request is sent again after 15 · 2ⁿ seconds. After three tries the announcer's own back-off takes over. */
const FIRST_WAIT_MS = 15 * SECOND_MS
const TRIES = 3
/** BEP 15: how long a connection id is good for. */
const CONNECTION_ID_MS = 60 * SECOND_MS

/** Announces over UDP (BEP 15): one socket per family, answers matched by transaction id and sender. */
export class UdpTracker implements AsyncDisposable {
  readonly #network: Network
  readonly #clock: Clock
  readonly #random: Random
  readonly #sockets = new Map<Family, Promise<DatagramSocket>>()
  readonly #waiting = new Map<string, (bytes: Uint8Array) => void>()
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
    let connectionId = known && known.untilMs > this.#clock.nowMs() ? known.id : null
    if (!connectionId) {
      const connected = await this.#exchange(
        to,
        learnedFrom,
        signal,
        encodeUdpConnect,
        decodeUdpConnectAnswer,
      )
      if (connected.kind === 'failure') return connected
      connectionId = connected.connectionId
      const untilMs = this.#clock.nowMs() + CONNECTION_ID_MS
      this.#connections.set(key, { id: connectionId, untilMs })
    }
    const id = connectionId
    return this.#exchange(
      to,
      learnedFrom,
      signal,
      (transactionId) => encodeUdpAnnounce(id, transactionId, announce),
      (bytes, transactionId) => decodeUdpAnnounceAnswer(bytes, transactionId, family),
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const sockets = [...this.#sockets.values()]
    this.#sockets.clear()
    await Promise.allSettled(sockets.map(async (socket) => (await socket).close()))
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
    const key = `${addressKey(to)} ${transactionId}`
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    this.#waiting.set(key, (bytes) => {
      const answer = decode(bytes, transactionId)
      if (answer !== null) resolve(answer)
    })
    let tries = 0
    const send = (): void => {
      if (tries === TRIES) {
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
      this.#waiting.delete(key)
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
      this.#waiting.get(`${addressKey(from)} ${transactionId}`)?.(bytes)
    })
    this.#sockets.set(family, socket)
    return socket
  }
}
