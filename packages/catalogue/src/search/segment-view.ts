import { SegmentTally } from './facet-tally.ts'
import type { Hit } from './catalogue-index.ts'
import type { FeedMerging } from './feed-merging.ts'
import { listOf } from './number-lists.ts'
import { MATCH, type Matches } from './text-match.ts'
import { type OfferedWorks, keepForAge, leaveOut, offeredWorks } from './offered-works.ts'
import { type Offers, type Segment, TITLE_END } from './segment.ts'
import type { Audience, WorkSort } from './work-query.ts'

/** Orders that don't depend on a text. */
type FixedSort = Exclude<WorkSort, 'match'>

/** Audiences for which offered works are kept, shown and alone. */
const AUDIENCES = 16

/** A segment with what was worked out of it once: orders, and what is offered where. */
export class SegmentView {
  readonly segment: Segment
  readonly #orders = new Map<FixedSort, Uint32Array>()
  readonly #offered = new Map<string, OfferedWorks>()
  readonly #counts = new WeakMap<OfferedWorks, SegmentTally>()
  readonly #withheld: Uint8Array | null
  #merging: { readonly feeds: FeedMerging; readonly place: number } | null = null

  /** @param withheld 1 at works that aren't offered anywhere; null = there is none */
  constructor(segment: Segment, withheld: Uint8Array | null = null) {
    this.segment = segment
    this.#withheld = withheld
    this.#orders.set('title', segment.byTitle)
  }

  /** The same with offers that were judged again. */
  withOffers(offers: Offers): SegmentView {
    return new SegmentView({ ...this.segment, offers }, this.#withheld)
  }

  /** The same with other works withheld. */
  withWithheld(withheld: Uint8Array | null): SegmentView {
    return new SegmentView(this.segment, withheld)
  }

  /** From now on it's shown together with other feeds, as one of them; `null` = alone. */
  join(feeds: FeedMerging | null, place: number): void {
    this.#merging = feeds === null ? null : { feeds, place }
    this.#offered.clear()
  }

  /** With which feeds it's shown together. */
  get merging(): FeedMerging | null {
    return this.#merging?.feeds ?? null
  }

  /** Whether a work is offered nowhere because another feed withdraws it. */
  isWithheld(work: number): boolean {
    return this.#withheld?.[work] === 1
  }

  /** Its works, without those that are withheld. */
  get workCount(): number {
    const withheld = this.#withheld?.reduce((sum, is) => sum + is, 0) ?? 0
    return this.segment.byTitle.length - withheld
  }

  /** What is shown to somebody in a place on a day: what is offered, but for works that another feed's record stands for. */
  offered(audience: Pick<Audience, 'territory' | 'ages'>, day: number): OfferedWorks {
    return this.#keep(`shown ${keyOf(audience, day)}`, () => {
      const { territory, ages = null } = audience
      if (this.#merging === null) return this.offeredAlone(audience, day)
      const { feeds, place } = this.#merging
      const all = this.offeredAlone({ territory }, day)
      const shown = leaveOut(all, feeds.hidden(place, territory, day))
      return keepForAge(shown, this.segment.ages, ages)
    })
  }

