import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react'
import { openCatalogue, type Catalogue } from './catalogue-parts.ts'
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

/** The strings of the viewer's language; only these are fetched. `?language=qps-rtl` is for looking at the layout. */
export async function openFirstCatalogue(): Promise<Catalogue> {
  if (new URLSearchParams(location.search).get('language') === 'qps-rtl') {
    const { pseudoStrings } = await import('./pseudo-catalogue.ts')
    return { ...(await openCatalogue('en', pseudoStrings)), direction: 'rtl' }
  }
  const language = pickLanguage(localStorage.getItem(CHOICE_KEY), navigator.languages)
  return { ...(await openCatalogue(language)), direction: 'ltr' }
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
        void openCatalogue(chosen).then((found) => setCatalogue({ ...found, direction: 'ltr' }))
      },
    }
  }, [strings, language])
  return <TextContext value={text}>{children}</TextContext>
}
