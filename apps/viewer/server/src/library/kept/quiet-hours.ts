import type { QuietHours } from '#api'

const DAY_MINUTES = 24 * 60

/** Minutes since midnight, as a clock on the wall here says. */
export function minuteOfDay(wallMs: number): number {
  const now = new Date(wallMs)
  return now.getHours() * 60 + now.getMinutes()
}

/** Whether a minute of the day is in the quiet hours: from the first, up to the last and not in it. Equal ones = never. */
export function isQuiet(hours: QuietHours | null, minute: number): boolean {
  if (hours === null) return false
  const length = (hours.endMinute - hours.startMinute + DAY_MINUTES) % DAY_MINUTES
  const since = (minute - hours.startMinute + DAY_MINUTES) % DAY_MINUTES
  return since < length
}

/** What may be passed on at a minute of the day, in bytes a second; null = no limit. The slower of both counts. */
export function uploadLimit(
  everyHour: number | null,
  hours: QuietHours | null,
  minute: number,
): number | null {
  if (hours === null || !isQuiet(hours, minute)) return everyHour
  return Math.min(everyHour ?? Number.POSITIVE_INFINITY, hours.uploadBytesPerSecond)
}
