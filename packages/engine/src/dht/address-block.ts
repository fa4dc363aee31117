import { parseIp, toHex } from '@matinee/base'

/**
 * The block of addresses that one customer surely holds, as a key for maps: /24 of IPv4, /64 of IPv6.
 * `null` for addresses of this machine and its networks, where many nodes may stand side by side, and
 * for what is no address.
 */
export function addressBlock(host: string): string | null {
  const ip = parseIp(host)
  if (ip === null || isLocal(ip)) return null
  return toHex(ip.subarray(0, ip.length === 4 ? 3 : 8))
}

/** BEP 42: addresses of which nobody outside can tell whether an id belongs to them. */
export function isLocalHost(host: string): boolean {
  const ip = parseIp(host)
  return ip !== null && isLocal(ip)
}

function isLocal(ip: Uint8Array): boolean {
  const [first = 0, second = 0] = ip
  if (ip.length === 16)
    return (
      (first & 0xfe) === 0xfc ||
      (first === 0xfe && (second & 0xc0) === 0x80) ||
      (ip.at(-1) === 1 && ip.subarray(0, 15).every((byte) => byte === 0))
    )
  return (
    first === 10 ||
    first === 127 ||
    (first === 172 && (second & 0xf0) === 16) ||
    (first === 192 && second === 168) ||
    (first === 169 && second === 254)
  )
}
