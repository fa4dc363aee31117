import type { WorkSummary } from '@matinee/catalogue'
import { addressOf } from '../work-address.ts'
import type { RowPlan } from './row-plan.ts'

/** A planned row with the first of its works. */
export interface FilledRow {
  readonly plan: RowPlan
  readonly works: readonly WorkSummary[]
  readonly total: number
}

/** Rows on the page. */
export const MOST_ROWS = 12
/** Works in a row. */
export const ROW_LENGTH = 24
/** Works of a row that one sees before moving it: those of two rows shouldn't be the same. */
const IN_SIGHT = 6
const MOST_PLACE_ROWS = 2

/**
 * The page's rows: those with enough works, nothing twice in sight where that can be had. A row that is there for
 * what it newly shows puts that first, and goes when there's too little of it; lists stay as their curator wrote them.
 */
export function composeRows(filled: readonly FilledRow[]): FilledRow[] {
  const seen = new Set<string>()
  const rows: FilledRow[] = []
  let places = 0
  for (const { plan, works, total } of filled) {
    if (rows.length === MOST_ROWS) break
    if (works.length < plan.least) continue
    if (plan.heading.kind === 'place' && places === MOST_PLACE_ROWS) continue
    const fresh = works.filter((work) => !seen.has(addressOf(work)))
    if (plan.isFresh && fresh.length < plan.least) continue
    const again = works.filter((work) => seen.has(addressOf(work)))
    const ordered = plan.isFresh ? [...fresh, ...again] : works
    if (plan.heading.kind === 'place') places++
    for (const work of ordered.slice(0, IN_SIGHT)) seen.add(addressOf(work))
    rows.push({ plan, works: ordered.slice(0, ROW_LENGTH), total })
  }
  return rows
}
