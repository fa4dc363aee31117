declare const dayBrand: unique symbol

/** A day of the calendar, `YYYY-MM-DD`, without a time zone. Compares as text. */
export type Day = string & { readonly [dayBrand]: true }

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** The day that a text is, or `null` when there is no such day (feed-format 3.7). */
export function parseDay(text: string): Day | null {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text)) return null
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const days = month === 2 && isLeap ? 29 : (MONTH_DAYS[month - 1] ?? 0)
  return year >= 1 && day >= 1 && day <= days ? (text as Day) : null
}
