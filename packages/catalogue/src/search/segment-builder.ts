import { type CalendarDate, parseCalendarDate } from '@matinee/rights'
import { assert } from '@matinee/base'
import type { WorkList } from '../feed/feed-manifest.ts'
import type { FeedId } from '../name/id.ts'
import { identitiesOf, infoHashesOf } from '../record/work-identity.ts'
import type { WorkRecord } from '../record/work-record.ts'
import { type Credit, type Spelling, creditsOf } from './credits.ts'
import { dayNumber } from './day-number.ts'
import { type TextSha256, identityNumber } from './identity-number.ts'
import { ListBuilder } from './number-lists.ts'
import { OffersBuilder } from './offers-builder.ts'
import type { PersonKey } from './person-key.ts'
import { segmentList } from './segment-list.ts'
import { KINDS, type Segment, TITLE_END } from './segment.ts'
import { textHash } from './text-hash.ts'
import { Vocabulary } from './vocabulary.ts'
import { searchableWords, wordsOf } from './words.ts'
import { ageOf } from './work-age.ts'
import { descriptionLanguagesOf, subtitleLanguagesOf } from './work-summary.ts'

/** Somebody in a feed. */
export interface IndexedPerson {
  readonly key: PersonKey
  readonly spellings: readonly Spelling[]
}

/** Makes the index of a feed, work by work. */
export class SegmentBuilder {
  readonly #date: CalendarDate
  readonly #sha256: TextSha256
  readonly #words = new Map<string, number>()
  readonly #names = new Map<string, number>()
  readonly #people = new Map<PersonKey, number>()
  readonly #numbers = new Map<string, number>()
  readonly #wordTitles = new ListBuilder()
  readonly #wordPeople = new ListBuilder()
  readonly #titleWords = new ListBuilder()
  readonly #personWorks = new ListBuilder()
  readonly #genres = new ListBuilder()
  readonly #countries = new ListBuilder()
  readonly #languages = new ListBuilder()
  readonly #subtitles = new ListBuilder()
  readonly #descriptions = new ListBuilder()
  readonly #identities = new ListBuilder()
  readonly #infoHashes = new ListBuilder()
  readonly #offers = new OffersBuilder()
  readonly #kinds: number[] = []
  readonly #years: number[] = []
  readonly #durations: number[] = []
  readonly #ages: number[] = []
  readonly #added: number[] = []
  readonly #sortTitles: string[] = []
  /** Person and text → a place in the lists behind it. */
  readonly #spellingOf = new Map<string, number>()
  readonly #spellings: { readonly person: number; readonly text: string }[] = []
  readonly #asName: number[] = []
  readonly #asOther: number[] = []

  /** @param date the day for which offers are judged */
  constructor(date: CalendarDate, sha256: TextSha256) {
    this.#date = date
    this.#sha256 = sha256
  }

  /** Works added so far. */
  get workCount(): number {
    return this.#kinds.length
  }

  /** Adds a work. */
  add(record: WorkRecord, added: string): void {
    const work = this.#kinds.length
    this.#numbers.set(record.id, work)
    this.#kinds.push(KINDS.indexOf(record.kind))
    this.#years.push(record.year ?? 0)
    this.#durations.push(record.durationSeconds ?? 0)
    this.#ages.push(ageOf(record))
    assert(parseCalendarDate(added) !== null, 'the manifest gives a day')
    this.#added.push(dayNumber(added))
    this.#sortTitles.push(wordsOf(record.title.text).join(' '))
    this.#addNames(this.#genres, work, record.genres)
    this.#addNames(this.#countries, work, record.countries)
    this.#addNames(this.#languages, work, record.languages)
    this.#addNames(this.#subtitles, work, subtitleLanguagesOf(record))
    this.#addNames(this.#descriptions, work, descriptionLanguagesOf(record))
    this.#addTitles(work, record)
    this.#addIdentities(this.#identities, work, identitiesOf(record))
    this.#addIdentities(this.#infoHashes, work, infoHashesOf(record))
    this.#offers.add(record, this.#date)
    for (const credit of creditsOf(record)) this.#addCredit(work, credit)
  }

