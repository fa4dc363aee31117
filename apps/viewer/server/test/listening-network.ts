import { NetworkError, type Network } from '@matinee/base'

/** Everything that somebody wanted of the network, in order: `udp-host tracker.example`, `dial 192.0.2.7` … */
export interface ListeningNetwork extends Network {
  readonly wanted: readonly string[]
}

/** A network that writes down what is asked of it and lets nothing out. */
export function listeningNetwork(): ListeningNetwork {
  const wanted: string[] = []
  const refuse = (what: string): NetworkError => {
    wanted.push(what)
    return new NetworkError('unreachable', `${what} is not allowed in this test`)
  }
  return {
    wanted,
    dialer: {
      dial: async ({ host }) => {
        throw refuse(`dial ${host}`)
      },
    },
    listener: {
      listen: async () => {
        wanted.push('listen')
        return {
          address: { host: '0.0.0.0', port: 40_000 },
          close: async () => void wanted.push('listen no more'),
        }
      },
    },
    datagrams: {
      bind: async () => ({
        address: { host: '0.0.0.0', port: 40_001 },
        send: (_bytes, { host }) => void wanted.push(`send ${host}`),
        close: async () => undefined,
      }),
    },
    resolver: {
      resolve: async (host) => {
        throw refuse(`name ${host}`)
      },
    },
    http: {
      get: async ({ url }) => {
        throw refuse(`name ${new URL(url).hostname}`)
      },
    },
  }
}
