import { assert, type Clock, type Log } from '@matinee/base'
import { followedFeedId, offeredReleases, type HeadPack } from '@matinee/catalogue'
import type { TorrentSource } from '@matinee/engine'
import { systemHash } from '@matinee/engine/system'
import { parseCalendarDate } from '@matinee/rights'
import { packedSource, type OpenFollowing } from '@matinee/viewer'
import type { OfferedRelease } from './kept-releases.ts'

/** What a mirror may keep: offered, not withdrawn, and free everywhere, wherever the mirror stands; each release once. */
export function offeredByFeeds(
  { desk, works }: Pick<OpenFollowing, 'desk' | 'works'>,
  clock: Clock,
  log: Log,
): OfferedRelease[] {
  const today = parseCalendarDate(new Date(clock.wallMs()).toISOString().slice(0, 10))
  assert(today !== null, 'the clock is within four-digit years')
  const world = { clock, hash: systemHash(), log }
  const found = new Map<string, OfferedRelease>()
  for (const feed of desk.feeds) {
    const feedId = followedFeedId(feed.fingerprint)
    for (const record of feed.ledger.records()) {
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
  return [...found.values()]
}
