import { LIMITS, type SocketAddress, addressKey, utf8Bytes } from '@matinee/base'
import {
  type InfoHashV1,
  type InfoHashV2,
  type InfoHashes,
  parseInfoHashV1,
  parseInfoHashV2,
} from './info-hash.ts'
import { NAME_CHARACTERS, cleanText } from './metainfo/display-text.ts'
import { parseTrackerUrl, parseWebSeedUrl } from './metainfo/source-url.ts'

/** A half-open range of file indexes (BEP 53). */
export interface FileRange {
  readonly start: number
  readonly end: number
}

/** What a magnet link says (BEP 9, 53). Everything but the hashes is a stranger's advice. */
export interface Magnet {
  readonly infoHashes: InfoHashes
  /** Cleaned display text. */
  readonly displayName: string | null
  /** `http:`, `https:` and `udp:` URLs, each its own tier. */
  readonly trackers: readonly string[]
  /** `http:` and `https:` URLs (BEP 19). */
  readonly webSeeds: readonly string[]
  /** Peers by IP address; names are left out. Where we may connect is the network's to decide. */
  readonly peers: readonly SocketAddress[]
  /** The files to take, sorted and apart; empty = all. */
  readonly files: readonly FileRange[]
  /** Where the `.torrent` may be had: an `http:` or `https:` URL. */
  readonly exactSource: string | null
}

/** Why a magnet link was refused; stable. */
export type MagnetErrorCode =
  | 'too-large'
  | 'not-magnet'
  /** No hash of a torrent. */
  | 'no-hash'
  /** Something that should be a hash and is none. */
  | 'bad-hash'
  /** Two different hashes of one kind. */
  | 'hash-conflict'
  | 'urls'

/** A text is no (acceptable) magnet link. The only error the parser throws. */
export class MagnetError extends Error {
  override readonly name = 'MagnetError'
  readonly code: MagnetErrorCode
  constructor(code: MagnetErrorCode, message: string) {
    super(message)
    this.code = code
  }
}

/**
 * Reads a magnet link. Unknown parameters, and known ones that make no sense, are left out; wrong
 * hashes are refused. Throws {@link MagnetError} and nothing else.
 */
export function parseMagnet(text: string): Magnet {
  // A text has at least as many bytes as characters: the cheap check first.
  if (text.length > LIMITS.magnetBytes || utf8Bytes(text).length > LIMITS.magnetBytes)
    throw new MagnetError('too-large', `a magnet link of ${text.length} characters`)
  const query = /^\s*magnet:\?(.*)$/isu.exec(text)?.[1]
  if (query === undefined) throw new MagnetError('not-magnet', 'not a magnet link')
  const parameters = groupParameters(query)
  const of = (key: string): readonly string[] => parameters.get(key) ?? []
  if (of('tr').length + of('ws').length > LIMITS.torrentUrls)
    throw new MagnetError('urls', `${of('tr').length + of('ws').length} trackers and web seeds`)
  return {
    infoHashes: parseTopics(of('xt')),
    displayName: cleanText(of('dn')[0] ?? '', NAME_CHARACTERS) || null,
    trackers: keep(of('tr'), parseTrackerUrl),
    webSeeds: keep(of('ws'), parseWebSeedUrl),
    peers: [
      ...new Map(keep(of('x.pe'), parsePeer).map((peer) => [addressKey(peer), peer])).values(),
    ],
    files: parseSelection(of('so')),
    exactSource: keep(of('xs'), parseWebSeedUrl)[0] ?? null,
  }
}

/**
 * Writes a magnet link. What would make it longer than `LIMITS.magnetBytes` is left out: web seeds
 * first, then trackers, then peers, from their ends.
 */
