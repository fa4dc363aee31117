import type { Country } from '@matinee/rights'
import { USES, type Use } from './offer.ts'
import type { Offers } from './segment.ts'
import { type AgeLimit, UNRATED, isWithin } from './work-age.ts'

/** What a segment offers in one place on one day. */
export interface OfferedWorks {
  /** 1 at the works that are offered there. */
  readonly isOffered: Uint8Array
  readonly count: number
  /** By class of offer: its licence there, `''` where it's none. */
  readonly licences: readonly string[]
  /** By class of offer: one bit for each of {@link USES}. */
  readonly uses: Uint8Array
}

/**
 * The works that may be shown to somebody in a place; `null` = it isn't known which. A work of which the
 * judgement doesn't hold on the day isn't shown until it's judged again.
 */
export function offeredWorks(offers: Offers, where: Country | null, day: number): OfferedWorks {
  const grants = offers.classes.map((each) =>
    each.find(({ places }) => places === null || (where !== null && places.includes(where))),
  )
  const licences = grants.map((grant) => grant?.licence ?? '')
  const uses = Uint8Array.from(grants, (grant) => usesMask(grant?.uses ?? []))
  const isGranted = Uint8Array.from(grants, (grant) => (grant === undefined ? 0 : 1))
  const { classOf, firstDays, untilDays } = offers
  const isOffered = new Uint8Array(classOf.length)
  let count = 0
  for (let work = 0; work < isOffered.length; work++) {
    const holds = (firstDays[work] ?? 0) <= day && day < (untilDays[work] ?? 0)
    if (!holds || isGranted[classOf[work] ?? 0] !== 1) continue
    isOffered[work] = 1
    count++
  }
  return { isOffered, count, licences, uses }
}

/** Takes away the works that have 1; the same when none of them was there. */
export function leaveOut(offered: OfferedWorks, left: Uint8Array): OfferedWorks {
  let count = 0
  const isOffered = offered.isOffered.slice()
  for (let work = 0; work < isOffered.length; work++) {
    if (left[work] === 1) isOffered[work] = 0
    count += isOffered[work] ?? 0
  }
  return count === offered.count ? offered : { ...offered, isOffered, count }
}

/** Takes away what isn't for an age; null = everything stays. */
export function keepForAge(
  offered: OfferedWorks,
  workAges: Uint8Array,
  limit: AgeLimit | null,
): OfferedWorks {
  if (limit === null) return offered
  const isOffered = offered.isOffered.map((is, work) =>
    is === 1 && isWithin(workAges[work] ?? UNRATED, limit) ? 1 : 0,
  )
  return { ...offered, isOffered, count: isOffered.reduce((sum, is) => sum + is, 0) }
}

/** One bit for each use. */
export function usesMask(uses: readonly Use[]): number {
  return USES.reduce((mask, use, index) => (uses.includes(use) ? mask | (1 << index) : mask), 0)
}

/** The works whose judgement should be made again on a day. */
export function dueWorks({ firstDays, recheckDays }: Offers, day: number): number[] {
  const due: number[] = []
  for (let work = 0; work < firstDays.length; work++)
    if (day < (firstDays[work] ?? 0) || day >= (recheckDays[work] ?? 0)) due.push(work)
  return due
}
