import { assert, concatBytes, formatIp, parseIp, type SocketAddress } from '@matinee/base'

/** Bytes of one compact address: the IP address, then the port, highest byte first (BEP 23, BEP 7). */
export const COMPACT_BYTES = { ipv4: 6, ipv6: 18 } as const

/** Which of the two kinds of address. */
export type AddressFamily = keyof typeof COMPACT_BYTES

/** Compact addresses of both kinds, each run ready to be sent. */
export interface CompactAddresses {
  readonly ipv4: Uint8Array
  readonly ipv6: Uint8Array
}

/**
 * The first `limit` addresses of a run, or `null` when its length is no whole number of them.
 * An entry with port 0 is an entry without an address: its place holds `null`, so that lists beside
 * the run (the flags of BEP 11) keep their meaning.
 */
export function decodeCompactAddresses(
  bytes: Uint8Array,
  family: AddressFamily,
  limit: number,
): (SocketAddress | null)[] | null {
  const size = COMPACT_BYTES[family]
  if (bytes.length % size !== 0) return null
  const addresses: (SocketAddress | null)[] = []
  const end = Math.min(bytes.length, size * limit)
  for (let at = 0; at < end; at += size) {
    const portAt = at + size - 2
    const port = ((bytes[portAt] ?? 0) << 8) | (bytes[portAt + 1] ?? 0)
    addresses.push(port === 0 ? null : { host: formatIp(bytes.subarray(at, portAt)), port })
  }
  return addresses
}

/** The bytes of one address: 6 or 18. `host` must be an IP literal. */
export function encodeCompactAddress(address: SocketAddress): Uint8Array {
  const ip = parseIp(address.host)
  assert(ip !== null, 'the host of an address is an IP address')
  const { port } = address
  assert(Number.isInteger(port) && port >= 0 && port < 0x1_0000, 'a port is 0 to 65535')
  return concatBytes([ip, new Uint8Array([port >> 8, port & 0xff])])
}

/** Sorts addresses into the two kinds, each in the order given. */
export function encodeCompactAddresses(addresses: readonly SocketAddress[]): CompactAddresses {
  const all = addresses.map(encodeCompactAddress)
  return {
    ipv4: concatBytes(all.filter((bytes) => bytes.length === COMPACT_BYTES.ipv4)),
    ipv6: concatBytes(all.filter((bytes) => bytes.length === COMPACT_BYTES.ipv6)),
  }
}

/** At most `limit` of both lists together, so that a long one leaves the other half of the room. */
export function mixFamilies<T>(ipv4: readonly T[], ipv6: readonly T[], limit: number): T[] {
  const half = Math.floor(limit / 2)
  return [
    ...ipv4.slice(0, half),
    ...ipv6.slice(0, half),
    ...ipv4.slice(half),
    ...ipv6.slice(half),
  ].slice(0, limit)
}
