import type { CalendarDate } from '../calendar-date.ts'
import { COUNTRIES, type Country, EU_COUNTRIES, type Scope, isInEu } from '../territory.ts'
import { type RightsWork, type Verdict, verdict } from './verdict.ts'

/**
 * Where a work is offered on a day, for the card's row "Where": `worldwide` alone, or `EU` (when every
 * member state is among them) followed by countries, sorted by code. Empty = nowhere. Judges every
 * country: for one work's page, not for a list of thousands.
 */
export function placesOf(work: RightsWork, date: CalendarDate): readonly Scope[] {
  if (work.entries.length === 0) return []
  if (verdict(work, null, date).kind === 'offered') return ['worldwide']
  const countries = COUNTRIES.filter((each) => verdict(work, each, date).kind === 'offered')
  if (countries.length === COUNTRIES.length) return ['worldwide']
  const inEu = countries.filter(isInEu)
  if (inEu.length < EU_COUNTRIES.length) return countries
  return ['EU', ...countries.filter((each) => !isInEu(each))]
}

/** The one word on top of the card "May I watch and share this?". */
export const CARD_ANSWERS = ['yes', 'yes-but', 'depends', 'no-longer', 'no'] as const

/**
 * One of {@link CARD_ANSWERS}. `yes`: at most with credit, or the same licence for what one makes of it.
 * `yes-but`: something is forbidden, not settled, or asks for more. `depends`: not where the viewer is
 * (or it isn't known where), but elsewhere. `no-longer`: withdrawn. `no`: nowhere.
 */
export type CardAnswer = (typeof CARD_ANSWERS)[number]

/** The card of a work for a viewer. */
export interface RightsCard {
  readonly answer: CardAnswer
  readonly verdict: Verdict
  /** Where it's offered at all. */
  readonly places: readonly Scope[]
}

/** Everything that the card "May I watch and share this?" decides; the words are `message/`'s. */
export function rightsCard(
  work: RightsWork,
  territory: Country | null,
  date: CalendarDate,
): RightsCard {
  const judged = verdict(work, territory, date)
  const places = placesOf(work, date)
  return { answer: answerOf(judged, places), verdict: judged, places }
}

function answerOf(judged: Verdict, places: readonly Scope[]): CardAnswer {
  if (judged.kind === 'not-offered') {
    if (judged.refusal.kind === 'withdrawn') return 'no-longer'
    return places.length > 0 ? 'depends' : 'no'
  }
  const isPlain = Object.values(judged.permissions).every(
    (permission) =>
      permission.kind === 'yes' ||
      (permission.kind === 'yes-if' &&
        permission.conditions.every((each) => each === 'attribution' || each === 'share-alike')),
  )
  return isPlain ? 'yes' : 'yes-but'
}
