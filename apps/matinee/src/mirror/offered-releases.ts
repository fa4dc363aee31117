import { ShortTurns, assert, type Clock, type Log } from '@matinee/base'
import { followedFeedId, offeredReleases, type HeadPack, type Sha256Text } from '@matinee/catalogue'
import type { TorrentSource } from '@matinee/engine'
import { systemHash } from '@matinee/engine/system'
import { parseCalendarDate } from '@matinee/rights'
import { packedSource, type FollowedFeed, type OpenFollowing } from '@matinee/viewer'
import type { OfferedRelease } from './offered-release.ts'

/** What is asked of the feeds that are followed. */
export interface FollowedOffers {
  readonly desk: { readonly feeds: Iterable<RecordedFeed> }
  readonly works: Pick<OpenFollowing['works'], 'safetyOf' | 'headPack'>
}

interface RecordedFeed extends Pick<FollowedFeed, 'fingerprint'> {
  readonly ledger: Pick<FollowedFeed['ledger'], 'records'>
}

/** What feeds have for a mirror. */
export interface OfferedByFeeds {
  /** Each once. */
  readonly releases: readonly OfferedRelease[]
  /** Of each feed, offered or not. */
  readonly works: ReadonlyMap<Sha256Text, number>
}

/**
 * What a mirror may keep: offered, not withdrawn, and free everywhere, wherever the mirror stands. Others have their turn
 * meanwhile. Throws the signal's reason, and CatalogueStoreError when a feed went.
 */
export async function offeredByFeeds(
  { desk, works }: FollowedOffers,
  clock: Clock,
  log: Log,
  signal: AbortSignal,
): Promise<OfferedByFeeds> {
  const today = parseCalendarDate(new Date(clock.wallMs()).toISOString().slice(0, 10))
  assert(today !== null, 'the clock is within four-digit years')
  const world = { clock, hash: systemHash(), log }
  const found = new Map<string, OfferedRelease>()
  const counts = new Map<Sha256Text, number>()
  const turns = new ShortTurns(clock)
  for (const feed of desk.feeds) {
    const feedId = followedFeedId(feed.fingerprint)
    counts.set(feed.fingerprint, 0)
    for (const record of feed.ledger.records()) {
      counts.set(feed.fingerprint, (counts.get(feed.fingerprint) ?? 0) + 1)
      await turns.rest(signal)
      const { standing } = works.safetyOf(feedId, record)
      if (!standing.isOffered || !standing.isSeeded) continue
      for (const release of offeredReleases(record, null, today)) {
        if (release.kind !== 'release') continue
        const fetch = (signal: AbortSignal): Promise<HeadPack | null> =>
          works.headPack(feedId, release, signal)
        const source = async (): Promise<TorrentSource | null> =>
          (await packedSource(release, fetch, world))?.source ?? null
        found.set(release.infoHashes.v2, { release, title: record.title.text, source })
      }
    }
  }
  return { releases: [...found.values()], works: counts }
}
