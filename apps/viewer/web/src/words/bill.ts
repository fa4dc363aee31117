import type { ListPage, ProgrammeRow, WorkCard } from '#api'

/** Two works that are shown one after the other. */
export type DoubleBill = readonly [WorkCard, WorkCard]

/** The double bill that a row is: a curated list of two films. Anything else is a row, null. */
export function doubleBillOfRow({ heading, works, total }: ProgrammeRow): DoubleBill | null {
  return heading.kind === 'list' && total === works.length ? doubleBillOf(works) : null
}

/** The double bill that a list's page shows, or null. */
export function doubleBillOfList({ works, chosen }: ListPage): DoubleBill | null {
  return chosen === null ? doubleBillOf(works) : null
}

/** Seconds of all works together; null when one's length isn't known, or it's a series. */
export function totalSeconds(works: readonly WorkCard[]): number | null {
  let total = 0
  for (const { durationSeconds } of works) {
    if (durationSeconds === null) return null
    total += durationSeconds
  }
  return total
}

function doubleBillOf(works: readonly WorkCard[]): DoubleBill | null {
  const [first, second, third] = works
  if (first === undefined || second === undefined || third !== undefined) return null
  // An evening has no room for two series.
  if (first.kind === 'series' || second.kind === 'series') return null
  return [first, second]
}
