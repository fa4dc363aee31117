import type {
  BrowsePage,
  BrowseQuery,
  ListPage,
  PersonPage,
  Suggestions,
  WorkCard,
  WorkDetails,
} from '#api'
import {
  parsePersonKey,
  personKeyOf,
  summaryOf,
  type FeedId,
  type Release,
  type WorkRecord,
} from '@matinee/catalogue'
import type { ShelfCatalogue, ShelfEpisode, WithdrawnWork } from '../shelf/shelf-catalogue.ts'
import type { Shelf } from '../shelf/shelf-store.ts'
import { alsoIn, recordsOf } from './also-in.ts'
import { browseFilters } from './browse-filters.ts'
import { episodesOf } from './episodes.ts'
import type { WindowSafety } from './following/window-safety.ts'
import type { WorkSafety } from './following/work-safety.ts'
import type { AskedCatalogue } from './limited-catalogue.ts'
import { listWords } from './list-words.ts'
import { listPage } from './lists/list-page.ts'
import { playsFromCopy } from './own-copy.ts'
import { signerOf } from './record-signer.ts'
import { similarWorks } from './similar-works.ts'
import type { Viewer } from './viewer.ts'
import { addressOf, parseListAddress, parseWorkAddress } from './work-address.ts'
import { titleFor, type WorkCards } from './work-cards.ts'
import { workPage } from './work-page.ts'
import { sourceWords } from './words/source-words.ts'

/** Cards in one answer, whatever it's about. */
const MOST_CARDS = 200

/** A work that a page named. */
export interface FoundWork {
  readonly feedId: FeedId
  readonly record: WorkRecord
  readonly added: string
  /** Whether it's free where the viewer is, and not withdrawn. */
  readonly isOffered: boolean
  /** What was decided about it, and what of it remains. */
  readonly safety: WorkSafety
}

/** Answers for the pages about works, people and lists. Everything is judged by where the viewer is. */
export class ShopWindow implements ShelfCatalogue {
  readonly #store: AskedCatalogue
  readonly #cards: WorkCards
  readonly #shelf: Pick<Shelf, 'progressOf'>
  readonly #viewerFor: (language: string) => Viewer
  readonly #safety: WindowSafety
  readonly #hasCopy: (release: Release) => Promise<boolean>
  readonly #mayShow: (record: WorkRecord) => boolean

  /**
   * @param viewerFor who asks, by the language that was asked for
   * @param hasCopy whether anything of a release is on the disk
   * @param mayShow whether a work is for the age of who watches; `store` keeps to it already
   */
  constructor(
    store: AskedCatalogue,
    cards: WorkCards,
    shelf: Pick<Shelf, 'progressOf'>,
    viewerFor: (language: string) => Viewer,
    safety: WindowSafety,
    hasCopy: (release: Release) => Promise<boolean>,
    mayShow: (record: WorkRecord) => boolean,
  ) {
    this.#mayShow = mayShow
    this.#hasCopy = hasCopy
    this.#safety = safety
    this.#store = store
    this.#cards = cards
    this.#shelf = shelf
    this.#viewerFor = viewerFor
  }

