import type { FeedId, WorkId } from '../name/id.ts'
import type { WorkRecord } from '../record/work-record.ts'

/** A work as one feed has it. */
export interface FeedsWork {
  readonly feed: FeedId
  readonly record: WorkRecord
}

/** A work that is shown: one feed's record, whole, and the feeds that have it too. */
export interface MergedWork {
  readonly shown: FeedsWork
  /** In the viewer's order of feeds. */
  readonly alsoIn: readonly { readonly feed: FeedId; readonly id: WorkId }[]
}

/**
 * Puts works of several feeds together: section 15 of docs/feed-format.md. A record joins the first shown record with which
 * it shares a file root or an external id itself; never by way of a third one, so that no feed can make one of two works
 * of another. Nothing of a record goes into another.
 *
 * @param feeds in the viewer's order, each feed's works in its own
 */
export function mergeWorks(feeds: Iterable<FeedsWork>): readonly MergedWork[] {
  const merged: { shown: FeedsWork; alsoIn: { feed: FeedId; id: WorkId }[] }[] = []
  const byIdentity = new Map<string, number>()
  for (const work of feeds) {
    const identities = identitiesOf(work.record)
    const place = placeAmong(work, identities, byIdentity, merged)
    if (place !== undefined) {
      merged[place]?.alsoIn.push({ feed: work.feed, id: work.record.id })
      continue
    }
    for (const identity of identities)
      if (!byIdentity.has(identity)) byIdentity.set(identity, merged.length)
    merged.push({ shown: work, alsoIn: [] })
  }
  return merged
}

/** The first shown work of another feed with one of these identities, in which this one's feed isn't yet. */
function placeAmong(
  { feed }: FeedsWork,
  identities: readonly string[],
  byIdentity: ReadonlyMap<string, number>,
  merged: readonly MergedWork[],
): number | undefined {
  const places = identities.flatMap((identity) => byIdentity.get(identity) ?? [])
  return places
    .toSorted((a, b) => a - b)
    .find((place) => {
      const work = merged[place]
      return work?.shown.feed !== feed && !work?.alsoIn.some((also) => also.feed === feed)
    })
}

/** Ids of people, whose works are many. */
const OF_PEOPLE = /^(?:isni |imdb nm)/u

/** feed-format 4.7, 15.1: by what a work is known elsewhere. */
export function identitiesOf({ ids = {}, releases }: WorkRecord): readonly string[] {
  const external = Object.entries(ids)
    .map(([scheme, id]) => `${scheme} ${id}`)
    .filter((identity) => !OF_PEOPLE.test(identity))
  return [...external, ...fileRootsOf({ releases })]
}

/** Roots of every video of a record; subtitles and sound alone may be the same in two works. */
function fileRootsOf({ releases }: Pick<WorkRecord, 'releases'>): readonly string[] {
  return releases.flatMap((release) =>
    release.kind === 'release' ? release.videos.map(({ root }) => `root ${root}`) : [],
  )
}

/** Info-hashes and file roots of a record, by which revocations of other feeds know it (feed-format 14.6). */
export function hashesOf({ releases }: Pick<WorkRecord, 'releases'>): ReadonlySet<string> {
  return new Set(
    releases.flatMap((release): string[] => {
      if (release.kind !== 'release') return [release.infoHashes.v1]
      const { infoHashes, twin, videos } = release
      const hashes = [infoHashes.v2, infoHashes.v1, twin].filter((hash) => hash !== undefined)
      return [...hashes, ...videos.map(({ root }) => root)]
    }),
  )
}
