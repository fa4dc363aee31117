import { assert } from '@matinee/base'
import { type CalendarDate, parseCalendarDate } from '@matinee/rights'

/** The day of a moment, in UTC. */
export function dayOf(ms: number): CalendarDate {
  const day = parseCalendarDate(new Date(ms).toISOString().slice(0, 10))
  assert(day !== null, 'a moment has a day')
  return day
}
