import type { Socket } from 'node:net'
import { connect as startTls } from 'node:tls'
import type { TLSSocket } from 'node:tls'
import { addressKey, messageOf, NetworkError } from '@matinee/base'
import type { Clock, SocketAddress } from '@matinee/base'

/**
 * TLS with a device of the home network over a connected socket. Such devices sign their certificates themselves, so
 * it says nothing about who answers, and isn't looked at: what goes over it is fit for anybody in the house. Callers
 * have refused public addresses. The socket comes paused.
 *
 * Throws {@link NetworkError} `bad-answer`, `timeout`, or the signal's reason.
 */
export function secureDevice(
  socket: Socket,
  target: SocketAddress,
  { clock, timeoutMs, signal }: DeviceTlsLimits,
): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const where = addressKey(target)
    const tls = startTls({ socket, rejectUnauthorized: false })
    const fail = (error: unknown): void => {
      reject(error instanceof Error ? error : new Error(messageOf(error)))
      tls.destroy()
      socket.destroy()
    }
    const timer = clock.setTimer(timeoutMs, () =>
      fail(new NetworkError('timeout', `no TLS with ${where} in time`)),
    )
    const onAbort = (): void => fail(signal?.reason)
    const settle = (): void => {
      timer.cancel()
      signal?.removeEventListener('abort', onAbort)
    }
    signal?.addEventListener('abort', onAbort, { once: true })
    // Stays for life: afterwards it rejects nothing, and a reset is no unhandled error.
    tls.on('error', (cause) => {
      reject(new NetworkError('bad-answer', `no TLS with ${where}: ${messageOf(cause)}`, { cause }))
    })
    tls.once('close', () => {
      settle()
      reject(new NetworkError('bad-answer', `${where} closed during the TLS handshake`))
    })
    tls.once('secureConnect', () => {
      settle()
      tls.pause()
      resolve(tls)
    })
  })
}

/** How long a handshake may take. */
export interface DeviceTlsLimits {
  readonly clock: Clock
  readonly timeoutMs: number
  readonly signal: AbortSignal | undefined
}
