/** `21 Nov 2026`: the day before the month, as everywhere on the pages. */
export function dayText(date: Date, language: string): string {
  const place = language === 'en' ? 'en-GB' : language
  return new Intl.DateTimeFormat(place, { dateStyle: 'medium' }).format(date)
}

/** The same of a date without a time, `YYYY-MM-DD`, wherever on earth it's read; as it came, when it isn't one. */
export function dateText(date: string, language: string): string {
  const at = Date.parse(`${date}T00:00:00Z`)
  if (Number.isNaN(at)) return date
  const place = language === 'en' ? 'en-GB' : language
  return new Intl.DateTimeFormat(place, { dateStyle: 'medium', timeZone: 'UTC' }).format(at)
}
