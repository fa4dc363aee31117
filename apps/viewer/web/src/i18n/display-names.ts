const makers = new Map<string, Intl.DisplayNames>()

/** A country (ISO 3166-1) in a language; the code itself when nobody knows it. */
export function countryName(code: string, inLanguage: string): string {
  return nameOf('region', code, inLanguage)
}

/** A language (BCP 47) in a language; the tag itself when nobody knows it. `zxx`, no words, isn't one. */
export function languageName(tag: string, inLanguage: string): string {
  return nameOf('language', tag, inLanguage)
}

/** A language's name in itself, as menus have it: `Français`, `Deutsch`. */
export function ownLanguageName(tag: string): string {
  return capitalised(nameOf('language', tag, tag), tag)
}

/** A language as BCP 47 writes it: `fr` of `fre`, `fra` or `FR`. What isn't a tag stays as it is. */
export function canonicalTag(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? tag
  } catch {
    return tag
  }
}

/** With a capital first, as at the start of a line. French writes its languages small. */
export function capitalised(text: string, inLanguage: string): string {
  const [first = ''] = text
  return first.toLocaleUpperCase(inLanguage) + text.slice(first.length)
}

function nameOf(type: 'region' | 'language', code: string, inLanguage: string): string {
  const key = `${type} ${inLanguage}`
  try {
    const maker = makers.get(key) ?? new Intl.DisplayNames(inLanguage, { type })
    makers.set(key, maker)
    return maker.of(code) ?? code
  } catch {
    // Not a code at all: a stranger wrote it, and it's shown as it is.
    return code
  }
}
