import { DAY_MS } from '@matinee/base'
import { type CalendarDate, parseCalendarDate } from '@matinee/rights'
import { assert } from '@matinee/base'

/** Days since 1 January 1970 of a `YYYY-MM-DD`; negative before. */
export function dayNumber(date: string): number {
  return Math.round(Date.parse(`${date}T00:00:00Z`) / DAY_MS)
}

/** The day of a number; as {@link dayNumber}, in Greenwich. */
export function dayOf(number: number): CalendarDate {
  const date = parseCalendarDate(new Date(number * DAY_MS).toISOString().slice(0, 10))
  assert(date !== null, 'a day number is of a year with four digits')
  return date
}
