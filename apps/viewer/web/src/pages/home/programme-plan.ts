import type { Programme, ProgrammeRow } from '#api'
import { doubleBillOfRow, type DoubleBill } from '../../words/bill.ts'

/** How a row is drawn. */
export type ProgrammeBlock =
  | { readonly kind: 'row'; readonly row: ProgrammeRow }
  /** Two films one after the other, with their times. */
  | { readonly kind: 'double-bill'; readonly row: ProgrammeRow; readonly bill: DoubleBill }
  /** A few works with their titles written out: a row of so few looks like a shop that sold out. */
  | { readonly kind: 'wall'; readonly row: ProgrammeRow }

/** Whether something is on, as far as that is known: works that are still coming may be. */
export function eveningOf({
  counts: { feature, short, series },
  isLoading,
}: Pick<Programme, 'counts' | 'isLoading'>): 'on' | 'loading' | 'nothing' {
  if (feature + short + series > 0) return 'on'
  return isLoading ? 'loading' : 'nothing'
}

/** So many posters fill a row. */
const FILLS_A_ROW = 5

/**
 * The programme's blocks in order. A small catalogue has the same few works under every heading: where a row is
 * short, works that stand before it aren't shown again, unless somebody chose them (a list).
 */
export function planProgramme({
  rows,
}: Pick<Programme, 'rows'>): readonly { readonly id: string; readonly block: ProgrammeBlock }[] {
  const shown = new Set<string>()
  const blocks: { id: string; block: ProgrammeBlock }[] = []
  for (const row of rows) {
    const isChosen = row.heading.kind === 'list'
    const fresh = row.works.filter(({ id }) => !shown.has(id))
    if (row.works.length === 0 || (fresh.length === 0 && !isChosen)) continue
    for (const { id } of row.works) shown.add(id)
    const isShort = row.works.length < FILLS_A_ROW && !isChosen
    const block = blockOf(isShort ? { ...row, works: fresh } : row)
    blocks.push({ id: JSON.stringify(row.heading), block })
  }
  return blocks
}

function blockOf(row: ProgrammeRow): ProgrammeBlock {
  const bill = doubleBillOfRow(row)
  if (bill !== null) return { kind: 'double-bill', row, bill }
  return { kind: row.works.length < FILLS_A_ROW ? 'wall' : 'row', row }
}
