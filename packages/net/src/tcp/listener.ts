import { createServer } from 'node:net'
import type { Server, Socket } from 'node:net'
import {
  addressKey,
  messageOf,
  NetworkError,
  networkKey,
  SECOND_MS,
  type ByteStream,
  type Clock,
  type Listener,
  type Listening,
  type Log,
  type SocketAddress,
} from '@matinee/base'
import type { OpenHandle, OpenList } from '../open-list.ts'
import { KeyedWindows } from '../pace/keyed-windows.ts'
import { ipKind } from '../policy/ip-kind.ts'
import { localAddress, remoteAddress, toAddress, WRITE_HIGH_WATER_BYTES } from './socket.ts'
import { plainBytes, TcpStream } from './stream.ts'

/**
 * Connections from others at one time, all listeners together. Far more than the engine keeps: it
 * chooses among them by what they say, and needs room to see the honest one among many silent ones (P4).
 */
export const MAX_ACCEPTED = 600
/** Of these, from one network (/24 or /64): one neighbour can't take every seat (P4). */
export const MAX_ACCEPTED_PER_NETWORK = 64
/** Connections taken from one network in {@link ACCEPT_WINDOW_MS}; the rest is reset (P17). */
export const ACCEPTS_PER_NETWORK = 80
export const ACCEPT_WINDOW_MS = 10 * SECOND_MS
/** Networks remembered; a flood from more of them than this meets {@link MAX_ACCEPTED} first. */
const MAX_NETWORKS = 4096

/** Accepts TCP connections, at a bounded pace and in a bounded number. */
export class TcpListener implements Listener {
  readonly #list: OpenList
  readonly #clock: Clock
  readonly #log: Log
  readonly #accepts = new KeyedWindows({
    limit: ACCEPTS_PER_NETWORK,
    windowMs: ACCEPT_WINDOW_MS,
    maxKeys: MAX_NETWORKS,
  })
  readonly #openByNetwork = new Map<string, number>()
  #open = 0

  constructor(list: OpenList, clock: Clock, log: Log) {
    this.#list = list
    this.#clock = clock
    this.#log = log
  }

  listen(at: SocketAddress, onStream: (stream: ByteStream) => void): Promise<Listening> {
    return new Promise((resolve, reject) => {
      const server = createServer({
        noDelay: true,
        pauseOnConnect: true,
        highWaterMark: WRITE_HIGH_WATER_BYTES,
      })
      const entry = this.#list.enter('listener', null, (reason) => {
        reject(reason)
        close(server, entry)
      })
      server.on('connection', (socket) => this.#accept(socket, onStream))
      server.on('error', (cause) => {
        // Before it listens this is the answer; afterwards, such as out of files, it goes on listening.
        this.#log.warn('listener failed', { error: messageOf(cause) })
        if (server.listening) return
        reject(refusal(at, cause))
        entry.gone()
      })
      server.listen({ host: at.host, port: at.port }, () => {
        const bound = server.address()
        const address =
          typeof bound === 'object' && bound !== null ? toAddress(bound.address, bound.port) : null
        if (address === null) {
          reject(new NetworkError('closed', `no longer listening on ${addressKey(at)}`))
          close(server, entry)
          return
        }
        entry.setLocal(address)
        resolve({ address, close: async () => close(server, entry) })
      })
    })
  }

  #accept(socket: Socket, onStream: (stream: ByteStream) => void): void {
    // Whatever happens below, a reset by the other side must not be an unhandled error.
    socket.on('error', (cause) => this.#log.debug('accepted broke', { error: messageOf(cause) }))
    const remote = remoteAddress(socket)
    const local = localAddress(socket)
    const network = remote === null ? null : networkKey(remote.host)
    if (remote === null || local === null || network === null) {
      socket.destroy()
      return
    }
    const refusalReason = this.#refuse(remote, network)
    if (refusalReason !== null) {
      this.#log.debug('accept refused', { reason: refusalReason })
      // A reset leaves no state behind, where a close would keep the port waiting.
      socket.resetAndDestroy()
      return
    }
    const entry = this.#list.enter('accepted', remote, (reason) => socket.destroy(reason))
    entry.setLocal(local)
    this.#count(network, 1)
    socket.once('close', () => {
      this.#count(network, -1)
      entry.gone()
    })
    const stream = new TcpStream(socket, { remote, local }, this.#clock, this.#log)
    socket.on('data', (chunk) => {
      if (typeof chunk !== 'string') stream.receive(plainBytes(chunk))
    })
    onStream(stream)
  }

  #refuse(remote: SocketAddress, network: string): string | null {
    if (this.#open >= MAX_ACCEPTED) return 'full'
    // This machine's processes are no neighbours, and testers run whole swarms there.
    if (ipKind(remote.host) === 'loopback') return null
    if ((this.#openByNetwork.get(network) ?? 0) >= MAX_ACCEPTED_PER_NETWORK) return 'network-full'
    return this.#accepts.take(network, this.#clock.nowMs()) ? null : 'too-fast'
  }

  #count(network: string, by: 1 | -1): void {
    this.#open += by
    const open = (this.#openByNetwork.get(network) ?? 0) + by
    if (open === 0) this.#openByNetwork.delete(network)
    else this.#openByNetwork.set(network, open)
  }
}

/** The port is free on return; connections that were accepted stay open. */
function close(server: Server, entry: OpenHandle): void {
  server.close()
  entry.gone()
}

function refusal(at: SocketAddress, cause: Error): NetworkError {
  const isInUse = 'code' in cause && cause.code === 'EADDRINUSE'
  return new NetworkError(
    isInUse ? 'address-in-use' : 'closed',
    `cannot listen on ${addressKey(at)}: ${messageOf(cause)}`,
    { cause },
  )
}
