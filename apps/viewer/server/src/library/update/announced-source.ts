import type { FeedHead, Sha256Text } from '@matinee/catalogue'
import { isSameArchive, type NamedArchive } from './update-folder.ts'
import { isNewer } from './version-order.ts'

/** What a followed feed says of itself, verified. */
export interface HeardFeed {
  readonly fingerprint: Sha256Text
  readonly head: Pick<FeedHead, 'source' | 'operator'> | null
  /** Whether it's known to hold today: it hasn't expired, and its sources said nothing wrong when they were asked last. */
  readonly isConfirmed: boolean
}

/** Of which copy a newer one is looked for. */
export interface OwnCopy {
  /** Null = it doesn't say. */
  readonly version: string | null
  /** The feed that it was published in, by its fingerprint; null = none. */
  readonly publishedIn: Sha256Text | null
}

/** What is announced to a copy. */
export type AnnouncedSource =
  | { readonly kind: 'nowhere' | 'not-followed' | 'newest' }
  | {
      readonly kind: 'newer'
      readonly source: NonNullable<FeedHead['source']>
      readonly from: string
      readonly isConfirmed: boolean
    }

/** What feeds announce to a copy: another feed than the one that it came in may name any source as the program's. */
export function announcedTo(
  { version: own, publishedIn }: OwnCopy,
  feeds: readonly HeardFeed[],
): AnnouncedSource {
  if (own === null || publishedIn === null) return { kind: 'nowhere' }
  const feed = feeds.find(({ fingerprint }) => fingerprint === publishedIn)
  const head = feed?.head ?? null
  if (feed === undefined || head === null) return { kind: 'not-followed' }
  const { source, operator } = head
  if (source === undefined || !isNewer(source.version, own)) return { kind: 'newest' }
  return { kind: 'newer', source, from: operator.name, isConfirmed: feed.isConfirmed }
}

/** What feeds say of an archive now. */
export function standingOf(
  archive: NamedArchive,
  announced: AnnouncedSource,
): 'announced' | 'unconfirmed' | 'gone' {
  if (announced.kind !== 'newer' || !isSameArchive(announced.source, archive)) return 'gone'
  return announced.isConfirmed ? 'announced' : 'unconfirmed'
}
