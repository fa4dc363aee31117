import type { Programme, RowHeading, Tonight, WorkCard } from '#api'
import type { CuratedList, WorkSummary } from '@matinee/catalogue'
import type { CatalogueStore } from '@matinee/catalogue/node'
import { carryOn } from '../../shelf/carry-on.ts'
import type { ShelfCatalogue } from '../../shelf/shelf-catalogue.ts'
import type { Shelf } from '../../shelf/shelf-store.ts'
import { listWords } from '../list-words.ts'
import type { Viewer } from '../viewer.ts'
import { addressOf, parseWorkAddress } from '../work-address.ts'
import type { WorkCards } from '../work-cards.ts'
import { composeRows } from './composed-rows.ts'
import { dayOrder } from './day-order.ts'
import { planRows } from './row-plan.ts'
import { pickTonight } from './tonight-pick.ts'

/** Works of each kind of source that may be tonight's. */
const FEW = 60
const SHORTS = 6
const ROW_WORKS = 40

/** What the programme asks the viewer's shelf. */
export type ProgrammeShelf = Pick<Shelf, 'progressOf' | 'favourites' | 'latest'>

/** Puts the page Tonight together. What stands where is decided by pure functions beside this file. */
export class ProgrammeDesk {
  readonly #store: CatalogueStore
  readonly #cards: WorkCards
  readonly #shelf: ProgrammeShelf
  readonly #shelfCatalogue: ShelfCatalogue

  constructor(
    store: CatalogueStore,
    cards: WorkCards,
    shelf: ProgrammeShelf,
    shelfCatalogue: ShelfCatalogue,
  ) {
    this.#store = store
    this.#cards = cards
    this.#shelf = shelf
    this.#shelfCatalogue = shelfCatalogue
  }

  async programme(viewer: Viewer): Promise<Programme> {
    const { territory, today } = viewer
    const [counted, counts, lists] = await Promise.all([
      this.#store.search({ territory, limit: 1, withFacets: true }),
      this.#store.counts({ territory }),
      this.#store.lists({ territory }),
    ])
    const { facets, total } = counted
    const plans = facets === null ? [] : planRows(total, facets, lists, today)
    const filled = await Promise.all(
      plans.map(async (plan) => {
        if (plan.heading.kind === 'list') {
          const { works, workCount } = plan.heading.list
          return { plan, works, total: workCount }
        }
        const { spec } = plan
        const row =
          spec === null
            ? { works: [], total: 0 }
            : await this.#store.row({ territory, row: spec, limit: ROW_WORKS })
        return { plan, ...row }
      }),
    )
    const [carried, shorts, rows] = await Promise.all([
      carryOn(this.#shelf, this.#shelfCatalogue, viewer.languages[0] ?? 'en'),
      this.#shortTonight(viewer),
      Promise.all(
        composeRows(filled).map(async ({ plan, works, total: all }) => ({
          heading:
            plan.heading.kind === 'list' ? listHeading(plan.heading.list, viewer) : plan.heading,
          works: await this.#cards.of(works, viewer),
          total: all,
          browse: all > works.length ? plan.browse : null,
        })),
      ),
    ])
    const { feature, short, series, notOffered } = counts
    return {
      carryOn: carried,
      shortTonight: shorts,
      rows,
      counts: { feature, short, series },
      notOfferedHere: notOffered,
    }
  }

  /** @param skip ids that were refused */
  async tonight(viewer: Viewer, skip: readonly string[]): Promise<Tonight> {
    const { territory, today } = viewer
    const seed = `${today} tonight`
    const [latest, spread, lists, favourites, played] = await Promise.all([
      this.#store.row({ territory, row: { kind: 'added' }, limit: FEW }),
      this.#store.row({ territory, row: { kind: 'pick', seed }, limit: 2 * FEW }),
      this.#store.lists({ territory }),
      this.#shelf.favourites(),
      this.#shelf.latest(200),
    ])
    const curated = dayOrder(lists, today, addressOf).slice(0, 6)
    const [kept, seen] = await Promise.all([
      this.#summaries(favourites.slice(0, FEW), viewer),
      this.#summaries(
        played.map(({ workId }) => workId),
        viewer,
      ),
    ])
    const all = [
      ...latest.works,
      ...spread.works,
      ...curated.flatMap(({ works }) => works.slice(0, 20)),
      ...kept,
    ]
    const works = new Map(all.map((work) => [addressOf(work), work]))
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
        day: today,
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

  /** The shortest films would be the same every night: of the shortest hundred, some by the day. */
  async #shortTonight(viewer: Viewer): Promise<WorkCard[]> {
    const { territory, today } = viewer
    const row = await this.#store.row({ territory, row: { kind: 'short' }, limit: 100 })
    const films = row.works.filter(({ genres }) => genres.every((genre) => genre !== 'test'))
    const chosen = dayOrder(films, today, addressOf).slice(0, SHORTS)
    const byLength = chosen.toSorted((a, b) => (a.durationSeconds ?? 0) - (b.durationSeconds ?? 0))
    return this.#cards.of(byLength, viewer)
  }
}

function listHeading(list: CuratedList, viewer: Viewer): RowHeading {
  return { kind: 'list', listId: addressOf(list), ...listWords(list, viewer) }
}
