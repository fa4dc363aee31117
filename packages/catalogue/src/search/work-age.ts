import type { WorkRecord } from '../record/work-record.ts'

/** For whom works are picked, when it isn't for everybody. */
export interface AgeLimit {
  /** The oldest age that a work may be made for, in years. */
  readonly years: number
  /** Whether works of which nobody says for which age they are come too. */
  readonly withUnrated: boolean
}

/** Stands in the index for a work that says nothing of ages. */
export const UNRATED = 255

/** From which age a work with an advisory is shown: the degree decides, whatever it is about. */
const YEARS_OF_DEGREE = { mild: 6, moderate: 12, strong: 16 } as const
/** Strong sex is for grown-ups in every scheme. */
const GROWN_UP_YEARS = 18

/**
 * From which age a work may be shown, in years: the strictest of what its record says, ratings and advisories together.
 * {@link UNRATED} = it says nothing.
 */
export function ageOf({ ages, advisories }: Pick<WorkRecord, 'ages' | 'advisories'>): number {
  const said = [
    ...ages.map(({ minYears }) => minYears),
    ...advisories.map(({ kind, degree }) =>
      kind === 'sex' && degree === 'strong' ? GROWN_UP_YEARS : YEARS_OF_DEGREE[degree],
    ),
  ]
  return said.length === 0 ? UNRATED : Math.max(...said)
}

/** Whether a work of an age, as {@link ageOf} says it, may be shown under a limit; null = there is none. */
export function isWithin(age: number, limit: AgeLimit | null): boolean {
  if (limit === null) return true
  return age === UNRATED ? limit.withUnrated : age <= limit.years
}
