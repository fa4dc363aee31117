import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react'
import { pickLanguage, type Language } from './language.ts'
import { createSay, type Say } from './say.ts'
import type { Sentence } from './text-key.ts'

const CHOICE_KEY = 'matinee.language'

/** The page's words. */
export interface Text {
  readonly language: Language
  /** The string of a key, in the page's language. */
  readonly say: Say
  /** Sentences one after the other. */
  readonly saySentences: (sentences: readonly Sentence[]) => string
  readonly chooseLanguage: (language: Language) => void
}

const TextContext = createContext<Text | null>(null)

/** The page's words. Only inside a {@link TextProvider}. */
export function useText(): Text {
  const text = use(TextContext)
  if (text === null) throw new Error('bug: no TextProvider around this component')
  return text
}

/** A language with its strings. */
export interface Catalogue {
  readonly language: Language
  readonly direction: 'ltr' | 'rtl'
  /** By key, with `_one`, `_other` … where a count chooses. */
  readonly strings: ReadonlyMap<string, string>
}

/** The strings of the viewer's language; only these are fetched. `?language=qps-rtl` is for looking at the layout. */
export async function openFirstCatalogue(): Promise<Catalogue> {
  if (new URLSearchParams(location.search).get('language') === 'qps-rtl') {
    const { pseudoStrings } = await import('./pseudo-catalogue.ts')
    const english = await openCatalogue('en')
    return { ...english, direction: 'rtl', strings: pseudoStrings(english.strings) }
  }
  return openCatalogue(pickLanguage(localStorage.getItem(CHOICE_KEY), navigator.languages))
}

/** Gives the page its words, in the viewer's language. */
export function TextProvider({
  first,
  children,
}: {
  readonly first: Catalogue
  readonly children: ReactNode
}): ReactNode {
  const [{ language, direction, strings }, setCatalogue] = useState(first)
  useEffect(() => {
    document.documentElement.lang = language
    document.documentElement.dir = direction
  }, [language, direction])
  const text = useMemo<Text>(() => {
    const say = createSay(language, strings)
    return {
      language,
      say,
      saySentences: (sentences) => sentences.map(({ key, values }) => say(key, values)).join(' '),
      chooseLanguage(chosen) {
        localStorage.setItem(CHOICE_KEY, chosen)
        void openCatalogue(chosen).then(setCatalogue)
      },
    }
  }, [strings, language])
  return <TextContext value={text}>{children}</TextContext>
}

const STRINGS = {
  de: () => import('./de.json'),
  en: () => import('./en.json'),
  es: () => import('./es.json'),
  fr: () => import('./fr.json'),
} as const satisfies Record<Language, () => Promise<{ default: Readonly<Record<string, string>> }>>

async function openCatalogue(language: Language): Promise<Catalogue> {
  const { default: strings } = await STRINGS[language]()
  return { language, direction: 'ltr', strings: new Map(Object.entries(strings)) }
}
