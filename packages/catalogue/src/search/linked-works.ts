/** Which works of several feeds carry an identity that a work of another feed carries too: all others merge with nothing. */
import type { IdentityPlaces } from './identity-places.ts'
import { ListBuilder, type NumberLists } from './number-lists.ts'
import type { Segment } from './segment.ts'

/** What is looked at of a segment. */
export type IdentifiedWorks = Pick<Segment, 'identities' | 'byTitle' | 'idHashes'>

/** Works that may merge, numbered from 0 in the order of feeds; those of a feed in that of the hashes of their ids. */
export interface LinkedWorks {
  /** Linked works → places of their feeds. */
  readonly feeds: Uint16Array
  /** Linked works → their numbers there. */
  readonly works: Uint32Array
  /** Linked works → identities that works of two feeds carry, by numbers from 0. */
  readonly identities: NumberLists
  readonly identityCount: number
}

/** Finds them in one pass over the identities of all segments. */
export function linkedWorks(
  segments: readonly IdentifiedWorks[],
  places: IdentityPlaces,
): LinkedWorks {
  const table = new IdentityTable(segments, places)
  const feeds: number[] = []
  const works: number[] = []
  const identities = new ListBuilder()
  for (const [feed, segment] of segments.entries()) {
    const shared = segment.byTitle.filter((work) => table.isShared(segment, work))
    for (const work of inOrderOfIds(shared, segment)) {
      for (const number of table.sharedOf(segment, work)) identities.add(feeds.length, number)
      feeds.push(feed)
      works.push(work)
    }
  }
  return {
    feeds: Uint16Array.from(feeds),
    works: Uint32Array.from(works),
    identities: identities.build(feeds.length),
    identityCount: table.sharedCount,
  }
}

/** Works in the order of the hashes of their ids. */
function inOrderOfIds(works: Uint32Array, { idHashes }: IdentifiedWorks): Uint32Array {
  // Hash and number in one float: sorting floats needs no function.
  const keys = Float64Array.from(works, (work) => (idHashes[work] ?? 0) * NUMBERS + work).sort()
  return Uint32Array.from(keys, (key) => key % NUMBERS)
}

/** Above every number of a work; with a hash before it, a float holds it. */
const NUMBERS = 2 ** 21
const NONE = 0xffff_ffff

/** Identities by their numbers, in open addressing: what is in it is known after one walk. */
class IdentityTable {
  readonly #places: IdentityPlaces
  readonly #mask: number
  readonly #highs: Uint32Array
  readonly #lows: Uint32Array
  /** The first feed that has it, from 1; 0 = the place is free. */
  readonly #feeds: Uint16Array
  /** Its number among those that two feeds have. */
  readonly #shared: Uint32Array
  #sharedCount = 0

  constructor(segments: readonly IdentifiedWorks[], places: IdentityPlaces) {
    this.#places = places
    const count = segments.reduce((sum, { identities }) => sum + identities.values.length / 2, 0)
    const size = 2 ** Math.max(4, Math.ceil(Math.log2(2 * count + 1)))
    this.#mask = size - 1
    this.#highs = new Uint32Array(size)
    this.#lows = new Uint32Array(size)
    this.#feeds = new Uint16Array(size)
    this.#shared = new Uint32Array(size).fill(NONE)
    for (const [feed, { identities }] of segments.entries()) this.#add(identities.values, feed + 1)
  }

  get sharedCount(): number {
    return this.#sharedCount
  }

  isShared({ identities }: IdentifiedWorks, work: number): boolean {
    const end = identities.offsets[work + 1] ?? 0
    for (let at = identities.offsets[work] ?? 0; at < end; at += 2)
      if (this.#sharedAt(identities.values, at) !== NONE) return true
    return false
  }

  sharedOf({ identities }: IdentifiedWorks, work: number): number[] {
    const numbers: number[] = []
    const end = identities.offsets[work + 1] ?? 0
    for (let at = identities.offsets[work] ?? 0; at < end; at += 2) {
      const number = this.#sharedAt(identities.values, at)
      if (number !== NONE) numbers.push(number)
    }
    return numbers
  }

  /** NOTE: identities of works that went are in no list, as a change of a segment empties it. */
  #add(values: Uint32Array, feed: number): void {
    for (let at = 0; at < values.length; at += 2) {
      const place = this.#placeOf(values[at] ?? 0, values[at + 1] ?? 0)
      const first = this.#feeds[place] ?? 0
      if (first === 0) {
        this.#feeds[place] = feed
        this.#highs[place] = values[at] ?? 0
        this.#lows[place] = values[at + 1] ?? 0
      } else if (first !== feed && this.#shared[place] === NONE)
        this.#shared[place] = this.#sharedCount++
    }
  }

  #sharedAt(values: Uint32Array, at: number): number {
    return this.#shared[this.#placeOf(values[at] ?? 0, values[at + 1] ?? 0)] ?? NONE
  }

  /** Where an identity is, or would be. */
  #placeOf(high: number, low: number): number {
    let place = this.#places(high, low) & this.#mask
    while (this.#feeds[place] !== 0 && (this.#lows[place] !== low || this.#highs[place] !== high))
      place = (place + 1) & this.#mask
    return place
  }
}
