import { LIMITS } from '@matinee/base'
import type { LearnedFrom } from '@matinee/base'
import { ipKind } from './ip-kind.ts'
import { mayDial, mayReachKind, no, YES } from './may-dial.ts'
import type { AddressPolicy, Verdict } from './may-dial.ts'

/** What a URL is fetched for. A tracker on the local network is held to tracker paths. */
export type FetchPurpose = 'tracker' | 'web-seed' | 'other'

/**
 * Whether a URL may be asked for, as far as its text tells: scheme, credentials, length, and the
 * address when it is one. A name passes; what it resolves to is asked of {@link mayFetchFrom}.
 */
export function mayFetch(
  url: string,
  learnedFrom: LearnedFrom,
  policy: AddressPolicy,
  purpose: FetchPurpose = 'other',
): Verdict {
  const parsed = url.length <= LIMITS.urlBytes ? URL.parse(url) : null
  if (parsed === null) return no('url')
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') return no('scheme')
  // Browsers dropped them too: they end up in logs, and a redirect could aim them anywhere.
  if (parsed.username !== '' || parsed.password !== '') return no('credentials')
  const host = hostOf(parsed)
  if (ipKind(host) !== 'invalid') return mayFetchFrom(parsed, host, learnedFrom, policy, purpose)
  // RFC 6761 §6.3: these names are this machine, whatever a resolver says. Not even asked for.
  if (isLocalhostName(host)) {
    if (!mayReachKind('loopback', learnedFrom, policy)) return no('loopback')
    if (purpose === 'tracker' && !hasTrackerPath(parsed)) return no('path')
  }
  return YES
}

/**
 * Whether a URL may be asked for at one address that its host resolved to. A tracker that is not on
 * the public Internet must have a tracker's path, whoever allowed its address: otherwise a torrent
 * could press the buttons of a local service (threats.md T1).
 *
 * @param host an IP address in text
 */
export function mayFetchFrom(
  url: URL,
  host: string,
  learnedFrom: LearnedFrom,
  policy: AddressPolicy,
  purpose: FetchPurpose,
): Verdict {
  const verdict = mayDial({ host, port: portOf(url) }, learnedFrom, policy, 'http')
  if (verdict.kind === 'no') return verdict
  const isLocalTracker = purpose === 'tracker' && ipKind(host) !== 'public'
  return isLocalTracker && !hasTrackerPath(url) ? no('path') : YES
}

/** The host of a URL as a resolver takes it: IPv6 without brackets. */
export function hostOf(url: URL): string {
  return url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname
}

/** The port of an http or https URL, the scheme's own when it names none. */
export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port)
  return url.protocol === 'https:' ? 443 : 80
}

function isLocalhostName(host: string): boolean {
  return /^(?:.+\.)?localhost\.?$/u.test(host)
}

/** BEP 3 names `/announce`, BEP 48 puts `/scrape` in its place. */
function hasTrackerPath(url: URL): boolean {
  return url.pathname === '/announce' || url.pathname === '/scrape'
}
