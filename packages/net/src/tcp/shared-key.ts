import { messageOf, NetworkError, type Clock } from '@matinee/base'
import type { Duplex } from 'node:stream'
import { connect, createSecureContext, TLSSocket } from 'node:tls'

/**
 * The one way in which a shared key is used: an ephemeral exchange proved by the key (RFC 5489, RFC 7905), so that a key that gets
 * known later opens nothing that was said before. TLS 1.3 has no certificate-less keys in Node.
 */
const TERMS = {
  ciphers: 'ECDHE-PSK-CHACHA20-POLY1305',
  minVersion: 'TLSv1.2',
  maxVersion: 'TLSv1.2',
} as const

/** Which key it is was said before; TLS wants a name all the same. */
const IDENTITY = 'shared'

/** What both sides know, and how long proving it may take. */
export interface SharedKeyTerms {
  /** 32 bytes. */
  readonly key: Uint8Array
  /** The two sides do different things. */
  readonly side: 'dialer' | 'listener'
  readonly clock: Clock
  readonly timeoutMs: number
}

/**
 * TLS over an open connection between two who know a key, and nobody else: each proves it to the other before a byte is given out.
 *
 * Throws {@link NetworkError}: `bad-answer` for another key or none, `timeout`, `closed`. The connection is gone then.
 */
export function secureShared(
  connection: Duplex,
  { key, side, clock, timeoutMs }: SharedKeyTerms,
): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    // Node takes `pskCallback` of a single socket, too, where its types know it of servers only.
    const listening = {
      isServer: true,
      secureContext: createSecureContext(TERMS),
      pskCallback: () => key,
    }
    const tls =
      side === 'listener'
        ? new TLSSocket(connection, listening)
        : connect({
            socket: connection,
            ...TERMS,
            // There is no certificate: the key says who it is.
            checkServerIdentity: () => undefined,
            pskCallback: () => ({ psk: key, identity: IDENTITY }),
          })
    const fail = (error: NetworkError): void => {
      reject(error)
      tls.destroy()
      connection.destroy()
    }
    const timer = clock.setTimer(timeoutMs, () =>
      fail(new NetworkError('timeout', 'the shared key was not proved in time')),
    )
    // For life: afterwards it rejects nothing, and a reset is no unhandled error.
    tls.on('error', (cause) =>
      fail(new NetworkError('bad-answer', `no shared key: ${messageOf(cause)}`, { cause })),
    )
    tls.once('close', () => {
      timer.cancel()
      fail(new NetworkError('closed', 'closed before the shared key was proved'))
    })
    tls.once(side === 'dialer' ? 'secureConnect' : 'secure', () => {
      timer.cancel()
      resolve(tls)
    })
  })
}
