import type { FeedOffer, FollowedFeed as FeedAnswer } from '#api'
import { momentOf, sourceAnswers } from '../following/feed-words.ts'
import { listWords } from '../list-words.ts'
import type { Viewer } from '../viewer.ts'
import { listAddress } from './list-address.ts'
import type { ListFollower, ListNews } from './list-follower.ts'
import type { FoundList } from './list-offers.ts'
import type { ShownList } from './shown-list.ts'

/**
 * A followed list as pages show it among feeds.
 *
 * @param shown what of it is on offer; null = nothing of it came yet
 */
export function listAnswer(
  follower: ListFollower,
  shown: ShownList | null,
  viewer: Pick<Viewer, 'languages'>,
): FeedAnswer {
  const { entry, sources, refusal, confirmedMs, isRefreshing } = follower
  const words = shown === null ? null : listWords({ translations: shown.chosen.words }, viewer)
  const note = words?.note ?? null
  return {
    id: listAddress(entry),
    kind: 'list',
    name: words?.title ?? '',
    ...(note === null ? {} : { description: note }),
    operator: shown?.chosen.curator ?? '',
    fingerprint: entry.key,
    works: shown?.chosen.named ?? 0,
    missing: shown?.chosen.missing ?? 0,
    confirmedOn: momentOf(confirmedMs),
    state:
      refusal !== null
        ? { kind: 'refused', code: refusal.code, file: refusal.file }
        : { kind: shown === null ? 'waiting' : 'fresh' },
    sources: sourceAnswers(sources.all),
    decidesSafety: false,
    progress: isRefreshing ? { kind: 'refreshing', what: 'looking' } : { kind: 'idle' },
  }
}

/**
 * A list that was found, for the viewer to accept.
 *
 * @param news what it is beside the list that is followed; null = it isn't
 */
export function listOffer(
  offer: string,
  { key, list, place }: FoundList,
  news: ListNews | null,
  viewer: Pick<Viewer, 'languages'>,
): FeedOffer {
  const { title } = listWords({ translations: plainWords(list.translations) }, viewer)
  return {
    offer,
    kind: 'list',
    fingerprint: key,
    name: title,
    operator: list.curator,
    works: list.works.length,
    address: place?.text ?? '',
    isFollowed: news !== null,
    ...(news === null ? {} : { news }),
  }
}

function plainWords(
  translations: Readonly<Record<string, { readonly title: string }>>,
): Record<string, { title: string }> {
  return Object.fromEntries(
    Object.entries(translations).map(([tag, { title }]) => [tag, { title }]),
  )
}
