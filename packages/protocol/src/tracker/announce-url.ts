import { LIMITS, assert } from '@matinee/base'
import type { Announce } from './announce.ts'
import { TrackerError } from './tracker-error.ts'

/**
 * The URL of an HTTP announce (BEP 3, 7, 23). A query in the tracker's URL stays in front, a fragment
 * goes. Our address is not told: the tracker sees it.
 * Throws {@link TrackerError} `bad-url` unless it is an http or https URL of usable length.
 */
export function buildAnnounceUrl(trackerUrl: string, announce: Announce): string {
  assert(announce.infoHash.length === 20, 'a tracker knows info-hashes of 20 bytes')
  assert(announce.peerId.length === 20, 'a peer id has 20 bytes')
  const query = [
    `info_hash=${percentEncode(announce.infoHash)}`,
    `peer_id=${percentEncode(announce.peerId)}`,
    `port=${announce.port}`,
    `uploaded=${announce.uploaded}`,
    `downloaded=${announce.downloaded}`,
    `left=${announce.left}`,
    `compact=1`,
    `numwant=${announce.numWant}`,
  ]
  if (announce.event !== null) query.push(`event=${announce.event}`)
  if (announce.key !== undefined) query.push(`key=${announce.key.toString(16).padStart(8, '0')}`)
  return withQuery(parseHttpUrl(trackerUrl), query)
}

/**
 * The URL of an HTTP scrape (BEP 48), or `null` when the tracker has none: its path must end in a part
 * that begins with `announce`. Throws {@link TrackerError} `bad-url` as {@link buildAnnounceUrl}.
 */
export function buildScrapeUrl(
  trackerUrl: string,
  infoHashes: readonly Uint8Array[],
): string | null {
  const url = parseHttpUrl(trackerUrl)
  const lastPart = url.pathname.lastIndexOf('/') + 1
  if (!url.pathname.startsWith('announce', lastPart)) return null
  url.pathname = `${url.pathname.slice(0, lastPart)}scrape${url.pathname.slice(lastPart + 8)}`
  return withQuery(
    url,
    infoHashes.map((infoHash) => `info_hash=${percentEncode(infoHash)}`),
  )
}

/** Bytes in a query: letters, digits and `-._~` stay, everything else becomes `%XX` (RFC 3986). */
export function percentEncode(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) {
    const character = String.fromCharCode(byte)
    text += /[\w\-.~]/.test(character)
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }
  return text
}

function parseHttpUrl(text: string): URL {
  const url = text.length <= LIMITS.urlBytes ? URL.parse(text) : null
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw new TrackerError('bad-url', 'a tracker that is not at an http or https URL')
  url.hash = ''
  return url
}

// Not URLSearchParams: it would write the existing query anew, and text instead of bytes.
function withQuery(url: URL, query: readonly string[]): string {
  const { href } = url
  if (!href.includes('?')) return `${href}?${query.join('&')}`
  const isOpen = href.endsWith('?') || href.endsWith('&')
  return `${href}${isOpen ? '' : '&'}${query.join('&')}`
}
