import i18next, { type i18n } from 'i18next'
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react'
import english from './en.json'
import french from './fr.json'
import { pickLanguage, type Language } from './language.ts'
import type { Sentence, TextKey } from './text-key.ts'

const CHOICE_KEY = 'matinee.language'

/** The page's words. */
export interface Text {
  readonly language: Language
  /** The string of a key, in the page's language. */
  readonly say: (key: TextKey, values?: Sentence['values']) => string
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

/** Gives the page its words, in the viewer's language. */
export function TextProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [language, setLanguage] = useState(() =>
    pickLanguage(localStorage.getItem(CHOICE_KEY), navigator.languages),
  )
  const catalogue = useMemo(() => openCatalogue(language), [language])
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const text = useMemo<Text>(() => {
    const say: Text['say'] = (key, values) => catalogue.t(key, { ...values })
    return {
      language,
      say,
      saySentences: (sentences) => sentences.map(({ key, values }) => say(key, values)).join(' '),
      chooseLanguage(chosen) {
        localStorage.setItem(CHOICE_KEY, chosen)
        setLanguage(chosen)
      },
    }
  }, [catalogue, language])
  return <TextContext value={text}>{children}</TextContext>
}

function openCatalogue(language: Language): i18n {
  const catalogue = i18next.createInstance()
  void catalogue.init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: english }, fr: { translation: french } },
    keySeparator: false,
    nsSeparator: false,
    initAsync: false,
    // React puts text on the page as text.
    interpolation: { escapeValue: false },
  })
  return catalogue
}
