import { assert, parseIp } from '@matinee/base'
import { NODE_ID_BYTES } from './node-id.ts'

/**
 * BEP 42: the first 21 bits of a node's id follow from its address, so that nobody can place himself
 * next to a torrent of his choice without owning addresses all over the Internet.
 */

const MASK_IPV4 = [0x03, 0x0f, 0x3f, 0xff]
const MASK_IPV6 = [0x01, 0x03, 0x07, 0x0f, 0x1f, 0x3f, 0x7f, 0xff]

/** An id for an address, its free bits from 20 random bytes. `host` is an IP address in text. */
export function createSecureId(host: string, random: Uint8Array): Uint8Array {
  assert(random.length === NODE_ID_BYTES, 'a node id has 20 bytes')
  const id = random.slice()
  const crc = prefixOf(host, id[NODE_ID_BYTES - 1] ?? 0)
  assert(crc !== null, 'the host of a node is an IP address')
  id[0] = crc >>> 24
  id[1] = (crc >>> 16) & 0xff
  id[2] = ((crc >>> 8) & 0xf8) | ((id[2] ?? 0) & 0x07)
  return id
}

/** Whether an id is one that BEP 42 allows at an address. */
export function isSecureId(id: Uint8Array, host: string): boolean {
  const crc = prefixOf(host, id[NODE_ID_BYTES - 1] ?? 0)
  if (crc === null) return false
  const third = ((id[2] ?? 0) ^ (crc >>> 8)) & 0xf8
  return id[0] === crc >>> 24 && id[1] === ((crc >>> 16) & 0xff) && third === 0
}

function prefixOf(host: string, last: number): number | null {
  const ip = parseIp(host)
  if (ip === null) return null
  const masked = (ip.length === 4 ? MASK_IPV4 : MASK_IPV6).map((mask, i) => mask & (ip[i] ?? 0))
  masked[0] = (masked[0] ?? 0) | ((last & 0x07) << 5)
  return crc32c(masked)
}

/** CRC-32C (Castagnoli, RFC 3720), bit by bit: of at most eight bytes. */
function crc32c(bytes: readonly number[]): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1
  }
  return ~crc >>> 0
}
