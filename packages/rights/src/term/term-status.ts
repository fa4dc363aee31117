import { type CalendarDate, firstDayOf, lastDayOf, yearOf } from '../calendar-date.ts'
import type { Confidence } from '../confidence.ts'
import { type Missing, missing } from '../missing.ts'
import { type Country, UNITED_STATES, isInEu, reaches } from '../territory.ts'
import { euTerm } from './eu-term.ts'
import {
  FIRST_FILM_YEAR,
  type TermFacts,
  type WorkFacts,
  plausibleFacts,
  verifiedFacts,
} from './term-facts.ts'
import type { TermRule } from './term-rule.ts'
import { type TermWindow, afterAll, openWindow } from './term-window.ts'
import { usTerm } from './us-term.ts'

/** Whether the protection of a work has ended in a country on a day, and by which rules. */
export type TermStatus =
  | {
      readonly kind: 'public-domain'
      /** The first day on which it's sure that it's free. */
      readonly since: CalendarDate
      readonly rules: readonly TermRule[]
      /** `low` when it rests on a fact that nobody checked, `medium` when somebody noted a doubt. */
      readonly confidence: Confidence
      /** What would make it more certain. */
      readonly missing: readonly Missing[]
      readonly doubts: readonly string[]
    }
  | {
      readonly kind: 'protected'
      /** The last day of protection; `null` when no end is known, as while an author lives. */
      readonly until: CalendarDate | null
      /** Whether it ends on that very day; otherwise it may last longer. */
      readonly isExact: boolean
      readonly rules: readonly TermRule[]
      /** `low` when it rests on a fact that nobody checked. */
      readonly confidence: Confidence
    }
  | {
      readonly kind: 'unknown'
      /** The rules that may apply. */
      readonly rules: readonly TermRule[]
      readonly missing: readonly Missing[]
    }

/** Which parts of a film to count, by the component that they are. */
export type PartFilter = (component: 'underlying' | 'music') => boolean

/**
 * Whether a film, with the older works inside it, is in the public domain in a country on a day.
 *
 * It decides on checked facts alone where they suffice, and says so with little confidence where an
 * unchecked one is needed. Once public domain it stays so on every later day. Countries other than the
 * United States and the member states of the Union are `unknown`.
 *
 * @param counts parts to count; default all. Leave out those whose rights are settled otherwise.
 */
export function termStatus(
  facts: TermFacts,
  where: Country,
  date: CalendarDate,
  counts: PartFilter = () => true,
): TermStatus {
  return statusIn(facts, where, date, (read) => [
    termOf(read(facts.film), where, null),
    ...partWindows(facts, where, read, counts),
  ])
}

/** {@link termStatus} of the parts of one component alone. Without such a part it's `unknown`. */
export function partStatus(
  facts: TermFacts,
  component: 'underlying' | 'music',
  where: Country,
  date: CalendarDate,
): TermStatus {
  return statusIn(facts, where, date, (read) => {
    const windows = partWindows(facts, where, read, (each) => each === component)
    return windows.length > 0 ? windows : [openWindow([missing('term-facts')])]
  })
}

type Reading = (facts: WorkFacts) => WorkFacts

function partWindows(
  facts: TermFacts,
  where: Country,
  read: Reading,
  counts: PartFilter,
): readonly TermWindow[] {
  return facts.parts
    .filter((part) => counts(part.component))
    .map((part) => termOf(read(part.facts), where, part.title))
}

function termOf(given: WorkFacts, where: Country, of: string | null): TermWindow {
  const facts = plausibleFacts(given, of === null ? FIRST_FILM_YEAR : 1)
  if (where === UNITED_STATES) return usTerm(facts, of)
  return isInEu(where) ? euTerm(facts, where, of) : openWindow([missing('term-rule')])
}

function statusIn(
  facts: TermFacts,
  where: Country,
  date: CalendarDate,
  windows: (read: Reading) => readonly TermWindow[],
): TermStatus {
  const doubts = facts.doubts
    .filter(({ territory }) => reaches(territory, where))
    .map(({ text }) => text)
  const checked = afterAll(windows(verifiedFacts))
  const sure = statusOf(checked, date, doubts)
  if (sure.kind !== 'unknown') return sure
  const loose = statusOf(afterAll(windows((read) => read)), date, doubts)
  if (loose.kind === 'unknown') return { ...loose, missing: sure.missing }
  if (loose.kind === 'protected') return { ...loose, confidence: 'low' }
  return { ...loose, confidence: 'low', missing: sure.missing }
}

function statusOf(
  { earliestYear, latestYear, rules, missing: lacks }: TermWindow,
  date: CalendarDate,
  doubts: readonly string[],
): TermStatus {
  const year = yearOf(date)
  if (latestYear <= year) {
    const since = firstDayOf(Math.max(1, Math.ceil(latestYear)))
    const confidence = doubts.length > 0 ? 'medium' : 'high'
    return { kind: 'public-domain', since, rules, confidence, missing: [], doubts }
  }
  if (earliestYear <= year) return { kind: 'unknown', rules, missing: lacks }
  const until = endOfYear(earliestYear - 1)
  const isExact = until !== null && earliestYear === latestYear
  return { kind: 'protected', until, isExact, rules, confidence: 'high' }
}

/** The last day of a year, or `null` when the calendar has no such year. */
function endOfYear(year: number): CalendarDate | null {
  return Number.isInteger(year) && year <= 9999 ? lastDayOf(year) : null
}
