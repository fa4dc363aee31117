/**
 * A segment with some works changed: one pass over each of its arrays, whatever changed. What comes out answers as if it
 * had been made of all works anew.
 */
import { changedByTitle } from './changed-by-title.ts'
import { ListFilter, changedLists } from './changed-lists.ts'
import { type WordNumbers, changedWords } from './changed-words.ts'
import { type NumberLists, listOf } from './number-lists.ts'
import { ALWAYS, NEVER } from './offer.ts'
import {
  type NamedList,
  type Offers,
  type Segment,
  type SegmentList,
  TITLE_END,
} from './segment.ts'
import { searchableWords } from './words.ts'

/** What became of some works. */
export interface SegmentChange {
  /** The works that are new or other ones, and everybody who made them. */
  readonly changed: Segment
  /** The number that each of its works, and each of its people, has from now on. New ones are free, or come behind the last. */
  readonly works: Uint32Array
  readonly people: Uint32Array
  /** Numbers of works that are gone. */
  readonly removed: readonly number[]
  /** How somebody is written in all works now, the changed ones included. Asked for everybody who had or has such a work. */
  readonly spellings: (person: number) => readonly string[]
  /** With numbers from now on. */
  readonly lists: readonly SegmentList[]
}

/** The segment afterwards. */
export function changeSegment(base: Segment, change: SegmentChange): Segment {
  const { changed, works, people } = change
  const count = largest(base.workCount, works, change.removed)
  const peopleCount = largest(base.personHashes.length, people)
  // Whatever was at these numbers is gone; what is there now is said anew.
  const isGone = new Uint8Array(count)
  for (const work of [...works, ...change.removed]) isGone[work] = 1
  const isRespelt = new Uint8Array(peopleCount)
  for (const person of people) isRespelt[person] = 1
  const personWorks = changedPersonWorks(base, change, isGone, isRespelt)
  const { vocabulary, wordTitles, wordPeople, places } = changedWords(base, {
    isWorkGone: isGone,
    isPersonGone: isRespelt,
    titles: titlesOf(change),
    people: namesOf(change, isRespelt),
  })
  const names = [...new Set([...base.names, ...changed.names])]
  const nameNumbers = new Map(names.map((name, number) => [name, number]))
  const namePlaces = changed.names.map((name) => nameNumbers.get(name) ?? 0)
  const wordPlaces = changed.vocabulary.words.map((word) => vocabulary.placeOf(word))
  const lists = (facet: NamedList): NumberLists =>
    changedLists(base[facet], count, workLists(change, changed[facet], namePlaces))
  const into = <A extends Numbers>(next: A, before: A, now: ArrayLike<number>): A =>
    placedAt(next, before, works, now)
  return {
    feed: base.feed,
    workCount: count,
    vocabulary,
    wordTitles,
    wordPeople,
    titleWords: changedLists(
      withPlaces(base.titleWords, places),
      count,
      workLists(change, changed.titleWords, wordPlaces),
    ),
    personWorks,
    names,
    genres: lists('genres'),
    countries: lists('countries'),
    languages: lists('languages'),
    subtitles: lists('subtitles'),
    descriptions: lists('descriptions'),
    kinds: into(new Uint8Array(count), base.kinds, changed.kinds),
    years: into(new Uint16Array(count), base.years, changed.years),
    durationsSeconds: into(new Uint32Array(count), base.durationsSeconds, changed.durationsSeconds),
    ages: into(new Uint8Array(count), base.ages, changed.ages),
    addedDays: into(new Int32Array(count), base.addedDays, changed.addedDays),
    byTitle: changedByTitle(base, change, isGone),
    idHashes: into(new Uint32Array(count), base.idHashes, changed.idHashes),
    personHashes: placedAt(
      new Uint32Array(peopleCount),
      base.personHashes,
      people,
      changed.personHashes,
    ),
    offers: changedOffers(base.offers, change, count),
    identities: changedLists(base.identities, count, workLists(change, changed.identities, null)),
    infoHashes: changedLists(base.infoHashes, count, workLists(change, changed.infoHashes, null)),
    lists: change.lists,
  }
}

type Numbers = Uint8Array | Uint16Array | Uint32Array | Int32Array

function largest(known: number, ...numbers: readonly Iterable<number>[]): number {
  let count = known
  for (const each of numbers) for (const number of each) count = Math.max(count, number + 1)
  return count
}

