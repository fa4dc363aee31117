import type { Socket } from 'node:net'
import { connect as startTls } from 'node:tls'
import type { TLSSocket } from 'node:tls'
import { canonicalIp, messageOf, NetworkError, SECOND_MS, type Clock } from '@matinee/base'
import { dialFirst } from '../happy-eyeballs.ts'
import type { OpenList } from '../open-list.ts'
import { openSocket } from '../tcp/socket.ts'

/** One address that doesn't answer must leave time for others within the request's own deadline. */
const CONNECT_TIMEOUT_MS = 10 * SECOND_MS

/** Where a request goes: the name that was asked for, and the addresses that passed the check. */
export interface Origin {
  readonly isTls: boolean
  /** As in the URL, without brackets. */
  readonly host: string
  readonly port: number
  /** Checked addresses of `host`, at least one. Only these are connected to: the name is not resolved again. */
  readonly pinned: readonly string[]
}

/**
 * Connects to the first of an origin's checked addresses that answers; with TLS, the certificate must
 * be for the name. Throws {@link NetworkError} `unreachable`, `timeout`, `closed`, `bad-answer` (TLS),
 * or the signal's reason.
 */
export function openConnection(
  origin: Origin,
  list: OpenList,
  clock: Clock,
  signal: AbortSignal,
): Promise<Socket> {
  return dialFirst(
    origin.pinned,
    async (host, attempt) => {
      const socket = await openSocket(
        list,
        clock,
        {
          target: { host, port: origin.port },
          kind: 'http',
          timeoutMs: CONNECT_TIMEOUT_MS,
          signal: attempt,
        },
        (connected) => connected,
      )
      return origin.isTls ? secure(socket, origin.host, attempt) : socket
    },
    { clock, signal, discard: (late) => late.destroy() },
  )
}

/** RFC 6066 §3: the name in the hello is without a final dot, and never an address. */
function serverName(host: string): string {
  return canonicalIp(host) === null ? host.replace(/\.$/u, '') : ''
}

function secure(socket: Socket, host: string, signal: AbortSignal): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const tls = startTls({
      socket,
      // What the certificate must be for; the connection itself is there already.
      host,
      servername: serverName(host),
      ALPNProtocols: ['http/1.1'],
      // Said although it is the default: an environment variable could switch it off for everybody.
      rejectUnauthorized: true,
    })
    const onAbort = (): void => {
      reject(signal.reason as Error)
      tls.destroy()
    }
    signal.addEventListener('abort', onAbort, { once: true })
    tls.on('error', (cause) => {
      reject(new NetworkError('bad-answer', `no TLS with ${host}: ${messageOf(cause)}`, { cause }))
    })
    tls.once('close', () => {
      signal.removeEventListener('abort', onAbort)
      reject(new NetworkError('bad-answer', `${host} closed during the TLS handshake`))
    })
    tls.once('secureConnect', () => {
      signal.removeEventListener('abort', onAbort)
      resolve(tls)
    })
  })
}
