/**
 * Where a work is offered, judged once for all places, so that a query needs no verdict. A judgement
 * says for which days it holds: rights begin and end on days, and terms of protection on 1 January.
 */
import {
  COUNTRIES,
  EU_COUNTRIES,
  UNITED_STATES,
  type CalendarDate,
  type Country,
  type Offered,
  type RightsEntry,
  type RightsWork,
  type Verdict,
  isAllowed,
  isInEu,
  verdict,
} from '@matinee/rights'
import type { Release } from '../record/release.ts'
import { rightsWorkOf } from '../record/rights-work.ts'
import type { WorkRecord } from '../record/work-record.ts'
import { dayNumber } from './day-number.ts'

/** What a licence must let a viewer do, as a filter. */
export const USES = ['share', 'screen', 'remix'] as const
/** One of {@link USES}. */
export type Use = (typeof USES)[number]

/** An offer in some places. */
export interface Grant {
  /** `null` = everywhere, also where it isn't known where. */
  readonly places: readonly Country[] | null
  /** As in a work's summary. */
  readonly licence: string
  readonly uses: readonly Use[]
}

/** Where a work is offered, as judged on a day. */
export interface Offer {
  /** Empty = nowhere. No country stands in two of them. */
  readonly grants: readonly Grant[]
  /** The first day on which this holds, as a day number. */
  readonly firstDay: number
  /** From this day on another judgement might take the offer back. */
  readonly untilDay: number
  /** From this day on another judgement might be different; not behind `untilDay`. */
  readonly recheckDay: number
}

/** Before and behind all days. */
export const NEVER = 0x7fff_ffff
export const ALWAYS = -0x8000_0000

/** Judges a work for every place, by each of its releases: one that may be played is enough. */
export function offerOf(record: WorkRecord, date: CalendarDate): Offer {
  const works = distinctWorks(record)
  return { grants: grantsOf(works, date), ...daysOf(works, date) }
}

/** What verdicts are given, once for all releases that the same entries are about. */
function distinctWorks(record: WorkRecord): RightsWork[] {
  const works = new Map<string, RightsWork>()
  const about = (release: Release): string => {
    const { entries, releaseHashes } = rightsWorkOf(record, release)
    const hashes = new Set(releaseHashes)
    return entries
      .map(({ covers }) => covers === null || covers.some((hash) => hashes.has(hash)))
      .join()
  }
  // Without entries about some editions only, all releases are alike.
  const differ = record.rights.some(({ covers }) => covers.length > 0)
  for (const release of differ ? record.releases : record.releases.slice(0, 1)) {
    const key = about(release)
    if (!works.has(key)) works.set(key, rightsWorkOf(record, release))
  }
  return [...works.values()]
}

function grantsOf(works: readonly RightsWork[], date: CalendarDate): Grant[] {
  const everywhere = firstOffer(works, null, date)
  if (everywhere !== null) return [{ places: null, ...termsOf(everywhere) }]
  const grants = new Map<string, { places: Country[]; licence: string; uses: readonly Use[] }>()
  for (const { judge, all } of alikePlaces(works)) {
    const offered = firstOffer(works, judge, date)
    if (offered === null) continue
    const terms = termsOf(offered)
    const key = JSON.stringify(terms)
    const grant = grants.get(key)
    if (grant === undefined) grants.set(key, { places: [...all], ...terms })
    else grant.places.push(...all)
  }
  return [...grants.values()].map((grant) => ({ ...grant, places: grant.places.toSorted() }))
}

function firstOffer(
  works: readonly RightsWork[],
  where: Country | null,
  date: CalendarDate,
): Offered | null {
  for (const work of works) {
    const judged: Verdict = verdict(work, where, date)
    if (judged.kind === 'offered') return judged
  }
  return null
}

/** Countries that every verdict about these works treats alike, with the one to ask about. */
function alikePlaces(
  works: readonly RightsWork[],
): { readonly judge: Country; readonly all: readonly Country[] }[] {
  const entries = works.flatMap((work) => work.entries)
  const named = new Set<string>([UNITED_STATES])
  for (const { territories, except } of entries)
    for (const scope of [...territories, ...except]) named.add(scope)
  for (const { term } of works) for (const { territory } of term?.doubts ?? []) named.add(territory)
  // Terms differ from member state to member state.
  if (entries.some(isComputed)) for (const country of EU_COUNTRIES) named.add(country)
  const single = COUNTRIES.filter((country) => named.has(country))
  const others = COUNTRIES.filter((country) => !named.has(country))
  const groups = [
    others.filter((country) => isInEu(country)),
    others.filter((country) => !isInEu(country)),
  ]
  return [...single.map((country) => [country]), ...groups].flatMap((all) => {
    const [judge] = all
    return judge === undefined ? [] : [{ judge, all }]
  })
}

function isComputed({ basis }: RightsEntry): boolean {
  return basis.kind === 'public-domain-term'
}

function termsOf({ entry, permissions }: Offered): Omit<Grant, 'places'> {
  return { licence: licenceOf(entry), uses: USES.filter((use) => isAllowed(permissions[use])) }
}

function licenceOf({ basis }: RightsEntry): string {
  switch (basis.kind) {
    case 'licence':
      return basis.licence
    case 'submission':
      return basis.terms.kind === 'licence' ? basis.terms.licence : 'own-text'
    case 'rights-statement':
      return basis.statement
    case 'public-domain-term':
    case 'public-domain-mark':
    // Denials grant nothing, so no offer rests on one.
    case 'in-copyright':
    case 'disputed':
      return 'public-domain'
  }
}

function daysOf(works: readonly RightsWork[], date: CalendarDate): Omit<Offer, 'grants'> {
  const today = dayNumber(date)
  const entries = works.flatMap((work) => work.entries)
  const hard = entries.flatMap(({ from, until }) => [
    ...(from === null ? [] : [dayNumber(from)]),
    ...(until === null ? [] : [dayNumber(until) + 1]),
  ])
  const year = Number(date.slice(0, 4))
  // A term that has ended stays ended, so a new year gives, but never takes.
  const soft = entries.some(isComputed) ? [newYear(year), newYear(year + 1)] : []
  const all = [...hard, ...soft]
  return {
    firstDay: Math.max(ALWAYS, ...all.filter((day) => day <= today)),
    untilDay: Math.min(NEVER, ...hard.filter((day) => day > today)),
    recheckDay: Math.min(NEVER, ...all.filter((day) => day > today)),
  }
}

function newYear(year: number): number {
  return dayNumber(`${String(year).padStart(4, '0')}-01-01`)
}