export function formatMagnet(
  magnet: Partial<Magnet> & { readonly infoHashes: InfoHashes },
): string {
  const { v1, v2 } = magnet.infoHashes
  const parameters: string[] = []
  if (v1 !== null) parameters.push(`xt=urn:btih:${v1}`)
  if (v2 !== null) parameters.push(`xt=urn:btmh:${SHA256_MULTIHASH}${v2}`)
  const add = (key: string, value: string): void => {
    parameters.push(`${key}=${encodeURIComponent(value.toWellFormed())}`)
  }
  if (magnet.displayName) add('dn', magnet.displayName)
  const files = magnet.files ?? []
  if (files.length > 0) parameters.push(`so=${files.map(formatRange).join(',')}`)
  if (magnet.exactSource) add('xs', magnet.exactSource)
  for (const peer of magnet.peers ?? []) add('x.pe', addressKey(peer))
  for (const url of magnet.trackers ?? []) add('tr', url)
  for (const url of magnet.webSeeds ?? []) add('ws', url)
  let text = `magnet:?${parameters.shift() ?? ''}`
  for (const parameter of parameters) {
    if (text.length + 1 + parameter.length > LIMITS.magnetBytes) break
    text += `&${parameter}`
  }
  return text
}

/** Multihash of SHA-256: function 0x12, 0x20 bytes. */
const SHA256_MULTIHASH = '1220'

/** Values by key; `xt.1`, `tr.2`… count as `xt`, `tr`…, which old links use to repeat a key. */
function groupParameters(query: string): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const [key, value] of new URLSearchParams(query)) {
    const name = key.toLowerCase().replace(/\.\d+$/u, '')
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [value])
    else group.push(value)
  }
  return groups
}

function parseTopics(topics: readonly string[]): InfoHashes {
  let v1: InfoHashV1 | null = null
  let v2: InfoHashV2 | null = null
  for (const topic of topics) {
    const match = /^urn:(btih|btmh):(.*)$/isu.exec(topic)
    if (match === null) continue
    const digits = match[2] ?? ''
    if (match[1]?.toLowerCase() === 'btih') v1 = sameHash(v1, parseInfoHashV1(digits))
    else {
      const isSha256 = digits.startsWith(SHA256_MULTIHASH)
      v2 = sameHash(v2, isSha256 ? parseInfoHashV2(digits.slice(SHA256_MULTIHASH.length)) : null)
    }
  }
  if (v1 === null && v2 === null) throw new MagnetError('no-hash', 'no hash of a torrent')
  return { v1, v2 }
}

function sameHash<T extends InfoHashV1 | InfoHashV2>(before: T | null, hash: T | null): T {
  if (hash === null) throw new MagnetError('bad-hash', 'not a hash of a torrent')
  if (before !== null && before !== hash)
    throw new MagnetError('hash-conflict', 'hashes of two torrents')
  return hash
}

/** `203.0.113.7:6881` or `[2001:db8::1]:6881`; the address in canonical text. */
function parsePeer(text: string): SocketAddress | null {
  const match = /^(\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]{2,45}\]):(\d{1,5})$/iu.exec(text)
  const host = match?.[1]
  const port = Number(match?.[2])
  const url = host === undefined ? null : URL.parse(`http://${host}/`)
  if (url === null || port < 1 || port > 65535) return null
  // The URL parser takes 010.0.0.1 for octal; an address that changes in it is nobody's.
  const isIpv6 = url.hostname.startsWith('[')
  if (!isIpv6 && url.hostname !== host) return null
  return { host: isIpv6 ? url.hostname.slice(1, -1) : url.hostname, port }
}

/** BEP 53: `0,2,4,6-8`. Ranges come out sorted, merged and half-open. */
function parseSelection(texts: readonly string[]): readonly FileRange[] {
  const ranges: FileRange[] = []
  for (const part of texts.join(',').split(',')) {
    const match = /^(\d{1,7})(?:-(\d{1,7}))?$/u.exec(part)
    if (match === null) continue
    const start = Number(match[1])
    const end = Math.min(Number(match[2] ?? match[1]) + 1, LIMITS.torrentFiles)
    if (start < end) ranges.push({ start, end })
  }
  ranges.sort((a, b) => a.start - b.start)
  const merged: FileRange[] = []
  for (const range of ranges) {
    const last = merged.at(-1)
    if (last === undefined || range.start > last.end) merged.push(range)
    else merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, range.end) }
  }
  return merged
}

function formatRange(range: FileRange): string {
  return range.end === range.start + 1 ? `${range.start}` : `${range.start}-${range.end - 1}`
}

/** What can be read, each once. */
function keep<T>(texts: readonly string[], parse: (text: string) => T | null): T[] {
  const kept = new Set<T>()
  for (const text of texts) {
    const value = parse(text)
    if (value !== null) kept.add(value)
  }
  return [...kept]
}
