/** The languages in which the server itself speaks. */
export type ServerLanguage = 'de' | 'en' | 'es' | 'fr'

/** Which of these a tag asks for: French for every French, and so on; else English. */
export function serverLanguageOf(tag: string): ServerLanguage {
  const base = baseOf(tag)
  return base === 'de' || base === 'es' || base === 'fr' ? base : 'en'
}

/**
 * The language, of those that there are, that suits somebody best: the very tag, its plain language, another variant of it;
 * then the same for the next wish. Null when no wish is met.
 *
 * @param wanted tags, best first
 */
export function bestLanguage(there: readonly string[], wanted: readonly string[]): string | null {
  for (const wish of wanted) {
    const base = baseOf(wish)
    const found =
      there.find((tag) => tag === wish) ??
      there.find((tag) => tag === base) ??
      there.find((tag) => baseOf(tag) === base)
    if (found !== undefined) return found
  }
  return null
}

/** `pt-BR` → `pt`. */
function baseOf(tag: string): string {
  return tag.split('-', 1)[0] ?? tag
}