  async browse(query: BrowseQuery, viewer: Viewer): Promise<BrowsePage> {
    const filters = browseFilters(query)
    if (filters === null) return { total: 0, works: [], facets: null, correction: null }
    const page = await this.#store.search({
      territory: viewer.territory,
      text: query.text,
      filters,
      ...(query.sort === null ? {} : { sort: query.sort }),
      offset: query.offset,
      limit: query.limit,
      withFacets: query.offset === 0,
    })
    const { facets } = page
    return {
      total: page.total,
      works: await this.#cards.of(page.works, viewer),
      facets:
        facets === null
          ? null
          : {
              kinds: [...facets.kinds],
              genres: [...facets.genres],
              countries: [...facets.countries],
              languages: [...facets.languages],
              subtitles: [...facets.subtitles],
              descriptions: [...facets.descriptions],
              licences: [...facets.licences],
              uses: [...facets.uses],
              decades: [...facets.decades],
            },
      correction: page.correction,
    }
  }

  async suggest(text: string, viewer: Viewer): Promise<Suggestions> {
    const { territory } = viewer
    const { works, people, lists, correction } = await this.#store.suggest({ territory, text })
    return {
      works: await this.#cards.of(works, viewer),
      people: people.map(({ key, name, workCount }) => ({ id: key, name, workCount })),
      lists: lists.map((list) => ({
        id: addressOf(list),
        title: listWords(list, viewer).title,
        workCount: list.workCount,
      })),
      correction,
    }
  }

  /** Null = no feed has such a work. One that isn't offered here has a page all the same. */
  async work(workId: string, viewer: Viewer): Promise<WorkDetails | null> {
    const found = await this.find(workId, viewer)
    if (found === null) return null
    const { record, added, feedId } = found
    const records = await recordsOf(this.#store, found, viewer)
    const names = new Set([workId, ...records.map(addressOf)])
    const [[card], progress, lists, similar, signer, others] = await Promise.all([
      this.#cards.of([{ ...summaryOf(record, added), feedId, licence: '' }], viewer),
      this.#shelf.progressOf([workId]),
      this.#store.lists({ territory: viewer.territory }),
      similarWorks(this.#store, found, names, viewer),
      signerOf(this.#store, feedId, viewer),
      alsoIn(this.#store, feedId, records, viewer),
    ])
    if (card === undefined) return null
    return workPage({
      record,
      card,
      signer,
      progress,
      viewer,
      isOffered: found.isOffered,
      withdrawals: this.#safety.words(found.safety, viewer),
      standing: found.safety.standing,
      ownCopy: await playsFromCopy(found, viewer, this.#hasCopy),
      source: sourceWords(signer, this.#safety.expiredDays(feedId), viewer),
      alsoIn: others,
      personIdOf: personKeyOf,
      similar: await this.#cards.of(similar, viewer),
      lists: lists
        .filter((list) => list.works.some((listed) => names.has(addressOf(listed))))
        .map((list) => ({ id: addressOf(list), title: listWords(list, viewer).title })),
    })
  }

  async person(personId: string, viewer: Viewer): Promise<PersonPage | null> {
    const key = parsePersonKey(personId)
    const found =
      key === null ? null : await this.#store.person({ key, territory: viewer.territory })
    if (found === null) return null
    const credits = found.credits.slice(0, MOST_CARDS)
    const cards = await this.#cards.of(
      credits.map(({ work }) => work),
      viewer,
    )
    return {
      id: found.key,
      name: found.name,
      works: cards.map((work, at) => ({
        work,
        roles: [...(credits[at]?.roles ?? [])],
        as: credits[at]?.characters[0] ?? null,
      })),
    }
  }

  async list(listId: string, viewer: Viewer): Promise<ListPage | null> {
    const key = parseListAddress(listId)
    const lists = await this.#store.lists({ territory: viewer.territory })
    const list = lists.find(({ feedId, id }) => feedId === key?.feedId && id === key.id)
    if (list === undefined) return null
    return listPage(listId, list, await this.#cards.all(list.works, viewer), viewer)
  }

  /** The work that a page's id names, offered here or not; null = no feed has it. */
  async find(workId: string, viewer: Viewer): Promise<FoundWork | null> {
    const key = parseWorkAddress(workId)
    if (key === null) return null
    const found = await this.#store.work({ ...key, territory: viewer.territory })
    const kept = found.kind === 'none' ? this.#safety.keptWork(key) : found
    // O4: what a feed withdrew isn't in the catalogue any more, which would have kept to the age.
    if (kept === null || !this.#mayShow(kept.record)) return null
    const { record, added } = kept
    const safety = this.#safety.safetyOf(key.feedId, record)
    const isOffered = found.kind === 'offered' && safety.standing.isOffered
    return { feedId: key.feedId, record, added, isOffered, safety }
  }

  async cards(
    workIds: readonly string[],
    language: string,
  ): Promise<ReadonlyMap<string, WorkCard>> {
    const viewer = this.#viewerFor(language)
    const keys = workIds.flatMap((id) => parseWorkAddress(id) ?? [])
    const cards: WorkCard[] = []
    for (let at = 0; at < keys.length; at += MOST_CARDS) {
      const some = keys.slice(at, at + MOST_CARDS)
      const works = await this.#store.works({ keys: some, territory: viewer.territory })
      cards.push(...(await this.#cards.of(works, viewer)))
    }
    return new Map(cards.map((card) => [card.id, card]))
  }

  async withdrawn(
    workIds: readonly string[],
    language: string,
  ): Promise<ReadonlyMap<string, WithdrawnWork>> {
    const viewer = this.#viewerFor(language)
    const withdrawn = new Map<string, WithdrawnWork>()
    for (const workId of new Set(workIds)) {
      const found = await this.find(workId, viewer)
      if (found === null) continue
      const { record, added, safety } = found
      const withdrawal = this.#safety.words(safety, viewer).find(({ acts }) => acts)
      if (withdrawal === undefined) continue
      const { title } = titleFor(summaryOf(record, added), viewer)
      withdrawn.set(workId, { title, withdrawal })
    }
    return withdrawn
  }

  async episodes(workId: string, language: string): Promise<readonly ShelfEpisode[]> {
    const viewer = this.#viewerFor(language)
    const found = await this.find(workId, viewer)
    return found === null ? [] : episodesOf(found.record, viewer)
  }
}
