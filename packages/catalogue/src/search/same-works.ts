/** Which records of several feeds are the same work as one that somebody knows. */
import type { SameWork, SameWorksRequest } from './catalogue-answers.ts'
import type { Hit } from './catalogue-index.ts'
import type { TextSha256 } from './identity-number.ts'
import { findIdentities } from './identity-search.ts'
import type { SegmentView } from './segment-view.ts'
import type { WorkId } from '../name/id.ts'

/** One answer may not be about more works. */
const MOST = 500

/** What tells works by their ids, and by their identities. */
export interface WorkIds {
  /** The number of a work in a feed; null = it isn't there. */
  readonly numberOf: (view: SegmentView, id: WorkId) => number | null
  readonly idOf: (hit: Hit) => WorkId
  readonly sha256: TextSha256
}

/**
 * Every record of each work, the one that is shown first, then in the order of feeds. A work that no feed has any more is
 * looked for by what it was known by elsewhere: then those are the records of the first shown work that it would join.
 */
export function sameWorks(
  views: readonly SegmentView[],
  { works: asked, ...audience }: SameWorksRequest,
  day: number,
  { numberOf, idOf, sha256 }: WorkIds,
): readonly (readonly SameWork[])[] {
  const works = asked.slice(0, MOST)
  const known = works.map(({ feedId, id }): Hit | null => {
    const view = views.find(({ segment }) => segment.feed.id === feedId)
    const work = view === undefined ? null : numberOf(view, id)
    return view === undefined || work === null ? null : { view, work }
  })
  const gone = works.map((work, at) => (known[at] === null ? work : null))
  const substitutes = substitutesFor(views, gone, audience, day, sha256)
  return works.map((_, at) => {
    const hit = known[at] ?? substitutes[at] ?? null
    if (hit === null) return []
    return hit.view.group(hit.work, audience, day).map(({ view, work }): SameWork => ({
      feedId: view.segment.feed.id,
      id: idOf({ view, work }),
      isOffered: view.isShown(work, audience, day),
    }))
  })
}

/** The first shown record that shares an identity with a work that isn't there. */
function substitutesFor(
  views: readonly SegmentView[],
  gone: readonly (SameWorksRequest['works'][number] | null)[],
  audience: Omit<SameWorksRequest, 'works'>,
  day: number,
  sha256: TextSha256,
): readonly (Hit | null)[] {
  const wanted = gone.flatMap((work, at) =>
    (work?.identities ?? []).map((identity) => ({ at, identity, feedId: work?.feedId })),
  )
  const found: (Hit | null)[] = gone.map(() => null)
  if (wanted.length === 0) return found
  const identities = wanted.map(({ identity }) => identity)
  for (const view of views)
    for (const { identity, work } of findIdentities(view.segment.identities, identities, sha256)) {
      const looked = wanted[identity]
      if (looked === undefined) continue
      const front = view.front(work, audience, day)
      // C13: a record never joins a work that another record of its own feed is.
      const group = front?.view.group(front.work, audience, day) ?? []
      if (group.some((each) => each.view.segment.feed.id === looked.feedId)) continue
      found[looked.at] ??= front
    }
  return found
}
