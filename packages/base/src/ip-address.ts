import { toHex } from './bytes.ts'

/**
 * IP addresses as bytes. Strict on purpose: only dotted IPv4 with four decimal parts and IPv6 as
 * RFC 4291 §2.2 writes it are addresses. `0x7f.1`, `127.1` or `2130706433` are not: they are names, and
 * what a resolver makes of them is checked then.
 */

/** 4 bytes (IPv4) or 16 bytes (IPv6), or `null` when the text is no address. No brackets, no zone. */
export function parseIp(text: string): Uint8Array | null {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text)
}

/** Canonical text of 4 or 16 bytes: RFC 5952 for IPv6. Mapped IPv4 is written as plain IPv4. */
export function formatIp(bytes: Uint8Array): string {
  const inner = bytes.length === 16 ? mappedIpv4(bytes) : bytes
  return inner === null ? formatIpv6(bytes) : inner.join('.')
}

/** The one spelling of an address that the product keeps, or `null` when the text is no address. */
export function canonicalIp(text: string): string | null {
  const bytes = parseIp(text)
  return bytes === null ? null : formatIp(bytes)
}

/** The IPv4 address inside `::ffff:a.b.c.d`, or `null`. The system connects to the inner one. */
export function mappedIpv4(bytes: Uint8Array): Uint8Array | null {
  const isMapped = bytes.length === 16 && startsWith(bytes, MAPPED_PREFIX)
  return isMapped ? bytes.subarray(12) : null
}

/**
 * The network an address stands in, as a key for maps: its /24 (IPv4) or /64 (IPv6), the smallest block
 * that one customer surely holds. `null` when the text is no address.
 */
export function networkKey(text: string): string | null {
  const bytes = parseIp(text)
  if (bytes === null) return null
  const inner = bytes.length === 16 ? (mappedIpv4(bytes) ?? bytes) : bytes
  return toHex(inner.subarray(0, inner.length === 4 ? 3 : 8))
}

const MAPPED_PREFIX = new Uint8Array([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff])

function startsWith(bytes: Uint8Array, prefix: Uint8Array): boolean {
  return prefix.every((byte, at) => bytes[at] === byte)
}

function parseIpv4(text: string): Uint8Array | null {
  const parts = text.split('.')
  if (parts.length !== 4) return null
  const out = new Uint8Array(4)
  for (const [at, part] of parts.entries()) {
    // A leading zero is refused: some parsers read it as octal.
    if (!/^(?:0|[1-9][0-9]{0,2})$/u.test(part) || Number(part) > 255) return null
    out[at] = Number(part)
  }
  return out
}

function parseIpv6(text: string): Uint8Array | null {
  // The longest spelling has 45 characters; the cap keeps the split of a stranger's text small.
  if (text.length > 45) return null
  const halves = text.split('::')
  if (halves.length > 2) return null
  const head = parseGroups(halves[0] ?? '', halves.length === 1)
  const tail = halves.length === 2 ? parseGroups(halves[1] ?? '', true) : []
  if (head === null || tail === null) return null
  const missing = 16 - head.length - tail.length
  // `::` stands for at least one group (RFC 4291); without it nothing may be missing.
  if (halves.length === 2 ? missing < 2 : missing !== 0) return null
  const out = new Uint8Array(16)
  out.set(head)
  out.set(tail, 16 - tail.length)
  return out
}

/** Bytes of colon-separated groups; the last may be dotted IPv4 when `mayEndInIpv4`. */
function parseGroups(text: string, mayEndInIpv4: boolean): number[] | null {
  if (text === '') return []
  const out: number[] = []
  const groups = text.split(':')
  for (const [at, group] of groups.entries()) {
    if (group.includes('.')) {
      const inner = mayEndInIpv4 && at === groups.length - 1 ? parseIpv4(group) : null
      if (inner === null) return null
      out.push(...inner)
    } else {
      if (!/^[0-9a-f]{1,4}$/iu.test(group)) return null
      const value = Number.parseInt(group, 16)
      out.push(value >> 8, value & 0xff)
    }
  }
  return out
}

function formatIpv6(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const groups = Array.from({ length: 8 }, (_, at) => view.getUint16(2 * at).toString(16))
  const zeros = longestZeroRun(groups)
  if (zeros.length < 2) return groups.join(':')
  const before = groups.slice(0, zeros.start).join(':')
  const after = groups.slice(zeros.start + zeros.length).join(':')
  return `${before}::${after}`
}

/** RFC 5952 §4.2: the longest run of zero groups, the first one of equals. */
function longestZeroRun(groups: readonly string[]): { start: number; length: number } {
  let best = { start: 0, length: 0 }
  let length = 0
  for (const [at, group] of groups.entries()) {
    length = group === '0' ? length + 1 : 0
    if (length > best.length) best = { start: at - length + 1, length }
  }
  return best
}
