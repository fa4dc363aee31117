declare const countryBrand: unique symbol
declare const scopeBrand: unique symbol

/** Two capital letters of ISO 3166-1, also of a state that is no more (`SU`). */
export type CountryCode = string & { readonly [countryBrand]: true; readonly [scopeBrand]: true }
/** Where a rights entry holds: `worldwide`, `EU`, or a country. */
export type ScopeCode = string & { readonly [scopeBrand]: true }

/** The country that a text is, or `null` (feed-format 3.6). Doesn't know which codes are assigned. */
export function parseCountryCode(text: string): CountryCode | null {
  return /^[A-Z]{2}$/u.test(text) ? (text as CountryCode) : null
}

/** The scope that a text is, or `null` (feed-format 3.6). */
export function parseScopeCode(text: string): ScopeCode | null {
  return text === 'worldwide' ? (text as ScopeCode) : parseCountryCode(text)
}
