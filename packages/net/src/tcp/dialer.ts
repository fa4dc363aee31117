import {
  addressKey,
  canonicalIp,
  NetworkError,
  SECOND_MS,
  sleep,
  type ByteStream,
  type Clock,
  type Dialer,
  type DialOptions,
  type Log,
  type SocketAddress,
} from '@matinee/base'
import type { OpenList } from '../open-list.ts'
import { DialPace } from '../pace/dial-pace.ts'
import { ipKind } from '../policy/ip-kind.ts'
import { mayDial, type AddressPolicy } from '../policy/may-dial.ts'
import { secureDevice } from './device-tls.ts'
import { localAddress, openSocket } from './socket.ts'
import { plainBytes, readInto, TcpStream } from './stream.ts'

const DEFAULT_TIMEOUT_MS = 8 * SECOND_MS

/**
 * Opens TCP connections to peers: checked, paced, timed. `timeoutMs` counts from the moment the dial
 * goes out, not while it waits for its turn, so that a timeout always speaks of the other side.
 */
export class TcpDialer implements Dialer {
  readonly #list: OpenList
  readonly #clock: Clock
  readonly #log: Log
  readonly #policy: AddressPolicy
  readonly #pace = new DialPace()

  constructor(list: OpenList, clock: Clock, log: Log, policy: AddressPolicy) {
    this.#list = list
    this.#clock = clock
    this.#log = log
    this.#policy = policy
  }

  async dial(target: SocketAddress, options: DialOptions): Promise<ByteStream> {
    this.#list.assertOpen()
    options.signal?.throwIfAborted()
    const verdict = mayDial(target, options.learnedFrom, this.#policy)
    const host = canonicalIp(target.host)
    if (verdict.kind === 'no' || host === null) {
      const reason = verdict.kind === 'no' ? verdict.reason : 'invalid'
      this.#log.debug('dial refused', { reason, learnedFrom: options.learnedFrom })
      throw new NetworkError('policy', `may not dial ${addressKey(target)}: ${reason}`)
    }
    const remote = { host, port: target.port }
    if (options.tls === 'device') return this.#dialDevice(remote, options)
    await this.#awaitTurn(remote, options)
    let stream: TcpStream | null = null
    const plan = {
      target: remote,
      kind: 'dial' as const,
      timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      signal: options.signal,
      onread: readInto((bytes) => stream?.receive(bytes)),
    }
    return openSocket(this.#list, this.#clock, plan, (socket) => {
      const local = localAddress(socket) ?? { host: '0.0.0.0', port: 0 }
      stream = new TcpStream(socket, { remote, local }, this.#clock, this.#log)
      return stream
    })
  }

  /** Nobody vouches for a device's certificate: good enough for the home network, and for nothing else (L5). */
  async #dialDevice(remote: SocketAddress, options: DialOptions): Promise<ByteStream> {
    if (ipKind(remote.host) === 'public')
      throw new NetworkError('policy', `may not trust ${addressKey(remote)}: public`)
    const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS
    const { signal } = options
    const plan = { target: remote, kind: 'dial' as const, timeoutMs, signal }
    const socket = await openSocket(this.#list, this.#clock, plan, (connected) => connected)
    const tls = await secureDevice(socket, remote, { clock: this.#clock, timeoutMs, signal })
    const local = localAddress(socket) ?? { host: '0.0.0.0', port: 0 }
    const stream = new TcpStream(tls, { remote, local }, this.#clock, this.#log)
    tls.on('data', (chunk) => {
      if (typeof chunk !== 'string') stream.receive(plainBytes(chunk))
    })
    return stream
  }

  /** Our own code and the user know where they want to go; everybody else's addresses are paced (P14). */
  async #awaitTurn(target: SocketAddress, options: DialOptions): Promise<void> {
    if (options.learnedFrom === 'own' || options.learnedFrom === 'user') return
    // Reachable with the testers' switch only: a whole swarm at one address, and no third party.
    if (ipKind(target.host) === 'loopback') return
    const turn = this.#pace.next(target, this.#clock.nowMs(), options.hasAnswered)
    if (turn.kind === 'no') {
      this.#log.debug('dial refused', { reason: turn.reason, learnedFrom: options.learnedFrom })
      throw new NetworkError('policy', `may not dial ${addressKey(target)}: ${turn.reason}`)
    }
    if (turn.waitMs === 0) return
    const signals = [this.#list.signal, ...(options.signal === undefined ? [] : [options.signal])]
    await sleep(this.#clock, turn.waitMs, AbortSignal.any(signals))
  }
}
