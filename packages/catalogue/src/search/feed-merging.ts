/** Works of several feeds that are one: which record is their front, and which others it stands for. */
import type { Country } from '@matinee/rights'
import type { Hit } from './catalogue-index.ts'
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
  /** Works that aren't offered, of which another record is. */
  readonly stoodFor: number
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
   * @param before which is taken over as far as nothing has changed
   */
  constructor(views: readonly SegmentView[], before: FeedMerging | null) {
    this.#views = views
    if (before !== null && isSame(before.#views, views)) {
      this.#linked = before.#linked
      this.#linkedOf = before.#linkedOf
    } else {
      this.#linked = linkedWorks(views.map(({ segment }) => segment))
      this.#linkedOf = placesOf(this.#linked, views)
    }
    for (const [feed, view] of views.entries()) view.join(this, feed)
  }

  /** 1 at the works of a feed that are offered, and for which another record stands. */
  hidden(feed: number, where: Country | null, day: number): Uint8Array {
    return this.#in(where, day).isHidden[feed] ?? new Uint8Array(0)
  }

  /** Works that aren't offered, of which another feed's record is. */
  stoodFor(where: Country | null, day: number): number {
    return this.#in(where, day).stoodFor
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
    const { groupOf, shown, isHidden } = this.#in(where, day)
    const { feeds, works } = this.#linked
    for (let linked = 0; linked < feeds.length; linked++) {
      const [feed, work] = [feeds[linked] ?? 0, works[linked] ?? 0]
      const match = matches[feed]?.[work] ?? MATCH.none
      if (match === MATCH.none || isHidden[feed]?.[work] !== 1) continue
      const front = shown[groupOf[linked] ?? 0] ?? 0
      const [frontMatches, frontWork] = [matches[feeds[front] ?? 0], works[front] ?? 0]
      const own = frontMatches?.[frontWork] ?? MATCH.none
      if (frontMatches !== undefined && (own === MATCH.none || match < own))
        frontMatches[frontWork] = match
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
    let stoodFor = 0
    for (let linked = 0; linked < feeds.length; linked++) {
      const group = merged.groupOf[linked] ?? 0
      const [view, work] = [this.#views[feeds[linked] ?? 0], works[linked] ?? 0]
      const hidden = isHidden[feeds[linked] ?? 0]
      if (isOffered(linked)) {
        if (hidden !== undefined && merged.shown[group] !== linked) hidden[work] = 1
      } else if (view?.isWithheld(work) === false) {
        if (isCounted[group] === 1) stoodFor++
        isCounted[group] = 1
      }
    }
    return { ...merged, isHidden, stoodFor }
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
