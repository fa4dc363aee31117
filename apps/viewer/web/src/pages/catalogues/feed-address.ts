import { MAX_FEED_ADDRESS } from '#api'
import type { TextKey } from '../../i18n/text-key.ts'

/** What the viewer wrote: an address to look at, or what is wrong with it as a string of the catalogue. */
export type FeedAddress =
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'problem'; readonly problem: TextKey }

/** `films.example.org`, `films.example.org:8443/feed`: what people write of a link, and no path begins so. */
const BARE_HOST = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?(?:\/.*)?$/iu
const SCHEME = /^(?<scheme>[a-z][a-z0-9+.-]+):/iu

/**
 * Reads what was written or pasted as the address of a feed, and says at once what can't be one. Whether there is a feed
 * at it, only the server can say.
 */
export function readFeedAddress(text: string): FeedAddress {
  const address = text.trim()
  if (address === '') return { kind: 'problem', problem: 'feeds.address-missing' }
  if (address.length > MAX_FEED_ADDRESS) return { kind: 'problem', problem: 'feeds.address-long' }
  switch (SCHEME.exec(address)?.groups?.['scheme']?.toLowerCase()) {
    case 'http':
    case 'https':
      return isTorrent(address)
        ? { kind: 'problem', problem: 'feeds.address-film' }
        : { kind: 'address', address: folderOf(address) }
    case 'magnet':
      return /[?&]xs=urn:btpk:/iu.test(address)
        ? { kind: 'address', address }
        : { kind: 'problem', problem: 'feeds.address-film' }
    case 'file':
      return readFileLink(address)
    case undefined:
      break
    default:
      // `C:\feed` has a letter that looks like a scheme, but only one; `host:8443/feed` has digits behind it.
      if (!BARE_HOST.test(address)) return { kind: 'problem', problem: 'feeds.address-scheme' }
  }
  if (isTorrent(address)) return { kind: 'problem', problem: 'feeds.address-film' }
  const folder = folderOf(address)
  return { kind: 'address', address: BARE_HOST.test(folder) ? `https://${folder}` : folder }
}

/** A link to a place on this computer, as a browser or a file manager copies it, is a path. */
function readFileLink(link: string): FeedAddress {
  try {
    const path = decodeURIComponent(new URL(link).pathname)
    return { kind: 'address', address: folderOf(path.replace(/^\/(?=[a-z]:\/)/iu, '')) }
  } catch {
    // Neither a link nor anything else.
    return { kind: 'problem', problem: 'feeds.address-scheme' }
  }
}

/** A file of a feed stands for the folder that the feed is. */
function folderOf(address: string): string {
  return address.replace(/(?<=[/\\])(?:metadata[/\\][^/\\]+\.json|pointer)$/u, '')
}

function isTorrent(address: string): boolean {
  return /\.torrent(?:[?#].*)?$/iu.test(address)
}
