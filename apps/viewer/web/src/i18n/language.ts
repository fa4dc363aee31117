/**
 * Languages that the pages are whole in, each by its own name. German says “Sie” to the viewer, French
 * “vous”, Spanish “tú”, everywhere; their words are a cinema's and a neighbour's, not a manual's.
 */
export const LANGUAGES = [
  { code: 'de', name: 'Deutsch' },
  { code: 'en', name: 'English' },
  { code: 'es', name: 'Español' },
  { code: 'fr', name: 'Français' },
] as const

export type Language = (typeof LANGUAGES)[number]['code']

/** The viewer's choice of before, else the first of the browser's languages that we have, else English. */
export function pickLanguage(chosen: string | null, preferred: readonly string[]): Language {
  for (const wish of [chosen ?? '', ...preferred]) {
    const found = LANGUAGES.find(({ code }) => wish === code || wish.startsWith(`${code}-`))
    if (found !== undefined) return found.code
  }
  return 'en'
}
