import type { FeedOffer, FeedSourceState, FollowedFeed as FeedAnswer } from '#api'
import { followedFeedId, type FeedHead } from '@matinee/catalogue'
import { bestLanguage } from '../language-choice.ts'
import { workCount, type FoundFeed } from './feed-offers.ts'
import type { FollowedFeed } from './followed-feed.ts'
import type { FollowedEntry } from './following-file.ts'
import type { SourceEntry } from './source-book.ts'

/** Name and description of a feed in the viewer's languages. */
export function headWords(
  { translations, id }: Pick<FeedHead, 'translations' | 'id'>,
  languages: readonly string[],
): { readonly name: string; readonly description?: string } {
  const all = Object.entries(translations)
  const tag = bestLanguage(
    all.map(([each]) => each),
    languages,
  )
  const [, words] = all.find(([each]) => each === tag) ?? all[0] ?? []
  if (words === undefined) return { name: id }
  const { name, description } = words
  return description === undefined ? { name } : { name, description }
}

/** A followed feed as pages show it. */
export function feedAnswer(
  feed: FollowedFeed,
  entry: FollowedEntry | null,
  languages: readonly string[],
): FeedAnswer {
  const { head, feed: version } = feed.ledger
  const id = followedFeedId(feed.fingerprint)
  const { confirmedMs, standing, step } = feed
  return {
    id,
    kind: 'signed',
    ...(head === null ? { name: '' } : headWords(head, languages)),
    operator: head?.operator.name ?? '',
    fingerprint: feed.fingerprint,
    works: version === null ? 0 : workCount(version),
    confirmedOn: momentOf(confirmedMs),
    state:
      standing.kind === 'refused'
        ? { kind: 'refused', code: standing.refusal.code, file: standing.refusal.file }
        : standing,
    sources: sourceAnswers(feed.sources.all),
    decidesSafety: entry?.decidesSafety ?? false,
    progress: step === null ? { kind: 'idle' } : { kind: 'refreshing', what: step },
  }
}

/** Sources as pages show them. */
export function sourceAnswers(sources: readonly SourceEntry[]): FeedSourceState[] {
  return sources.map(({ address, source, state, why, lastOkMs }) => ({
    address: address.text,
    kind: source.kind,
    state,
    why,
    lastOkOn: momentOf(lastOkMs),
  }))
}

/** What was found at an address, for the viewer to accept. */
export function offerAnswer(
  offer: string,
  { fingerprint, head, works, address }: FoundFeed,
  isFollowed: boolean,
  languages: readonly string[],
): FeedOffer {
  return {
    offer,
    kind: 'signed',
    fingerprint,
    name: headWords(head, languages).name,
    operator: head.operator.name,
    works,
    address: address.text,
    isFollowed,
  }
}

/** ISO 8601; null = never. */
export function momentOf(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}
