import { LINK_PORT } from '#api'
import { canonicalIp, type DatagramGroup, type SocketAddress } from '@matinee/base'
import { isHome } from '../casting/home-network.ts'
import { likelyAddresses } from '../remote/likely-addresses.ts'

/** Where linked computers meet: in the home network, or for tests on loopback. */
export interface LinkPlaces {
  /** This computer's addresses there at this moment. */
  readonly hosts: () => readonly string[]
  /** Whether another computer of one's own may be at an address. */
  readonly mayBeOther: (host: string) => boolean
  /** Ports for connections, tried in this order; 0 = any free one. */
  readonly ports: readonly number[]
  /** Where it's heard who looks for this computer. */
  readonly hear: SocketAddress
  /** Where the others hear it. */
  readonly ask: SocketAddress
  /** What is joined to hear it. Default: nothing. */
  readonly group?: (hosts: readonly string[]) => DatagramGroup
}

const GROUP = '239.255.85.82'

/** The home network's. */
export const HOME_PLACES: LinkPlaces = {
  hosts: likelyAddresses,
  mayBeOther: isHome,
  ports: Array.from({ length: 5 }, (_, step) => LINK_PORT + step),
  hear: { host: '0.0.0.0', port: LINK_PORT },
  ask: { host: GROUP, port: LINK_PORT },
  group: (via) => ({ host: GROUP, via }),
}

/** `192.168.1.20`, perhaps with a port, as somebody reads it off another screen; null = it's something else. */
export function parseTypedAddress(
  typed: string,
  mayBeOther: (host: string) => boolean,
): SocketAddress | null {
  const [, text = '', portText = String(LINK_PORT)] =
    /^([0-9.]{7,15})(?::([0-9]{1,5}))?$/u.exec(typed.trim()) ?? []
  const host = canonicalIp(text)
  const port = Number(portText)
  return host === null || !mayBeOther(host) || port < 1 || port > 65_535 ? null : { host, port }
}
