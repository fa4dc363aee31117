import { ipKind } from '@matinee/net'
import { networkInterfaces } from 'node:os'

/** This computer's IPv4 addresses in home networks, at most eight: where screens are looked for. */
export function homeAddresses(): readonly string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family, address }) => !internal && family === 'IPv4' && isHome(address))
    .map(({ address }) => address)
    .slice(0, 8)
}

/** Whether a screen may be at an address: one of a home network, never this computer and never the Internet (L3). */
export function isHome(host: string): boolean {
  const kind = ipKind(host)
  return kind === 'private' || kind === 'link-local'
}
