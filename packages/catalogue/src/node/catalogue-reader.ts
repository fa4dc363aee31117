/** Answers queries out of the open feeds: the index finds, the files tell what it is called. */
import { personKeyOf } from '../search/person-key.ts'
import {
  type CatalogueCounts,
  type CuratedList,
  type PersonCredit,
  type PersonPage,
  type PersonSummary,
  type Row,
  type RowRequest,
  type SameWork,
  type SameWorksRequest,
  type StoredFeed,
  type Suggestions,
  type WorkAnswer,
  type WorkRequest,
} from '../search/catalogue-answers.ts'
import type { FeedId } from '../name/id.ts'
import { type Hit, searchIndex } from '../search/catalogue-index.ts'
import { countWorks } from '../search/catalogue-counts.ts'
import { nameOf } from '../search/credits.ts'
import { curatedLists, matchLists } from '../search/curated-lists.ts'
import { distinctPeople, matchPeople, offeredWorksOf } from '../search/person-match.ts'
import { rowHits } from '../search/programme-row.ts'
import { sameWorks } from '../search/same-works.ts'
import type { SegmentView } from '../search/segment-view.ts'
import { textQuery } from '../search/text-match.ts'
import type { Audience, WorkPage, WorkQuery } from '../search/work-query.ts'
import { ageOf, isWithin } from '../search/work-age.ts'
import type { WorkSummary } from '../search/work-summary.ts'
import { CatalogueStoreError } from './catalogue-store-error.ts'
import { FeedUpdating } from './feed-updating.ts'
import { OpenFeeds } from './open-feeds.ts'
import { OfferRenewal } from './offer-renewal.ts'
import type {
  Dated,
  PersonRequest,
  ReaderData,
  SuggestRequest,
  WorksRequest,
} from './reader-calls.ts'
import { textSha256 } from './system.ts'

const SUGGESTED = { works: 6, people: 5, lists: 3 } as const
const [PERSON_WORKS, KEYS] = [500, 500]

/** The feeds of a folder, to be asked. Throws {@link CatalogueStoreError}. */
export class CatalogueReader {
  /** What it answers out of. */
  readonly open: OpenFeeds
  readonly #renewal: OfferRenewal
  /** Updates of them. */
  readonly updating: FeedUpdating

