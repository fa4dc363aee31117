import { assert, fromHex, mappedIpv4, parseIp, toHex } from '@matinee/base'

/**
 * What an address is for (IANA special-purpose registries, RFC 6890 and its successors).
 * `reserved` is everything that no host on the Internet can have, documentation ranges included.
 */
export type IpKind =
  | 'public'
  | 'loopback'
  | 'private'
  | 'link-local'
  | 'multicast'
  | 'unspecified'
  | 'broadcast'
  | 'reserved'
  | 'invalid'

/**
 * The kind of an address in text. An IPv6 address that carries an IPv4 address which the network may
 * unwrap (mapped, NAT64, 6to4, Teredo) is of the inner address's kind: the packet ends there.
 */
export function ipKind(text: string): IpKind {
  const bytes = parseIp(text)
  return bytes === null ? 'invalid' : kindOfBytes(bytes)
}

interface Range {
  readonly prefix: Uint8Array
  readonly bits: number
  readonly kind: IpKind
}

/** First match wins. What matches nothing is public. */
const IPV4_RANGES: readonly Range[] = [
  // Linux connects 0.0.0.0 to itself, and so it would the rest of 0/8 on some systems.
  range('00000000', 32, 'unspecified'),
  range('00000000', 8, 'reserved'),
  range('0a000000', 8, 'private'),
  // Carrier-grade NAT, and what overlay networks such as Tailscale give out.
  range('64400000', 10, 'private'),
  range('7f000000', 8, 'loopback'),
  // 169.254.169.254 among them: the metadata service of cloud machines.
  range('a9fe0000', 16, 'link-local'),
  range('ac100000', 12, 'private'),
  // 192.0.0.0/24, protocol assignments; 192.0.2.0/24, documentation; 192.88.99.0/24, 6to4 relays.
  range('c0000000', 24, 'reserved'),
  range('c0000200', 24, 'reserved'),
  range('c0586300', 24, 'reserved'),
  range('c0a80000', 16, 'private'),
  // Benchmarks in labs; some local proxies answer every name from here.
  range('c6120000', 15, 'private'),
  // 198.51.100.0/24 and 203.0.113.0/24, documentation.
  range('c6336400', 24, 'reserved'),
  range('cb007100', 24, 'reserved'),
  range('e0000000', 4, 'multicast'),
  range('ffffffff', 32, 'broadcast'),
  range('f0000000', 4, 'reserved'),
]

/** First match wins. What matches nothing is reserved: only 2000::/3 is given out. */
const IPV6_RANGES: readonly Range[] = [
  range('00000000000000000000000000000000', 128, 'unspecified'),
  range('00000000000000000000000000000001', 128, 'loopback'),
  // Local-use NAT64 (RFC 8215): where it leads is the operator's choice.
  range('0064ff9b000100000000000000000000', 48, 'private'),
  range('fc000000000000000000000000000000', 7, 'private'),
  // Site-local: deprecated, still routed inside some networks.
  range('fec00000000000000000000000000000', 10, 'private'),
  range('fe800000000000000000000000000000', 10, 'link-local'),
  range('ff000000000000000000000000000000', 8, 'multicast'),
  // 2001::/23 is for protocols; Teredo (2001::/32) is unwrapped before this table is asked.
  range('20010000000000000000000000000000', 23, 'reserved'),
  range('20010db8000000000000000000000000', 32, 'reserved'),
  range('3fff0000000000000000000000000000', 20, 'reserved'),
  range('20000000000000000000000000000000', 3, 'public'),
]

function kindOfBytes(bytes: Uint8Array): IpKind {
  if (bytes.length === 4) return firstMatch(IPV4_RANGES, bytes) ?? 'public'
  const carried = carriedIpv4(bytes)
  if (carried.length === 0) return firstMatch(IPV6_RANGES, bytes) ?? 'reserved'
  return carried.map(kindOfBytes).find((kind) => kind !== 'public') ?? 'public'
}

/** Every IPv4 address that an IPv6 address makes the network send to. */
function carriedIpv4(bytes: Uint8Array): Uint8Array[] {
  const mapped = mappedIpv4(bytes)
  if (mapped !== null) return [mapped]
  const head = toHex(bytes.subarray(0, 4))
  // NAT64 well-known prefix, RFC 6052.
  if (toHex(bytes.subarray(0, 12)) === '0064ff9b0000000000000000') return [bytes.subarray(12)]
  // 6to4, RFC 3056.
  if (head.startsWith('2002')) return [bytes.subarray(2, 6)]
  // Teredo, RFC 4380 §4: the server in clear, the client's bits inverted.
  if (head === '20010000') {
    return [bytes.subarray(4, 8), bytes.subarray(12).map((byte) => byte ^ 0xff)]
  }
  return []
}

function firstMatch(ranges: readonly Range[], bytes: Uint8Array): IpKind | null {
  return ranges.find((range) => hasPrefix(bytes, range))?.kind ?? null
}

function range(prefix: string, bits: number, kind: IpKind): Range {
  const bytes = fromHex(prefix)
  assert(bytes !== null, prefix)
  return { prefix: bytes, bits, kind }
}

function hasPrefix(bytes: Uint8Array, { prefix, bits }: Range): boolean {
  for (let at = 0; at * 8 < bits; at++) {
    const mask = (0xff << Math.max(0, 8 - (bits - at * 8))) & 0xff
    if (((bytes[at] ?? 0) & mask) !== ((prefix[at] ?? 0) & mask)) return false
  }
  return true
}
