import type { Language } from './language.ts'

const formats = new Map<Language, Intl.ListFormat>()

/** `one`, `one and two`, `one, two, and three`, in the page's language; empty for none. */
export function listText(parts: readonly string[], language: Language): string {
  const [first = '', ...others] = parts
  // The first list of a page makes the browser read its rules: not for one that is none.
  if (others.length === 0) return first
  let format = formats.get(language)
  if (format === undefined) {
    format = new Intl.ListFormat(language)
    formats.set(language, format)
  }
  return format.format(parts)
}
