import { latin1, utf8Bytes } from '@matinee/base'
import { CAST_LIMITS } from '../cast-limits.ts'

/** What is looked for; renderers of version 2 and 3 answer to it as well (UPnP Device Architecture 1.1, 1.3.2). */
const RENDERER = 'urn:schemas-upnp-org:device:MediaRenderer:1'

/** The question for renderers: M-SEARCH, to be answered within a second or two. */
export function ssdpQuestion(): Uint8Array {
  const lines = [
    'M-SEARCH * HTTP/1.1',
    'HOST: 239.255.255.250:1900',
    'MAN: "ssdp:discover"',
    'MX: 2',
    `ST: ${RENDERER}`,
    '',
    '',
  ]
  return utf8Bytes(lines.join('\r\n'))
}

/**
 * Where a renderer's description is, by its answer; null for whatever is none. The description must be at the address
 * that answered (T8): an answer can't send us elsewhere, however its `LOCATION` is spelt.
 */
export function parseSsdpAnswer(bytes: Uint8Array, fromHost: string): URL | null {
  if (bytes.length > CAST_LIMITS.answerBytes) return null
  const [status = '', ...lines] = latin1(bytes).split('\r\n', 40)
  if (!/^HTTP\/1\.[01] 200(?: |$)/u.test(status)) return null
  const headers = new Map<string, string>()
  for (const line of lines) {
    const split = line.indexOf(':')
    const key = line.slice(0, split).trim().toLowerCase()
    if (split > 0 && !headers.has(key)) headers.set(key, line.slice(split + 1).trim())
  }
  if (!/^urn:schemas-upnp-org:device:MediaRenderer:\d+$/u.test(headers.get('st') ?? '')) return null
  const location = headers.get('location') ?? ''
  return location.length > 500 ? null : urlAt(location, fromHost)
}

/** A plain `http` URL on a host and nowhere else; null for any other. */
export function urlAt(text: string, host: string, base?: URL): URL | null {
  const url = URL.parse(text, base)
  if (url === null || url.protocol !== 'http:') return null
  if (url.username !== '' || url.password !== '') return null
  return url.hostname === (host.includes(':') ? `[${host}]` : host) ? url : null
}
