import { addressKey, type LearnedFrom, type SocketAddress } from '@matinee/base'
import { ipKind, type IpKind } from './ip-kind.ts'

/** What the person at this machine has allowed. */
export interface AddressPolicy {
  /** Loopback may be reached whoever named it: the testers' switch (`--allow-local`). */
  readonly allowLocal: boolean
}

/** What a connection is for; it decides which ports a stranger may name. */
export type DialPurpose = 'peer' | 'http' | 'udp-tracker'

/** Whether we may act; `reason` is a stable word for logs and tests. */
export type Verdict =
  | { readonly kind: 'yes' }
  | { readonly kind: 'no'; readonly reason: RefusalReason }

/** An {@link IpKind} stands for "an address of this kind, named by someone who may not name it". */
export type RefusalReason =
  | Exclude<IpKind, 'public'>
  | 'port'
  | 'scheme'
  | 'credentials'
  | 'path'
  | 'url'

/**
 * Whether we may connect or send to an address because of the one who named it (design.md, Addresses).
 * Strangers (trackers, PEX, DHT, torrents, magnets, redirects, incoming peers) reach public addresses
 * only; the local network is for LAN discovery, the user and our own code; loopback for our own code,
 * or for anybody with `allowLocal`. Addresses no host can have are for nobody.
 *
 * @param address `host` is an IP address in text; a name is refused as `invalid`
 */
export function mayDial(
  address: SocketAddress,
  learnedFrom: LearnedFrom,
  policy: AddressPolicy,
  purpose: DialPurpose = 'peer',
): Verdict {
  if (!Number.isInteger(address.port) || address.port < 1 || address.port > 0xffff) {
    return no('port')
  }
  const kind = ipKind(address.host)
  if (learnedFrom === 'own' && kind === 'multicast')
    return DISCOVERY_GROUPS.has(addressKey(address)) ? YES : no(kind)
  if (kind !== 'public' && !mayReachKind(kind, learnedFrom, policy)) return no(kind)
  if (isStranger(learnedFrom) && !mayNamePort(address.port, purpose)) return no('port')
  return YES
}

/** Whether addresses of a kind may be reached, ports apart. */
export function mayReachKind(
  kind: IpKind,
  learnedFrom: LearnedFrom,
  policy: AddressPolicy,
): boolean {
  switch (kind) {
    case 'public':
      return true
    case 'loopback':
      return policy.allowLocal || learnedFrom === 'own'
    case 'private':
    case 'link-local':
      return learnedFrom === 'own' || learnedFrom === 'user' || learnedFrom === 'lan'
    case 'multicast':
    case 'unspecified':
    case 'broadcast':
    case 'reserved':
    case 'invalid':
      return false
  }
}

/** Whether the word of `learnedFrom` is a stranger's: nobody on this machine or its network chose it. */
export function isStranger(learnedFrom: LearnedFrom): boolean {
  return learnedFrom !== 'own' && learnedFrom !== 'user' && learnedFrom !== 'lan'
}

/** Yes, without a new object each time: this is asked for every datagram. */
export const YES: Verdict = { kind: 'yes' }

/** A refusal. */
export function no(reason: RefusalReason): Verdict {
  return { kind: 'no', reason }
}

/**
 * Where the home network is asked for screens, by mDNS (RFC 6762) and SSDP (UPnP Device Architecture 1.1, 1.3), and for one's own
 * other computers, in a group that stays on the site (RFC 2365).
 */
const DISCOVERY_GROUPS: ReadonlySet<string> = new Set([
  '224.0.0.251:5353',
  '239.255.255.250:1900',
  '239.255.85.82:8582',
])

/** Ports below this belong to services of the system: no peer listens there, but victims do (P14). */
const FIRST_UNPRIVILEGED_PORT = 1024

/**
 * Privileged UDP ports whose services answer with more than they were sent, or change something.
 * Real UDP trackers do use 80, 443 and 451, so the rest stays open to them.
 */
const REFUSED_UDP_PORTS: ReadonlySet<number> = new Set([
  7, 9, 13, 17, 19, 37, 53, 67, 68, 69, 111, 123, 137, 138, 161, 162, 177, 389, 427, 500, 514, 520,
  547, 623,
])

function mayNamePort(port: number, purpose: DialPurpose): boolean {
  if (port >= FIRST_UNPRIVILEGED_PORT) return true
  switch (purpose) {
    case 'peer':
      return false
    case 'http':
      return port === 80 || port === 443
    case 'udp-tracker':
      return !REFUSED_UDP_PORTS.has(port)
  }
}