  constructor(data: ReaderData) {
    this.open = new OpenFeeds(data)
    this.#renewal = new OfferRenewal(this.open)
    this.updating = new FeedUpdating(this.open, () => this.#renewal.forget())
  }

  /** A page of works. */
  search(query: Dated<WorkQuery>): WorkPage {
    const { total, hits, facets, correction } = searchIndex(this.#on(query), query, query.day)
    return { total, works: this.#summaries(hits, query), facets, correction }
  }

  /** What a half-typed text may mean. */
  suggest(request: Dated<SuggestRequest>): Suggestions {
    const { text, day } = request
    const query = textQuery(text)
    if (query === null) return { works: [], people: [], lists: [], correction: null }
    const { works, correction } = this.search({
      ...request,
      limit: SUGGESTED.works,
      withFacets: false,
    })
    const { words } = textQuery(correction ?? text) ?? query
    const views = this.#on(request)
    const people = views.flatMap((view) => matchPeople(view, words, request, day, SUGGESTED.people))
    const named = people.flatMap(({ view, person, workCount }): PersonSummary[] => {
      const found = this.#guard(view, () => this.open.fileOf(view).person(person))
      return found === null ? [] : [{ key: found.key, name: nameOf(found.spellings), workCount }]
    })
    const lists = curatedLists(views, request, day).filter((list) => matchLists(list, words))
    return {
      works,
      people: distinctPeople(named).slice(0, SUGGESTED.people),
      lists: lists.slice(0, SUGGESTED.lists).map(({ summary }) => summary),
      correction,
    }
  }

  /** A work whole. */
  work(request: Dated<WorkRequest>): WorkAnswer {
    const { id, feedId, day, ages = null } = request
    for (const view of this.#on(request)) {
      const { feed } = view.segment
      if (feedId !== undefined && feed.id !== feedId) continue
      const file = this.open.fileOf(view)
      const number = this.#guard(view, () => file.workNumber(id))
      if (number === null) continue
      const isOffered = view.offeredAlone(request, day).isOffered[number] === 1
      const record = this.#guard(view, () => file.record(number))
      if (!isWithin(ageOf(record), ages)) continue
      if (isOffered && !view.isShown(number, request, day)) continue
      const { added } = this.#guard(view, () => file.summary(number))
      return { kind: isOffered ? 'offered' : 'not-offered', feedId: feed.id, added, record }
    }
    return { kind: 'none' }
  }

  /** Summaries of the works that are offered, in the order of the keys. */
  works(request: Dated<WorksRequest>): readonly WorkSummary[] {
    const { keys, day } = request
    const views = this.#on(request)
    const hits = keys.slice(0, KEYS).flatMap(({ feedId, id }): Hit[] => {
      const view = views.find(({ segment }) => segment.feed.id === feedId)
      if (view === undefined) return []
      const work = this.#guard(view, () => this.open.fileOf(view).workNumber(id))
      if (work === null || !view.isShown(work, request, day)) return []
      return [{ view, work }]
    })
    return this.#summaries(hits, request)
  }

  /** Somebody with their works on offer; `null` when there are none. */
  person(request: Dated<PersonRequest>): PersonPage | null {
    const { key, day } = request
    let found: Pick<PersonPage, 'key' | 'name'> | null = null
    const credits: PersonCredit[] = []
    for (const view of this.#on(request)) {
      const file = this.open.fileOf(view)
      const person = this.#guard(view, () => file.personNumber(key))
      if (person === null) continue
      const known = this.#guard(view, () => file.person(person))
      if (known !== null) found ??= { key: known.key, name: nameOf(known.spellings) }
      const offered = offeredWorksOf(view, person, request, day)
      const works = view.latest(offered).slice(0, PERSON_WORKS)
      const hits = works.map((work): Hit => ({ view, work }))
      for (const [index, work] of this.#summaries(hits, request).entries())
        credits.push(this.#credit(view, works[index] ?? 0, work, key))
    }
    if (found === null || credits.length === 0) return null
    credits.sort((a, b) => (b.work.year ?? 0) - (a.work.year ?? 0))
    return { key: found.key, name: found.name, credits: credits.slice(0, PERSON_WORKS) }
  }

  /** The curated lists of all feeds. */
  lists(audience: Dated<Audience>): readonly CuratedList[] {
    const lists = curatedLists(this.#on(audience), audience, audience.day)
    return lists.map(({ summary, hits }) => ({
      ...summary,
      works: this.#summaries(hits, audience),
    }))
  }

  /** A row of the programme. */
  row(request: Dated<RowRequest>): Row {
    const { total, hits } = rowHits(this.#on(request), request, request.day)
    return { total, works: this.#summaries(hits, request) }
  }

  /** How many works there are. */
  counts(audience: Dated<Audience>): CatalogueCounts {
    return countWorks(this.#on(audience), audience, audience.day)
  }

  /** Every record of some works. */
  sameWorks(request: Dated<SameWorksRequest>): readonly (readonly SameWork[])[] {
    return sameWorks(this.#on(request), request, request.day, {
      numberOf: (view, id) => this.#guard(view, () => this.open.fileOf(view).workNumber(id)),
      idOf: ({ view, work }) => this.#guard(view, () => this.open.fileOf(view).summary(work).id),
      sha256: textSha256,
    })
  }

  /** The feeds there are. */
  feeds(): readonly StoredFeed[] {
    return this.open.all.map(({ file }) => file.feed)
  }

  /** See {@link OpenFeeds.revision}; judging again for the day begins before it's told. */
  revision(when: { readonly day: number }): number {
    this.#on(when)
    return this.open.revision
  }

  /** See {@link OpenFeeds.takeUp}. */
  takeUp(feedId: FeedId): void {
    this.open.takeUp(feedId)
    this.#renewal.forget()
  }

  /** The feeds as they are on a day; what its turn made doubtful is being judged again. */
  #on({ day }: { readonly day: number }): readonly SegmentView[] {
    this.#renewal.begin(day)
    return this.open.all.map(({ view }) => view)
  }

  #summaries(hits: readonly Hit[], audience: Dated<Audience>): WorkSummary[] {
    const { languages, day } = audience
    return hits.map(({ view, work }) => {
      const stored = this.#guard(view, () => this.open.fileOf(view).summary(work))
      const offer = view.segment.offers.classOf[work] ?? 0
      const titles = Object.entries(stored.titles).filter(
        ([language]) => languages?.includes(language) ?? true,
      )
      return {
        ...stored,
        titles: Object.fromEntries(titles),
        feedId: view.segment.feed.id,
        licence: view.offered(audience, day).licences[offer] ?? '',
      }
    })
  }

  #credit(view: SegmentView, number: number, work: WorkSummary, key: string): PersonCredit {
    const { people, seasons } = this.#guard(view, () => this.open.fileOf(view).record(number))
    const inEpisodes = seasons.flatMap(({ episodes }) => episodes.flatMap((each) => each.people))
    const same = [...people, ...inEpisodes].filter((person) => personKeyOf(person) === key)
    const distinct = (values: readonly string[]): string[] => [...new Set(values)]
    return {
      work,
      roles: distinct(same.flatMap(({ roles }) => roles)),
      characters: distinct(same.flatMap(({ characters }) => characters)),
    }
  }

  /** A feed of which a row is damaged is thrown away whole. */
  #guard<T>(view: SegmentView, run: () => T): T {
    try {
      return run()
    } catch (error) {
      const feed = this.open.all.find((each) => each.view === view)
      if (feed !== undefined && error instanceof CatalogueStoreError && error.code === 'damaged')
        this.open.drop(feed, error.message)
      throw error
    }
  }
}
