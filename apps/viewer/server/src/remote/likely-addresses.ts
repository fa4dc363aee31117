import { networkInterfaces } from 'node:os'
import { isHome } from '../casting/home-network.ts'

/** An address of this computer, and what the system calls the way to it. */
export interface NamedAddress {
  readonly interfaceName: string
  readonly host: string
}

/** Ways to containers, virtual machines and VPNs: a phone is seldom there. */
const SELDOM =
  /^(?:docker|br-|veth|virbr|vmnet|vboxnet|vEthernet|lxc|cni|tun|tap|wg|utun|tailscale|zt|ppp)/iu

/** Where home routers put their networks, the likeliest first. */
const USUAL = [/^192\.168\./u, /^10\./u, /^172\./u] as const

/** Addresses where a phone of the home may reach this computer, the likeliest first, at most eight. Pure. */
export function byLikelihood(addresses: readonly NamedAddress[]): readonly string[] {
  const rankOf = ({ interfaceName, host }: NamedAddress): number => {
    const usual = USUAL.findIndex((pattern) => pattern.test(host))
    return (SELDOM.test(interfaceName) ? 10 : 0) + (usual === -1 ? USUAL.length : usual)
  }
  return addresses
    .filter(({ host }) => isHome(host))
    .toSorted((a, b) => rankOf(a) - rankOf(b))
    .map(({ host }) => host)
    .slice(0, 8)
}

/** This computer's own, as {@link byLikelihood} orders them. IPv4: every home network gives phones one. */
export function likelyAddresses(): readonly string[] {
  return byLikelihood(
    Object.entries(networkInterfaces()).flatMap(([interfaceName, addresses]) =>
      (addresses ?? [])
        .filter(({ internal, family }) => !internal && family === 'IPv4')
        .map(({ address }) => ({ interfaceName, host: address })),
    ),
  )
}
