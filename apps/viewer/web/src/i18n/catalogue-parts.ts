import type { Language } from './language.ts'

/** A language with its strings. */
export interface Catalogue {
  readonly language: Language
  readonly direction: 'ltr' | 'rtl'
  /** By key, with `_one`, `_other` … where a count chooses. Grows by the strings that come later. */
  readonly strings: ReadonlyMap<string, string>
}

type Strings = Readonly<Record<string, string>>
type Part = () => Promise<{ readonly default: Strings }>

const FIRST: Readonly<Record<Language, Part>> = {
  de: () => import('./de.json?first'),
  en: () => import('./en.json?first'),
  es: () => import('./es.json?first'),
  fr: () => import('./fr.json?first'),
}
const LATER: Readonly<Record<Language, Part>> = {
  de: () => import('./de.json?later'),
  en: () => import('./en.json?later'),
  es: () => import('./es.json?later'),
  fr: () => import('./fr.json?later'),
}

interface Opened {
  readonly language: Language
  readonly strings: Map<string, string>
  readonly change: (strings: ReadonlyMap<string, string>) => ReadonlyMap<string, string>
  later: Promise<void> | null
}

/** The one that the page speaks. */
let opened: Opened | null = null

/**
 * Opens what the first page says, and of another language all that was said before.
 *
 * @param change what becomes of the strings; default: nothing
 */
export async function openCatalogue(
  language: Language,
  change: Opened['change'] = (strings) => strings,
): Promise<Omit<Catalogue, 'direction'>> {
  const { default: first } = await FIRST[language]()
  const strings = new Map(change(new Map(Object.entries(first))))
  const needsLater = opened?.later !== null && opened !== null
  opened = { language, strings, change, later: null }
  if (needsLater) await openLaterStrings()
  return { language, strings }
}

/** The other strings, for a page that speaks of what the first one doesn't. They come once. */
export function openLaterStrings(): Promise<void> {
  const current = opened
  if (current === null) return Promise.resolve()
  current.later ??= LATER[current.language]().then(({ default: later }) => {
    for (const [key, text] of current.change(new Map(Object.entries(later))))
      current.strings.set(key, text)
  })
  return current.later
}
