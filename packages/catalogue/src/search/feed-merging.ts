/** Works of several feeds that are one: which record is their front, and which others it stands for. */
import type { Country } from '@matinee/rights'
import type { Hit } from './catalogue-index.ts'
import type { IdentityPlaces } from './identity-places.ts'
import { type LinkedWorks, linkedWorks } from './linked-works.ts'
import { LAST, type MergedWorks, mergeLinked } from './merged-works.ts'
import type { SegmentView } from './segment-view.ts'
import { MATCH, type Matches } from './text-match.ts'

/** Places for which merged works are kept. */
const PLACES = 4

/** What is one in a place on a day. */
interface Merged extends MergedWorks {
  /** By feed: 1 at the works that are offered, and for which another record stands. */
  readonly isHidden: readonly Uint8Array[]
  /** The same works, with the records that stand for them. */
  readonly stoodFor: readonly StoodFor[]
  /** Records that aren't offered, and of whose works another record was counted. */
  readonly repeated: number
}

/** Works of a feed for which other records stand. */
interface StoodFor {
  readonly feed: number
  readonly works: Uint32Array
  readonly frontFeeds: Uint16Array
  readonly frontWorks: Uint32Array
}

/** The feeds that are shown together. Ages don't count here: a record never stands for one that is made for older people. */
export class FeedMerging {
  readonly #views: readonly SegmentView[]
  readonly #linked: LinkedWorks
  /** By feed: works → linked works. */
  readonly #linkedOf: readonly Uint32Array[]
  readonly #kept = new Map<string, Merged>()

  /**
   * @param views in the viewer's order of feeds
   * @param places where identities are looked for
   * @param before which is taken over as far as nothing has changed
   */
  constructor(views: readonly SegmentView[], places: IdentityPlaces, before: FeedMerging | null) {
    this.#views = views
    if (before !== null && isSame(before.#views, views)) {
      this.#linked = before.#linked
      this.#linkedOf = before.#linkedOf
    } else {
      this.#linked = linkedWorks(
        views.map(({ segment }) => segment),
        places,
      )
      this.#linkedOf = placesOf(this.#linked, views)
    }
    for (const [feed, view] of views.entries()) view.join(this, feed)
  }

  /** 1 at the works of a feed that are offered, and for which another record stands. */
  hidden(feed: number, where: Country | null, day: number): Uint8Array {
    return this.#in(where, day).isHidden[feed] ?? new Uint8Array(0)
  }

  /** Records that aren't offered, of works that are counted by another feed's record. */
  repeated(where: Country | null, day: number): number {
    return this.#in(where, day).repeated
  }

  /** Every record of a work, offered or not, the one that is shown first, then in the order of feeds. */
  group(feed: number, work: number, where: Country | null, day: number): readonly Hit[] {
    const linked = this.#linkedOf[feed]?.[work] ?? LAST
    const view = this.#views[feed]
    if (linked === LAST) return view === undefined ? [] : [{ view, work }]
    const { groupOf, shown, next } = this.#in(where, day)
    const hits: Hit[] = []
    for (let at = shown[groupOf[linked] ?? 0] ?? LAST; at !== LAST; at = next[at] ?? LAST) {
      const hit = this.#hit(at)
      if (hit !== null) hits.push(hit)
    }
    return hits
  }

  /** A work that was found by what another record of it says is found by its own. */
  bring(matches: readonly Matches[], where: Country | null, day: number): void {
    for (const { feed, works, frontFeeds, frontWorks } of this.#in(where, day).stoodFor) {
      const own = matches[feed]
      if (own === undefined) continue
      // Every work that is hidden, for every search: no iterator and no objects.
      for (let at = 0; at < works.length; at++) {
        const match = own[works[at] ?? 0] ?? MATCH.none
        if (match === MATCH.none) continue
        const front = matches[frontFeeds[at] ?? 0]
        const frontWork = frontWorks[at] ?? 0
        const known = front?.[frontWork] ?? MATCH.none
        if (front !== undefined && (known === MATCH.none || match < known)) front[frontWork] = match
      }
    }
  }

  #hit(linked: number): Hit | null {
    const view = this.#views[this.#linked.feeds[linked] ?? 0]
    return view === undefined ? null : { view, work: this.#linked.works[linked] ?? 0 }
  }

  #in(where: Country | null, day: number): Merged {
    const key = `${where ?? ''} ${day}`
    let merged = this.#kept.get(key)
    if (merged === undefined) {
      merged = this.#merge(where, day)
      const [oldest] = this.#kept.keys()
      if (this.#kept.size >= PLACES && oldest !== undefined) this.#kept.delete(oldest)
      this.#kept.set(key, merged)
    }
    return merged
  }

  #merge(territory: Country | null, day: number): Merged {
    const { feeds, works } = this.#linked
    const offered = this.#views.map((view) => view.offeredAlone({ territory }, day).isOffered)
    const isOffered = (linked: number): boolean =>
      offered[feeds[linked] ?? 0]?.[works[linked] ?? 0] === 1
    const merged = mergeLinked(this.#linked, isOffered)
    const isHidden = offered.map((each) => new Uint8Array(each.length))
    /** Groups of which a record is offered, or was counted already. */
    const isCounted = Uint8Array.from(merged.shown, (front) => (isOffered(front) ? 1 : 0))
    let repeated = 0
    for (let linked = 0; linked < feeds.length; linked++) {
      const group = merged.groupOf[linked] ?? 0
      const [view, work] = [this.#views[feeds[linked] ?? 0], works[linked] ?? 0]
      const hidden = isHidden[feeds[linked] ?? 0]
      if (isOffered(linked)) {
        if (hidden !== undefined && merged.shown[group] !== linked) hidden[work] = 1
      } else if (view?.isWithheld(work) === false) {
        if (isCounted[group] === 1) repeated++
        isCounted[group] = 1
      }
    }
    return { ...merged, isHidden, stoodFor: this.#stoodFor(merged, isHidden), repeated }
  }

  #stoodFor({ shown, groupOf }: MergedWorks, isHidden: readonly Uint8Array[]): StoodFor[] {
    const { feeds, works } = this.#linked
    return this.#views.map((_, feed) => {
      const hidden: number[] = []
      for (let linked = 0; linked < feeds.length; linked++)
        if (feeds[linked] === feed && isHidden[feed]?.[works[linked] ?? 0] === 1)
          hidden.push(linked)
      const fronts = hidden.map((linked) => shown[groupOf[linked] ?? 0] ?? 0)
      return {
        feed,
        works: Uint32Array.from(hidden, (linked) => works[linked] ?? 0),
        frontFeeds: Uint16Array.from(fronts, (front) => feeds[front] ?? 0),
        frontWorks: Uint32Array.from(fronts, (front) => works[front] ?? 0),
      }
    })
  }
}

/** Whether nothing by which works merge has changed. */
function isSame(before: readonly SegmentView[], now: readonly SegmentView[]): boolean {
  return (
    before.length === now.length &&
    now.every(({ segment }, feed) => segment.identities === before[feed]?.segment.identities)
  )
}

function placesOf({ feeds, works }: LinkedWorks, views: readonly SegmentView[]): Uint32Array[] {
  const places = views.map(({ segment }) => new Uint32Array(segment.workCount).fill(LAST))
  for (let linked = 0; linked < feeds.length; linked++) {
    const ofFeed = places[feeds[linked] ?? 0]
    if (ofFeed !== undefined) ofFeed[works[linked] ?? 0] = linked
  }
  return places
}
