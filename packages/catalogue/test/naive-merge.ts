import { type FeedId, type WorkId, type WorkRecord, identitiesOf } from '@matinee/catalogue'

/** A work as one feed has it. */
export interface FeedsWork {
  readonly feed: FeedId
  readonly record: WorkRecord
}

/** A work that is shown: one feed's record, whole, and the feeds that have it too. */
export interface MergedWork {
  readonly shown: FeedsWork
  readonly alsoIn: readonly { readonly feed: FeedId; readonly id: WorkId }[]
}

/** Puts works together as plainly as section 15 of docs/feed-format.md says it, to compare the real one with. */
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
