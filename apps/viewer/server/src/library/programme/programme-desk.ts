import type { Programme, RowHeading, Tonight } from '#api'
import type { CuratedList, WorkSummary } from '@matinee/catalogue'
import { carryOn } from '../../shelf/carry-on.ts'
import type { ShelfCatalogue } from '../../shelf/shelf-catalogue.ts'
import type { Shelf } from '../../shelf/shelf-store.ts'
import type { AskedCatalogue } from '../limited-catalogue.ts'
import { listWords } from '../list-words.ts'
import type { Viewer } from '../viewer.ts'
import { addressOf, parseWorkAddress } from '../work-address.ts'
import type { WorkCards } from '../work-cards.ts'
import { FEW, billOf, runningOf, type Bill, type Running } from './bill.ts'
import { KeptAnswer, type Place } from './kept-answer.ts'
import { pickTonight } from './tonight-pick.ts'

/** What the programme asks the viewer's shelf. */
export type ProgrammeShelf = Pick<Shelf, 'progressOf' | 'favourites' | 'latest'>

/** Puts the page Tonight together: what the catalogue has for it, and what the shelf knows of that. */
export class ProgrammeDesk {
  readonly #store: AskedCatalogue
  readonly #cards: WorkCards
  readonly #shelf: ProgrammeShelf
  readonly #shelfCatalogue: ShelfCatalogue
  readonly #bill: KeptAnswer<Bill>
  readonly #running: KeptAnswer<Running>

  constructor(
    store: AskedCatalogue,
    cards: WorkCards,
    shelf: ProgrammeShelf,
    shelfCatalogue: ShelfCatalogue,
  ) {
    this.#store = store
    this.#cards = cards
    this.#shelf = shelf
    this.#shelfCatalogue = shelfCatalogue
    this.#bill = new KeptAnswer(store, (place) => billOf(store, place))
    this.#running = new KeptAnswer(store, (place) => runningOf(store, place))
  }

  /** Works out ahead what the next page Tonight needs. */
  async prepare(place: Place): Promise<void> {
    await Promise.all([this.#bill.in(place), this.#running.in(place)])
  }

  async programme(viewer: Viewer): Promise<Omit<Programme, 'isLoading'>> {
    const [{ counts, rows, shorts }, carried] = await Promise.all([
      this.#bill.in(viewer),
      carryOn(this.#shelf, this.#shelfCatalogue, viewer.languages[0] ?? 'en'),
    ])
    const { feature, short, series, notOffered } = counts
    return {
      carryOn: carried,
      shortTonight: await this.#cards.of(shorts, viewer),
      rows: await Promise.all(
        rows.map(async ({ plan, works, total: all }) => ({
          heading:
            plan.heading.kind === 'list' ? listHeading(plan.heading.list, viewer) : plan.heading,
          works: await this.#cards.of(works, viewer),
          total: all,
          browse: all > works.length ? plan.browse : null,
        })),
      ),
      counts: { feature, short, series },
      notOfferedHere: notOffered,
    }
  }

  /** @param skip ids that were refused */
  async tonight(viewer: Viewer, skip: readonly string[]): Promise<Tonight> {
    const [{ works: running, curated }, favourites, played] = await Promise.all([
      this.#running.in(viewer),
      this.#shelf.favourites(),
      this.#shelf.latest(200),
    ])
    const [kept, seen] = await Promise.all([
      this.#summaries(favourites.slice(0, FEW), viewer),
      this.#summaries(
        played.map(({ workId }) => workId),
        viewer,
      ),
    ])
    const works = new Map([...running, ...kept].map((work) => [addressOf(work), work]))
    const progress = await this.#shelf.progressOf([...works.keys()])
    const known = new Set(progress.map(({ workId }) => workId))
    const favourite = new Set(favourites)
    const pick = pickTonight(
      [...works].map(([id, work]) => ({
        work,
        isKnown: known.has(id),
        isFavourite: favourite.has(id),
        lists: curated
          .filter((list) => list.works.some((listed) => addressOf(listed) === id))
          .map((list) => listWords(list, viewer).title),
      })),
      {
        day: viewer.today,
        skip: new Set(skip),
        seenCountries:
          seen.length === 0 ? null : new Set(seen.flatMap(({ countries }) => countries)),
      },
    )
    if (pick === null) return { pick: null }
    const [work] = await this.#cards.of([pick.work], viewer)
    return { pick: work === undefined ? null : { work, reason: pick.reason } }
  }

  #summaries(workIds: readonly string[], viewer: Viewer): Promise<readonly WorkSummary[]> {
    const keys = workIds.flatMap((id) => parseWorkAddress(id) ?? [])
    return this.#store.works({ keys, territory: viewer.territory })
  }
}

function listHeading(list: CuratedList, viewer: Viewer): RowHeading {
  return { kind: 'list', listId: addressOf(list), ...listWords(list, viewer) }
}
