import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import { mock } from 'node:test'

/** Public addresses as tests see them: whoever connects to one reaches a server on loopback. */
export interface StandInInternet extends Disposable {
  /** Hosts that the code under test told the system to connect to, in order. */
  readonly connects: readonly string[]
}

/**
 * Takes the place of the system's `connect`, below the code under test: a public address leads to the
 * server given for it, or nowhere, so that no test sends a packet to the Internet. Loopback is let through.
 *
 * @param servers by public address; `null` is a host that never answers
 */
export function standInInternet(
  servers: Readonly<Record<string, { readonly port: number } | null>>,
): StandInInternet {
  const connects: string[] = []
  const original = net.connect
  const replacement = (options: net.TcpNetConnectOpts): net.Socket => {
    const host = options.host ?? ''
    connects.push(host)
    if (/^127\.|^::1$/u.test(host)) return original(options)
    const server = servers[host]
    if (server) return original({ ...options, host: '127.0.0.1', port: server.port })
    const socket = new net.Socket()
    if (server === undefined) setImmediate(() => socket.destroy(new Error('nobody lives there')))
    return socket
  }
  const mocked = mock.method(net, 'connect', replacement)
  // Makes the replacement visible to `import { connect } from 'node:net'`.
  syncBuiltinESMExports()
  return {
    connects,
    [Symbol.dispose]: () => {
      mocked.mock.restore()
      syncBuiltinESMExports()
    },
  }
}
