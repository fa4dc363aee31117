import { LIMITS, fromHex, type SocketAddress } from '@matinee/base'
import { parseMagnet } from '@matinee/protocol'
import { isAbsolute, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where a feed may be had. `text` is what is shown, and kept. */
export type FeedAddress =
  /** A folder on a web server; `url` ends with a slash. */
  | { readonly kind: 'https'; readonly text: string; readonly url: string }
  /** Absolute. */
  | { readonly kind: 'folder'; readonly text: string; readonly folder: string }
  /** An item of the DHT that names a torrent and carries the timestamp (BEP 46). */
  | ({ readonly kind: 'swarm'; readonly text: string } & FeedPointerName)

/** Under which name the newest version of a feed stands in the DHT (BEP 44, 46). */
export interface FeedPointerName {
  /** Ed25519, 32 bytes: the timestamp's key. */
  readonly publicKey: Uint8Array
  /** The first 20 bytes of the feed's fingerprint. */
  readonly salt: Uint8Array
  /** Who may have it; the word of whoever gave us the link. */
  readonly peers: readonly SocketAddress[]
}

/** Bytes of the fingerprint by which items of one key are told apart. */
export const POINTER_SALT_BYTES = 20

/**
 * Reads what a viewer typed or a feed names: a link to a folder, an absolute path, or a magnet link of BEP 46. Null = it is
 * none of these. A link is `https:`; `http:` only to an address that isn't on the Internet, where nobody in between reads along.
 */
export function parseFeedAddress(typed: string): FeedAddress | null {
  const text = typed.trim()
  if (text === '' || text.length > LIMITS.magnetBytes) return null
  if (/^magnet:/iu.test(text)) return parseFeedMagnet(text)
  if (isAbsolute(text)) return folderAddress(text)
  if (/^file:/iu.test(text)) {
    const path = pathOfLink(text)
    return path === null ? null : folderAddress(path)
  }
  const url = parseSourceLink(text)
  if (url === null) return null
  url.search = ''
  if (!url.pathname.endsWith('/')) url.pathname += '/'
  return { kind: 'https', text: url.href, url: url.href }
}

/** A link from which a feed or list may be fetched, without its fragment; null = none. */
export function parseSourceLink(text: string): URL | null {
  const url = text.length > LIMITS.urlBytes ? null : URL.parse(text)
  if (url === null) return null
  const isLink = url.protocol === 'https:' || (url.protocol === 'http:' && isNear(url.hostname))
  if (!isLink || url.username !== '' || url.password !== '') return null
  url.hash = ''
  return url
}

/** The path on this computer that a `file:` link means; null = it means none. */
export function pathOfLink(text: string): string | null {
  const url = text.length > LIMITS.urlBytes ? null : URL.parse(text)
  return url?.protocol === 'file:' && url.host === '' ? fileURLToPath(url) : null
}

/** The magnet link that names a feed without any server (BEP 46). */
export function formatFeedMagnet({
  publicKey,
  salt,
}: Pick<FeedPointerName, 'publicKey' | 'salt'>): string {
  return `magnet:?xs=urn:btpk:${publicKey.toHex()}&s=${salt.toHex()}`
}

function folderAddress(path: string): FeedAddress | null {
  if (path.includes('\0')) return null
  const folder = normalize(path)
  return { kind: 'folder', text: folder, folder }
}

function parseFeedMagnet(text: string): FeedAddress | null {
  const parameters = new URLSearchParams(text.slice(text.indexOf('?') + 1))
  const [, key = ''] = /^urn:btpk:([0-9a-f]{64})$/iu.exec(parameters.get('xs') ?? '') ?? []
  const publicKey = fromHex(key.toLowerCase())
  const salt = fromHex((parameters.get('s') ?? '').toLowerCase())
  if (publicKey?.length !== 32 || salt?.length !== POINTER_SALT_BYTES) return null
  const peers = parameters.getAll('x.pe')
  return {
    kind: 'swarm',
    text: [
      formatFeedMagnet({ publicKey, salt }),
      ...peers.map((peer) => `x.pe=${encodeURIComponent(peer)}`),
    ].join('&'),
    publicKey,
    salt,
    peers: peersOf(peers),
  }
}

/** Addresses of peers as any magnet link writes them. */
function peersOf(texts: readonly string[]): readonly SocketAddress[] {
  const query = texts.map((text) => `&x.pe=${encodeURIComponent(text)}`).join('')
  return parseMagnet(`magnet:?xt=urn:btih:${'0'.repeat(40)}${query}`).peers
}

/** Whether a host is surely on this computer or its network. */
function isNear(host: string): boolean {
  return /^(?:localhost|[\w-]+\.local|127\.\d+\.\d+\.\d+|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+|\[::1\]|\[f[cd][\da-f:]+\])$/iu.test(
    host,
  )
}
