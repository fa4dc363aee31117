import { NetworkError } from '@matinee/base'
import type { ByteStream, Listening, SocketAddress } from '@matinee/base'
import type { SimHost } from './sim-host.ts'

/** A port on which a host accepts connections. */
export interface SimListener {
  readonly host: string
  readonly onStream: (stream: ByteStream) => void
}

/** Accepts connections at one of the host's addresses, or at all of them (`0.0.0.0`, `::`). */
export function listenAt(
  host: SimHost,
  at: SocketAddress,
  onStream: (stream: ByteStream) => void,
): Listening {
  const port = at.port === 0 ? host.freePort() : at.port
  if (host.listeners.has(port)) {
    throw new NetworkError('address-in-use', `port ${port} of ${host.address} is in use`)
  }
  const listener: SimListener = { host: at.host, onStream }
  host.listeners.set(port, listener)
  return {
    address: { host: at.host, port },
    close: async () => {
      if (host.listeners.get(port) === listener) host.listeners.delete(port)
    },
  }
}

/** Who accepts connections to an address of the host, or `null`. */
export function listenerFor(host: SimHost, target: SocketAddress): SimListener | null {
  const listener = host.listeners.get(target.port)
  if (listener === undefined) return null
  const isThere =
    listener.host === '0.0.0.0' ? !target.host.includes(':') : listener.host === target.host
  // A listener at `::` takes both families, as Node's does by default.
  return isThere || listener.host === '::' ? listener : null
}