  /** Everybody in the works so far, by number. */
  people(): IndexedPerson[] {
    const people = [...this.#people.keys()].map((key) => ({ key, spellings: [] as Spelling[] }))
    for (const [at, { person, text }] of this.#spellings.entries())
      people[person]?.spellings.push({
        text,
        asName: this.#asName[at] ?? 0,
        asOther: this.#asOther[at] ?? 0,
      })
    return people
  }

  /** The index. Lists are those of the manifest. */
  build(id: FeedId, lists: readonly WorkList[]): Segment {
    const words = [...this.#words.keys()].toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    const places = new Uint32Array(words.length)
    for (const [place, word] of words.entries()) places[this.#words.get(word) ?? 0] = place
    const placeOf = (word: number): number => places[word] ?? 0
    const count = this.workCount
    const titleWords = this.#titleWords.build(count)
    for (const [at, word] of titleWords.values.entries())
      if (word !== TITLE_END) titleWords.values[at] = placeOf(word)
    const idHashes = Uint32Array.from(this.#numbers.keys(), (key) => textHash(key))
    assert(idHashes.length === count, 'a work is added once')
    return {
      feed: { id },
      workCount: count,
      vocabulary: new Vocabulary(words),
      wordTitles: this.#wordTitles.build(words.length, placeOf),
      wordPeople: this.#wordPeople.build(words.length, placeOf),
      titleWords,
      personWorks: this.#personWorks.build(this.#people.size),
      names: [...this.#names.keys()],
      genres: this.#genres.build(count),
      countries: this.#countries.build(count),
      languages: this.#languages.build(count),
      subtitles: this.#subtitles.build(count),
      descriptions: this.#descriptions.build(count),
      kinds: Uint8Array.from(this.#kinds),
      years: Uint16Array.from(this.#years),
      durationsSeconds: Uint32Array.from(this.#durations),
      ages: Uint8Array.from(this.#ages),
      addedDays: Int32Array.from(this.#added),
      byTitle: this.#byTitle(idHashes),
      identities: this.#identities.build(count),
      infoHashes: this.#infoHashes.build(count),
      idHashes,
      personHashes: Uint32Array.from(this.#people.keys(), (key) => textHash(key)),
      offers: this.#offers.build(),
      lists: lists.map((list) => segmentList(list, (work) => this.#numbers.get(work))),
    }
  }

  #addNames(lists: ListBuilder, work: number, names: readonly string[]): void {
    for (const name of new Set(names)) lists.add(work, numberIn(this.#names, name))
  }

  #addIdentities(lists: ListBuilder, work: number, identities: Iterable<string>): void {
    for (const identity of new Set(identities)) {
      const { high, low } = identityNumber(identity, this.#sha256)
      lists.add(work, high)
      lists.add(work, low)
    }
  }

  #addTitles(work: number, { title, translations }: WorkRecord): void {
    const titles = new Set([title.text])
    for (const { title: translated, otherTitles } of Object.values(translations)) {
      if (translated !== undefined) titles.add(translated)
      for (const other of otherTitles) titles.add(other)
    }
    const words = new Set<string>()
    for (const text of titles) {
      for (const word of wordsOf(text)) this.#titleWords.add(work, numberIn(this.#words, word))
      this.#titleWords.add(work, TITLE_END)
      for (const word of searchableWords(text)) words.add(word)
    }
    for (const word of words) this.#wordTitles.add(numberIn(this.#words, word), work)
  }

  #addCredit(work: number, { key, names, otherNames }: Credit): void {
    const person = numberIn(this.#people, key)
    this.#personWorks.add(person, work)
    for (const name of names) {
      const at = this.#spelling(person, name)
      this.#asName[at] = (this.#asName[at] ?? 0) + 1
    }
    for (const name of otherNames) {
      const at = this.#spelling(person, name)
      this.#asOther[at] = (this.#asOther[at] ?? 0) + 1
    }
  }

  #spelling(person: number, text: string): number {
    const key = `${person} ${text}`
    const known = this.#spellingOf.get(key)
    if (known !== undefined) return known
    const at = this.#spellings.push({ person, text }) - 1
    this.#spellingOf.set(key, at)
    // Spellings share words; that a word leads to a person twice costs less than knowing it.
    for (const word of searchableWords(text))
      this.#wordPeople.add(numberIn(this.#words, word), person)
    return at
  }

  /** By folded original title, then by the hash of the id. */
  #byTitle(idHashes: Uint32Array): Uint32Array {
    const titles = this.#sortTitles
    const works = Uint32Array.from(titles.keys())
    return works.sort((a, b) => {
      const [first = '', second = ''] = [titles[a], titles[b]]
      if (first !== second) return first < second ? -1 : 1
      return (idHashes[a] ?? 0) - (idHashes[b] ?? 0)
    })
  }
}

/** The number of a key, which is new when the key is. */
function numberIn<K>(numbers: Map<K, number>, key: K): number {
  const known = numbers.get(key)
  if (known !== undefined) return known
  numbers.set(key, numbers.size)
  return numbers.size - 1
}
