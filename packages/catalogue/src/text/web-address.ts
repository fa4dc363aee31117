import { LIMITS, utf8Bytes } from '@matinee/base'
import { hasHidden } from './clean-text.ts'

declare const linkBrand: unique symbol
declare const webAddressBrand: unique symbol

/** An absolute `https:` URL without user name or password, as the WHATWG parser writes it. */
export type Link = string & { readonly [linkBrand]: true; readonly [webAddressBrand]: true }

/** The same, or with `http:`: where something was read, not where a viewer is sent unasked. */
export type WebAddress = string & { readonly [webAddressBrand]: true }

/** The link a text is, or `null` (feed-format 3.9). */
export function parseLink(text: string): Link | null {
  const url = parseUrl(text, ['https:'])
  return url === null ? null : (url.href as Link)
}

/** The web address a text is, or `null` (feed-format 3.9). */
export function parseWebAddress(text: string): WebAddress | null {
  const url = parseUrl(text, ['https:', 'http:'])
  return url === null ? null : (url.href as WebAddress)
}

/** The tracker a text is, or `null`: `udp:` with a port, `http:` or `https:` (feed-format 3.9). */
export function parseTracker(text: string): string | null {
  const url = parseUrl(text, ['udp:', 'http:', 'https:'])
  if (url === null || (url.protocol === 'udp:' && url.port === '')) return null
  return url.href
}

function parseUrl(text: string, schemes: readonly string[]): URL | null {
  if (utf8Bytes(text).length > LIMITS.urlBytes) return null
  // The parser drops tabs and line breaks and turns backslashes; what people review must be what it reads.
  if (/[\s\\]/u.test(text) || hasHidden(text)) return null
  const start = /^[a-z]+:(?=\/\/[^/?#])/iu.exec(text)?.[0].toLowerCase()
  const scheme = schemes.find((each) => each === start)
  if (scheme === undefined || !URL.canParse(text)) return null
  const url = new URL(text)
  const isPlain = url.username === '' && url.password === '' && url.hostname !== ''
  return isPlain && url.protocol === scheme ? url : null
}
