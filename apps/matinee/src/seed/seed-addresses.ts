import { networkInterfaces } from 'node:os'
import { addressKey, type SocketAddress } from '@matinee/base'

/** Where a seed and what belongs to it are to be found. */
export interface SeedAddresses {
  readonly peer: SocketAddress
  /** Ends without a slash: the mirror's address; releases lie below `/releases/`. */
  readonly http: string
  readonly tracker: string
  readonly udpTracker: string
}

/** The addresses by which others reach us. `host` may be "all of them": then the first that isn't loopback is named. */
export function seedAddresses(
  host: string,
  ports: Readonly<Record<keyof SeedAddresses, number>>,
): SeedAddresses {
  const reached = host === '0.0.0.0' || host === '::' ? firstAddress() : host
  const at = (port: number): string => addressKey({ host: reached, port })
  return {
    peer: { host: reached, port: ports.peer },
    http: `http://${at(ports.http)}`,
    tracker: `http://${at(ports.tracker)}/announce`,
    udpTracker: `udp://${at(ports.udpTracker)}/announce`,
  }
}

/** Of the kind that everybody has. */
function firstAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? [])
  return all.find(({ internal, family }) => !internal && family === 'IPv4')?.address ?? '127.0.0.1'
}