/** An array with what was, and at some places what is. */
function placedAt<A extends Numbers>(
  next: A,
  before: A,
  places: Uint32Array,
  now: ArrayLike<number>,
): A {
  next.set(before)
  for (let at = 0; at < places.length; at++) next[places[at] ?? 0] = now[at] ?? 0
  return next
}

/** The lists of works that changed, by their numbers; `places` are what their values are from now on; null = what they were. */
function workLists(
  { works, removed }: SegmentChange,
  lists: NumberLists,
  places: readonly number[] | null,
): Map<number, ArrayLike<number>> {
  const changed = new Map<number, ArrayLike<number>>(removed.map((work) => [work, []]))
  const placed = (value: number): number =>
    places === null || value === TITLE_END ? value : (places[value] ?? 0)
  for (const [own, work] of works.entries()) changed.set(work, listOf(lists, own).map(placed))
  return changed
}

function withPlaces({ offsets, values }: NumberLists, places: Uint32Array): NumberLists {
  const placed = new Uint32Array(values.length)
  for (let at = 0; at < placed.length; at++) {
    const value = values[at] ?? 0
    placed[at] = value === TITLE_END ? value : (places[value] ?? 0)
  }
  return { offsets, values: placed }
}

/** The works of everybody; marks who had one that changed. */
function changedPersonWorks(
  { personWorks }: Segment,
  { changed, works, people }: SegmentChange,
  isGone: Uint8Array,
  isRespelt: Uint8Array,
): NumberLists {
  const { offsets, values } = personWorks
  const known = offsets.length - 1
  for (let person = 0; person < known; person++) {
    const end = offsets[person + 1] ?? 0
    for (let at = offsets[person] ?? 0; at < end; at++)
      if (isGone[values[at] ?? 0] === 1) isRespelt[person] = 1
  }
  const added = new Map<number, number[]>()
  for (const [own, person] of people.entries())
    added.set(
      person,
      Array.from(listOf(changed.personWorks, own), (work) => works[work] ?? 0),
    )
  const filter = new ListFilter(personWorks, isGone, changed.personWorks.values.length)
  const next = new Uint32Array(isRespelt.length + 1)
  for (let person = 0; person < isRespelt.length; person++) {
    filter.write(person < known ? person : -1, added.get(person))
    next[person + 1] = filter.length
  }
  return filter.lists(next)
}

function titlesOf({ changed, works }: SegmentChange): WordNumbers {
  return new Map(
    changed.vocabulary.words.flatMap((word, place): [string, number[]][] => {
      const numbers = Array.from(listOf(changed.wordTitles, place), (own) => works[own] ?? 0)
      return numbers.length === 0 ? [] : [[word, numbers]]
    }),
  )
}

function namesOf({ spellings }: SegmentChange, isRespelt: Uint8Array): WordNumbers {
  const people: WordNumbers = new Map()
  for (let person = 0; person < isRespelt.length; person++) {
    if (isRespelt[person] !== 1) continue
    const words = new Set<string>()
    for (const text of spellings(person)) for (const word of searchableWords(text)) words.add(word)
    for (const word of words) {
      const known = people.get(word)
      if (known === undefined) people.set(word, [person])
      else known.push(person)
    }
  }
  return people
}

function changedOffers(
  base: Offers,
  { changed, works, removed }: SegmentChange,
  count: number,
): Offers {
  const classes = [...base.classes]
  const numbers = new Map(classes.map((grants, number) => [JSON.stringify(grants), number]))
  const numberOf = changed.offers.classes.map((grants) => {
    const key = JSON.stringify(grants)
    const number = numbers.get(key) ?? classes.push(grants) - 1
    numbers.set(key, number)
    return number
  })
  const { offers } = changed
  const classOf = placedAt(
    new Uint32Array(count),
    base.classOf,
    works,
    offers.classOf.map((own) => numberOf[own] ?? 0),
  )
  const days = (before: Int32Array, now: Int32Array, free: number): Int32Array => {
    const next = placedAt(new Int32Array(count).fill(free), before, works, now)
    for (const work of removed) next[work] = free
    return next
  }
  // Class 0 is "nowhere", and that holds for ever.
  for (const work of removed) classOf[work] = 0
  return {
    classes,
    classOf,
    firstDays: days(base.firstDays, offers.firstDays, ALWAYS),
    untilDays: days(base.untilDays, offers.untilDays, NEVER),
    recheckDays: days(base.recheckDays, offers.recheckDays, NEVER),
  }
}
