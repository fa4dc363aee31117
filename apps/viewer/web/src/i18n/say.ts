import type { Sentence, TextKey } from './text-key.ts'

/** The string of a key, its values put in; `count` chooses the plural. */
export type Say = (key: TextKey, values?: Sentence['values']) => string

/**
 * Speaks from a language's strings. Values are put in as they are: the page shows text as text.
 *
 * @param strings by key, with the endings of `Intl.PluralRules` where a count chooses
 */
export function createSay(language: string, strings: ReadonlyMap<string, string>): Say {
  const plurals = new Intl.PluralRules(language)
  return (key, values = {}) => {
    const { count } = values
    const form =
      typeof count === 'number' ? strings.get(`${key}_${plurals.select(count)}`) : undefined
    const text = form ?? strings.get(key) ?? key
    return text.replaceAll(/\{\{(\w+)\}\}/gu, (hole, name: string) => String(values[name] ?? hole))
  }
}
