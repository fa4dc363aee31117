/**
 * The bytes of an IP literal: 4 for IPv4 (four decimal numbers, nothing looser), 16 for IPv6, or `null`
 * for anything else, such as a name. A zone (`%eth0`) is refused.
 */
export function parseIp(text: string): Uint8Array | null {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text)
}

/**
 * Canonical text of 4 or 16 bytes (RFC 5952). An IPv4-mapped address is the IPv4 address: it is the
 * same host, and rules about addresses must not be dodged by another spelling.
 */
export function formatIp(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.')
  if (isMapped(bytes)) return bytes.subarray(12).join('.')
  const groups = Array.from(
    { length: 8 },
    (_, i) => ((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0),
  )
  const gap = longestZeros(groups)
  const hex = groups.map((group) => group.toString(16))
  if (gap === null) return hex.join(':')
  return `${hex.slice(0, gap.start).join(':')}::${hex.slice(gap.end).join(':')}`
}

function parseIpv4(text: string): Uint8Array | null {
  const parts = text.split('.')
  if (parts.length !== 4) return null
  const bytes = new Uint8Array(4)
  for (const [i, part] of parts.entries()) {
    // No leading zero: some read it as octal.
    if (!/^(?:0|[1-9]\d{0,2})$/u.test(part) || Number(part) > 255) return null
    bytes[i] = Number(part)
  }
  return bytes
}

function parseIpv6(text: string): Uint8Array | null {
  const halves = text.split('::')
  if (halves.length > 2) return null
  const [head = '', tail] = halves
  const front = parseGroups(head, tail === undefined)
  const back = tail === undefined ? [] : parseGroups(tail, true)
  if (front === null || back === null) return null
  const missing = 16 - front.length - back.length
  // "::" stands for at least one group.
  if (tail === undefined ? missing !== 0 : missing < 2) return null
  return Uint8Array.from([...front, ...Array.from({ length: missing }, () => 0), ...back])
}

/** The bytes of groups between colons; the last may be an IPv4 address when `isEnd`. */
function parseGroups(text: string, isEnd: boolean): number[] | null {
  if (text === '') return []
  const groups = text.split(':')
  const bytes: number[] = []
  for (const [i, group] of groups.entries()) {
    if (/^[0-9a-f]{1,4}$/iu.test(group)) {
      const value = Number.parseInt(group, 16)
      bytes.push(value >> 8, value & 0xff)
      continue
    }
    const ipv4 = isEnd && i === groups.length - 1 ? parseIpv4(group) : null
    if (ipv4 === null) return null
    bytes.push(...ipv4)
  }
  return bytes
}

function isMapped(bytes: Uint8Array): boolean {
  for (let i = 0; i < 10; i++) if (bytes[i] !== 0) return false
  return bytes[10] === 0xff && bytes[11] === 0xff
}

/** The first longest run of at least two zero groups, half-open. */
function longestZeros(groups: readonly number[]): { start: number; end: number } | null {
  let best: { start: number; end: number } | null = null
  for (let start = 0; start < groups.length; start++) {
    let end = start
    while (groups[end] === 0) end++
    if (end - start >= 2 && (best === null || end - start > best.end - best.start))
      best = { start, end }
  }
  return best
}
