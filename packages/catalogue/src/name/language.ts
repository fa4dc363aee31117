declare const languageBrand: unique symbol

/** A tag of BCP 47 with language, and perhaps script and region, in its usual case: `pt-BR`, `zh-Hant`. */
export type Language = string & { readonly [languageBrand]: true }

/** The language that a text is, or `null` (feed-format 3.6). `zxx` is "no words". */
export function parseLanguage(text: string): Language | null {
  const isTag = /^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?$/u.test(text)
  return isTag ? (text as Language) : null
}
