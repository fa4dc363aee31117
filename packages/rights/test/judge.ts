import assert from 'node:assert/strict'
import {
  type CalendarDate,
  type Country,
  type NotOffered,
  type Offered,
  type RightsWork,
  verdict,
} from '../src/index.ts'
import { FRANCE, TODAY } from './entries.ts'

/** The offer that a work must get; in France, today. */
export function yes(given: RightsWork, where: Country | null = FRANCE, date = TODAY): Offered {
  const found = verdict(given, where, date)
  assert(found.kind === 'offered', `expected an offer: ${JSON.stringify(found)}`)
  return found
}

/** The refusal that a work must get. */
export function no(given: RightsWork, where: Country | null = FRANCE, date = TODAY): NotOffered {
  const found = verdict(given, where, date)
  assert(found.kind === 'not-offered', 'expected no offer')
  return found
}

/** What a refused work is missing, by kind. */
export function lacks(
  given: RightsWork,
  where: Country | null = FRANCE,
  date?: CalendarDate,
): string[] {
  return no(given, where, date).missing.map((each) => each.kind)
}