  /** What is offered to somebody in a place on a day, whatever other feeds have. */
  offeredAlone(audience: Pick<Audience, 'territory' | 'ages'>, day: number): OfferedWorks {
    return this.#keep(keyOf(audience, day), () => {
      const all = offeredWorks(this.segment.offers, audience.territory, day)
      const offered = this.#withheld === null ? all : leaveOut(all, this.#withheld)
      return keepForAge(offered, this.segment.ages, audience.ages ?? null)
    })
  }

  /** Every record of a work, offered or not, the one that is shown first; itself when it's the only one. */
  group(work: number, { territory }: Pick<Audience, 'territory'>, day: number): readonly Hit[] {
    if (this.#merging === null) return [{ view: this, work }]
    return this.#merging.feeds.group(this.#merging.place, work, territory, day)
  }

  /** The record that is shown for a work; null = none is. */
  front(work: number, audience: Audience, day: number): Hit | null {
    const [front] = this.group(work, audience, day)
    const isShown = front?.view.offered(audience, day).isOffered[front.work] === 1
    return front !== undefined && isShown ? front : null
  }

  /** Whether a record may be shown: it's offered, and so is what stands for it, which may be for older people. */
  isShown(work: number, audience: Audience, day: number): boolean {
    const isOffered = this.offeredAlone(audience, day).isOffered[work] === 1
    return isOffered && this.front(work, audience, day) !== null
  }

  #keep(key: string, make: () => OfferedWorks): OfferedWorks {
    let offered = this.#offered.get(key)
    if (offered === undefined) {
      offered = make()
      const [oldest] = this.#offered.keys()
      if (this.#offered.size >= AUDIENCES && oldest !== undefined) this.#offered.delete(oldest)
      this.#offered.set(key, offered)
    }
    return offered
  }

  /** The counts of everything that it offers, with no text and no filter. */
  counts(offered: OfferedWorks): SegmentTally {
    let counts = this.#counts.get(offered)
    if (counts === undefined) {
      counts = new SegmentTally(this.segment, offered)
      const { isOffered } = offered
      for (let work = 0; work < isOffered.length; work++)
        if (isOffered[work] === 1) counts.count(work, null)
      this.#counts.set(offered, counts)
    }
    return counts
  }

  /** The works of which `matches` isn't 0, in order. */
  inOrder(sort: WorkSort, matches: Matches): Uint32Array {
    if (sort === 'match') return this.#byMatch(matches)
    const order = this.#order(sort)
    const works = new Uint32Array(order.length)
    let count = 0
    // Walks over all works count on indexes: an iterator takes several times as long.
    for (let rank = 0; rank < order.length; rank++) {
      const work = order[rank] ?? 0
      if (matches[work] !== MATCH.none) works[count++] = work
    }
    return works.subarray(0, count)
  }

  /** These works, the latest first; those of one year by title, without a year last. */
  latest(works: readonly number[]): number[] {
    const matches = new Uint8Array(this.segment.workCount)
    for (const work of works) matches[work] = MATCH.person
    return [...this.inOrder('year-down', matches)]
  }

  /** What two works of different segments are compared by, the less first; then by title. */
  sortNumber(sort: WorkSort, work: number, matches: Matches): number {
    const { years, durationsSeconds, addedDays } = this.segment
    switch (sort) {
      case 'match':
        return matches[work] ?? 0
      case 'title':
        return 0
      case 'year':
        return upward(years[work] ?? 0)
      case 'year-down':
        return -(years[work] ?? 0)
      case 'length':
        return upward(durationsSeconds[work] ?? 0)
      case 'length-down':
        return -(durationsSeconds[work] ?? 0)
      case 'added':
        return -(addedDays[work] ?? 0)
    }
  }

  /** A work's original title as it is sorted. */
  titleKey(work: number): string {
    const words = listOf(this.segment.titleWords, work)
    const first = words.subarray(0, words.indexOf(TITLE_END))
    return Array.from(first, (word) => this.segment.vocabulary.words[word] ?? '').join(' ')
  }

  #order(sort: FixedSort): Uint32Array {
    const known = this.#orders.get(sort)
    if (known !== undefined) return known
    const { byTitle } = this.segment
    const nothing = new Uint8Array(0)
    // Number and place by title in one float: sorting floats needs no function.
    const keys = new Float64Array(byTitle.length)
    for (let rank = 0; rank < keys.length; rank++)
      keys[rank] = this.sortNumber(sort, byTitle[rank] ?? 0, nothing) * RANKS + rank
    keys.sort()
    const order = new Uint32Array(keys.length)
    for (let place = 0; place < order.length; place++)
      order[place] = byTitle[(((keys[place] ?? 0) % RANKS) + RANKS) % RANKS] ?? 0
    this.#orders.set(sort, order)
    return order
  }

  #byMatch(matches: Matches): Uint32Array {
    const { byTitle } = this.segment
    const next = [0, 0, 0, 0, 0, 0]
    for (let work = 0; work < matches.length; work++) {
      const match = matches[work] ?? MATCH.none
      // Where the works of the next worse match begin.
      if (match !== MATCH.none) next[match + 1] = (next[match + 1] ?? 0) + 1
    }
    for (let match = 1; match < next.length; match++)
      next[match] = (next[match] ?? 0) + (next[match - 1] ?? 0)
    const works = new Uint32Array(next.at(-1) ?? 0)
    for (let rank = 0; rank < byTitle.length; rank++) {
      const work = byTitle[rank] ?? 0
      const match = matches[work] ?? MATCH.none
      if (match === MATCH.none) continue
      const place = next[match] ?? 0
      works[place] = work
      next[match] = place + 1
    }
    return works
  }
}

function keyOf(
  { territory, ages = null }: Pick<Audience, 'territory' | 'ages'>,
  day: number,
): string {
  return `${territory ?? ''} ${day} ${ages === null ? '' : `${ages.years} ${ages.withUnrated}`}`
}

/** Above every number of a work. */
const RANKS = 2 ** 22

/** Unknown ones last. */
function upward(value: number): number {
  return value === 0 ? 2 ** 30 : value
}
