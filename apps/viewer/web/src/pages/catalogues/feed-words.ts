import type { FeedSourceState, FollowedFeed } from '#api'
import type { ClientError } from '../../api/client.ts'
import type { Sentence, TextKey } from '../../i18n/text-key.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
/** From here on whole days are counted. */
const DAYS_FROM_MS = 2 * DAY_MS

/** `12 days ago`, `2 hours ago`; null = within the last minute, or not a moment that was. */
export function sinceText(moment: string, now: Date, language: string): string | null {
  const agoMs = now.getTime() - Date.parse(moment)
  if (!(agoMs >= MINUTE_MS)) return null
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'always' })
  if (agoMs >= DAYS_FROM_MS) return words.format(-Math.floor(agoMs / DAY_MS), 'day')
  if (agoMs >= HOUR_MS) return words.format(-Math.floor(agoMs / HOUR_MS), 'hour')
  return words.format(-Math.floor(agoMs / MINUTE_MS), 'minute')
}

/** When a feed was last known to hold. */
export function confirmedSentence(feed: FollowedFeed, now: Date, language: string): Sentence {
  if (feed.kind === 'bundled') return { key: 'feeds.bundled' }
  if (feed.state.kind === 'expired') {
    const { days } = feed.state
    return days < 1
      ? { key: 'feeds.confirmed-today' }
      : { key: 'feeds.confirmed-days', values: { count: days } }
  }
  if (feed.confirmedOn === null)
    return { key: isFromFile(feed) ? 'feeds.list-from-file' : 'feeds.never-confirmed' }
  const since = sinceText(feed.confirmedOn, now, language)
  return since === null
    ? { key: 'feeds.confirmed-now' }
    : { key: 'feeds.confirmed', values: { since } }
}

/** A list that somebody handed in, and that names no place to ask. */
function isFromFile({ kind, sources }: FollowedFeed): boolean {
  return kind === 'list' && sources.length === 0
}

/** How it went at a source. */
export function sourceSentence(
  source: FeedSourceState,
  now: Date,
  language: string,
): { readonly kind: 'good' | 'bad' | 'unknown'; readonly sentence: Sentence } {
  if (source.state === 'untried') return { kind: 'unknown', sentence: { key: 'feeds.untried' } }
  if (source.state !== 'ok')
    return { kind: 'bad', sentence: { key: reasonKey(source.why ?? 'unreachable') } }
  const since = source.lastOkOn === null ? null : sinceText(source.lastOkOn, now, language)
  return {
    kind: 'good',
    sentence:
      since === null
        ? { key: 'feeds.answered' }
        : { key: 'feeds.answered-since', values: { since } },
  }
}

const REASONS: ReadonlyMap<string, TextKey> = new Map([
  ['unreachable', 'feeds.why-unreachable'],
  ['missing', 'feeds.why-missing'],
  ['too-slow', 'feeds.why-slow'],
  ['too-large', 'feeds.why-large'],
  ['status', 'feeds.why-status'],
  ['signatures', 'feeds.why-signature'],
  ['trust-key', 'feeds.why-signature'],
  ['threshold', 'feeds.why-signature'],
  ['maker-signature', 'feeds.why-signature'],
  ['rollback', 'feeds.why-older'],
  ['other-version', 'feeds.why-older'],
  ['version-reused', 'feeds.why-older'],
  ['role-removed', 'feeds.why-older'],
  ['file-hash', 'feeds.why-changed'],
  ['state', 'feeds.why-changed'],
  ['compression', 'feeds.why-changed'],
  ['pack', 'feeds.why-changed'],
  ['fingerprint', 'feeds.why-other'],
  ['root-expired', 'feeds.why-root'],
  ['unsupported', 'feeds.why-newer'],
])

/** Why a source, or what it sent, doesn't hold: a sentence for the words of the format, another one for all others. */
export function reasonKey(why: string): TextKey {
  return REASONS.get(why) ?? 'feeds.why-else'
}

const PROBLEMS: Readonly<Partial<Record<ClientError['code'], TextKey>>> = {
  'no-feed': 'feeds.no-feed',
  'not-found': 'feeds.no-feed',
  'bad-request': 'feeds.bad-address',
  'other-feed': 'feeds.other-feed',
  busy: 'feeds.too-many',
  'disk-full': 'settings.disk-full',
}

/** Why nothing was found at an address, or couldn't be followed. */
export function lookProblem(code: ClientError['code']): TextKey {
  return PROBLEMS[code] ?? 'feeds.not-done'
}

/** The feeds with one of them a step further up or down; the same when there is no such step. */
export function movedFeeds(ids: readonly string[], id: string, by: -1 | 1): readonly string[] {
  const at = ids.indexOf(id)
  const to = at + by
  if (at < 0 || to < 0 || to >= ids.length) return ids
  return ids.with(at, ids[to] ?? id).with(to, id)
}
