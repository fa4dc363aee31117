/**
 * What the catalogue alone says for the page Tonight, the same for everybody in a place on a day. What stands where is
 * decided by pure functions beside this file.
 */
import type { CatalogueCounts, CuratedList, WorkSummary } from '@matinee/catalogue'
import type { AskedCatalogue } from '../limited-catalogue.ts'
import { addressOf } from '../work-address.ts'
import { composeRows, type FilledRow } from './composed-rows.ts'
import { dayOrder } from './day-order.ts'
import type { Place } from './kept-answer.ts'
import { planRows } from './row-plan.ts'

/** Works of each kind of source that may be tonight's. */
export const FEW = 60
const LISTS = 6
const LIST_WORKS = 20
const SHORTS = 6
const ROW_WORKS = 40

/** The rows of the page, some short films, and how many works there are. */
export interface Bill {
  readonly counts: CatalogueCounts
  readonly rows: readonly FilledRow[]
  /** The shortest first. */
  readonly shorts: readonly WorkSummary[]
}

/** What may be tonight's film, beside the viewer's favourites. */
export interface Running {
  readonly works: readonly WorkSummary[]
  /** Lists that some of them are on. */
  readonly curated: readonly CuratedList[]
}

/** See {@link Bill}. */
export async function billOf(store: AskedCatalogue, { territory, today }: Place): Promise<Bill> {
  const [{ facets, total }, counts, lists] = await Promise.all([
    store.search({ territory, limit: 1, withFacets: true }),
    store.counts({ territory }),
    store.lists({ territory }),
  ])
  const plans = facets === null ? [] : planRows(total, facets, lists, today)
  const fill = async (plan: (typeof plans)[number]): Promise<FilledRow> => {
    if (plan.heading.kind === 'list') {
      const { works, workCount } = plan.heading.list
      return { plan, works, total: workCount }
    }
    if (plan.spec === null) return { plan, works: [], total: 0 }
    return { plan, ...(await store.row({ territory, row: plan.spec, limit: ROW_WORKS })) }
  }
  const [filled, short] = await Promise.all([
    Promise.all(plans.map(fill)),
    store.row({ territory, row: { kind: 'short' }, limit: 100 }),
  ])
  // The shortest films would be the same every night: of the shortest hundred, some by the day.
  const films = short.works.filter(({ genres }) => genres.every((genre) => genre !== 'test'))
  const shorts = dayOrder(films, today, addressOf)
    .slice(0, SHORTS)
    .toSorted((a, b) => (a.durationSeconds ?? 0) - (b.durationSeconds ?? 0))
  return { counts, rows: composeRows(filled), shorts }
}

/** See {@link Running}. */
export async function runningOf(
  store: AskedCatalogue,
  { territory, today }: Place,
): Promise<Running> {
  const seed = `${today} tonight`
  const [latest, spread, lists] = await Promise.all([
    store.row({ territory, row: { kind: 'added' }, limit: FEW }),
    store.row({ territory, row: { kind: 'pick', seed }, limit: 2 * FEW }),
    store.lists({ territory }),
  ])
  const curated = dayOrder(lists, today, addressOf).slice(0, LISTS)
  const listed = curated.flatMap(({ works }) => works.slice(0, LIST_WORKS))
  return { works: [...latest.works, ...spread.works, ...listed], curated }
}
