import { connect } from 'node:net'
import type { OnReadOpts, Socket } from 'node:net'
import {
  addressKey,
  canonicalIp,
  messageOf,
  NetworkError,
  type Clock,
  type SocketAddress,
} from '@matinee/base'
import type { OpenKind, OpenList } from '../open-list.ts'

/**
 * Bytes a stream takes before `write` says stop. A few blocks, so that a fast peer isn't starved
 * between two drains, and far below the megabyte that a peer who doesn't read may make us hold (P7).
 */
export const WRITE_HIGH_WATER_BYTES = 256 * 1024

/** What {@link openSocket} opens. The address has passed the policy: nothing is checked or resolved here. */
export interface SocketPlan {
  readonly target: SocketAddress
  readonly kind: Extract<OpenKind, 'dial' | 'http'>
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
  /** Reads go there, and none before the holder resumes the socket. */
  readonly onread?: OnReadOpts
}

/**
 * Connects one TCP socket and hands it to `take` in the moment it is connected, so that no event falls
 * between. Whatever comes of it, the socket has an error listener for life.
 *
 * Throws {@link NetworkError} `timeout`, `unreachable`, `closed`, or the signal's reason.
 */
export function openSocket<T>(
  list: OpenList,
  clock: Clock,
  plan: SocketPlan,
  take: (socket: Socket) => T,
): Promise<T> {
  return new Promise((resolve, reject) => {
    plan.signal?.throwIfAborted()
    const entry = list.enter(plan.kind, plan.target, (reason) => socket.destroy(reason))
    const where = addressKey(plan.target)
    const options = {
      host: plan.target.host,
      port: plan.target.port,
      noDelay: true,
      writableHighWaterMark: WRITE_HIGH_WATER_BYTES,
      ...(plan.onread === undefined ? {} : { onread: plan.onread }),
    }
    const socket = connect(options)
    if (plan.onread !== undefined) socket.pause()
    const timer = clock.setTimer(plan.timeoutMs, () =>
      socket.destroy(new NetworkError('timeout', `no connection to ${where} in time`)),
    )
    const onAbort = (): void => {
      // An abort reason passes through untouched, and it may be anything.
      reject(plan.signal?.reason as Error)
      socket.destroy()
    }
    const settle = (): void => {
      timer.cancel()
      plan.signal?.removeEventListener('abort', onAbort)
    }
    plan.signal?.addEventListener('abort', onAbort, { once: true })
    socket.on('error', (cause) => {
      // After the connection stands this rejects nothing: the holder has listeners of its own.
      reject(
        cause instanceof NetworkError
          ? cause
          : new NetworkError('unreachable', `cannot connect to ${where}: ${messageOf(cause)}`, {
              cause,
            }),
      )
    })
    socket.once('close', () => {
      settle()
      entry.gone()
    })
    socket.once('connect', () => {
      settle()
      const local = localAddress(socket)
      if (local !== null) entry.setLocal(local)
      resolve(take(socket))
    })
  })
}

/** The address of the other side, canonical; `null` once the system has forgotten it. */
export function remoteAddress(socket: Socket): SocketAddress | null {
  return toAddress(socket.remoteAddress, socket.remotePort)
}

/** The address of our side, canonical; `null` once the system has forgotten it. */
export function localAddress(socket: Socket): SocketAddress | null {
  return toAddress(socket.localAddress, socket.localPort)
}

/** A system's words for an address: perhaps with a zone, perhaps mapped IPv4. */
export function toAddress(
  host: string | undefined,
  port: number | undefined,
): SocketAddress | null {
  const canonical = canonicalIp(host?.replace(/%.*$/u, '') ?? '')
  return canonical === null || port === undefined ? null : { host: canonical, port }
}
