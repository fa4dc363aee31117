import { assert } from '@matinee/base'

declare const calendarDate: unique symbol

/** A day of the calendar, `YYYY-MM-DD`, years 0001–9999, without a time zone. Compares as text. */
export type CalendarDate = string & { readonly [calendarDate]: true }

const FIRST_YEAR = 1
const LAST_YEAR = 9999
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** The day that a text names, or `null` when it isn't `YYYY-MM-DD` or there is no such day. */
export function parseCalendarDate(text: string): CalendarDate | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(text)
  if (!match) return null
  const [year, month, day] = match.slice(1).map(Number)
  if (year === undefined || month === undefined || day === undefined) return null
  if (year < FIRST_YEAR || day < 1 || day > daysIn(year, month)) return null
  return text as CalendarDate
}

/** The year of a day. */
export function yearOf(date: CalendarDate): number {
  return Number(date.slice(0, 4))
}

/** 1 January of a year. Asserts a whole number from 1 to 9999. */
export function firstDayOf(year: number): CalendarDate {
  return `${yearText(year)}-01-01` as CalendarDate
}

/** 31 December of a year. Asserts a whole number from 1 to 9999. */
export function lastDayOf(year: number): CalendarDate {
  return `${yearText(year)}-12-31` as CalendarDate
}

function yearText(year: number): string {
  const isYear = Number.isInteger(year) && year >= FIRST_YEAR && year <= LAST_YEAR
  assert(isYear, 'a calendar year is a whole number from 1 to 9999')
  return String(year).padStart(4, '0')
}

function daysIn(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return month === 2 && isLeap ? 29 : (MONTH_DAYS[month - 1] ?? 0)
}
