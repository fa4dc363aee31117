import type { TonightReason } from '#api'
import type { CalendarDate } from '@matinee/rights'
import type { WorkSummary } from '@matinee/catalogue'
import { addressOf } from '../work-address.ts'
import { dayChance } from './day-order.ts'

/** A film that might be shown, and what the viewer has to do with it. */
export interface TonightCandidate {
  readonly work: WorkSummary
  /** Begun, or seen to its end. */
  readonly isKnown: boolean
  readonly isFavourite: boolean
  /** Titles of the curated lists that it's on, in the viewer's language. */
  readonly lists: readonly string[]
}

/** What the pick rests on. */
export interface TonightNight {
  readonly day: CalendarDate
  /** Ids that were refused already. */
  readonly skip: ReadonlySet<string>
  /** Of what the viewer has watched; null = nothing yet. */
  readonly seenCountries: ReadonlySet<string> | null
}

const SHORT_MINUTES = 20
const NEW_DAYS = 7
const DAY_MS = 86_400_000

/** How much a reason counts beside the day's chance, which goes from 0 to 1. */
const WEIGHTS: Readonly<Record<TonightReason['kind'], number>> = {
  favourite: 0.5,
  new: 0.4,
  anniversary: 0.35,
  list: 0.3,
  wordless: 0.2,
  elsewhere: 0.2,
  short: 0.15,
  'never-seen': 0,
}

/** One film for tonight and one reason, the same all day until it's refused; null = there is none left. */
export function pickTonight(
  candidates: readonly TonightCandidate[],
  night: TonightNight,
): { readonly work: WorkSummary; readonly reason: TonightReason } | null {
  const open = candidates.filter(
    ({ work, isKnown }) =>
      !isKnown &&
      work.kind !== 'series' &&
      !work.genres.includes('test') &&
      !night.skip.has(addressOf(work)),
  )
  const judged = open.map((candidate) => {
    const reason = reasonFor(candidate, night)
    const score = dayChance(night.day, addressOf(candidate.work)) + WEIGHTS[reason.kind]
    return { work: candidate.work, reason, score }
  })
  const [best] = judged.toSorted((a, b) => b.score - a.score)
  return best === undefined ? null : { work: best.work, reason: best.reason }
}

function reasonFor(
  { work, isFavourite, lists }: TonightCandidate,
  night: TonightNight,
): TonightReason {
  const [list] = lists
  const years = work.year === null ? 0 : Number(night.day.slice(0, 4)) - work.year
  const country = work.countries.find((each) => night.seenCountries?.has(each) === false)
  if (isFavourite) return { kind: 'favourite' }
  if (daysBetween(work.added, night.day) < NEW_DAYS) return { kind: 'new' }
  if (years >= 10 && (years % 10 === 0 || years % 25 === 0)) return { kind: 'anniversary', years }
  if (list !== undefined) return { kind: 'list', title: list }
  if (work.languages.length === 1 && work.languages[0] === 'zxx') return { kind: 'wordless' }
  if (country !== undefined) return { kind: 'elsewhere', country }
  const minutes = work.durationSeconds === null ? null : Math.ceil(work.durationSeconds / 60)
  if (minutes !== null && minutes <= SHORT_MINUTES) return { kind: 'short', minutes }
  return { kind: 'never-seen' }
}

/** Days from one to another; a day that is still to come counts as long ago. */
function daysBetween(from: string, to: CalendarDate): number {
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS
  return days < 0 ? Infinity : days
}
