import { assert } from '@matinee/base'

declare const countryBrand: unique symbol

/** A country by its officially assigned ISO 3166-1 alpha-2 code, upper case. */
export type Country = string & { readonly [countryBrand]: true }

/**
 * Where a rights entry holds: everywhere, in every member state of the European Union (ISO 3166-1
 * reserves `EU` for it), or in one country. It doesn't reach territories that have a code of their
 * own (Puerto Rico, Réunion): those need an entry, which is the cautious way to be wrong.
 */
export type Scope = 'worldwide' | 'EU' | Country

const CODES = `
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT
BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH
ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT
HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS
LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI
NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG
SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG
UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW`

/** Every country, sorted by code: 249 of them. */
export const COUNTRIES: readonly Country[] = CODES.trim().split(/\s+/u) as Country[]

const known: ReadonlySet<string> = new Set(COUNTRIES)

/** The country of a code in any case, or `null` when the code isn't assigned. */
export function parseCountry(text: string): Country | null {
  const code = text.toUpperCase()
  return known.has(code) ? (code as Country) : null
}

/** The country of a code that our own source names. Asserts that it's assigned. */
export function country(code: string): Country {
  const parsed = parseCountry(code)
  assert(parsed !== null, 'a country in the source has an assigned code')
  return parsed
}

/** The United States. */
export const UNITED_STATES: Country = country('US')

/** The 27 member states of the European Union, sorted. */
export const EU_COUNTRIES: readonly Country[] = `
AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK`
  .trim()
  .split(/\s+/u)
  .map(country)

const members: ReadonlySet<string> = new Set(EU_COUNTRIES)

/** Whether a country is a member state of the European Union. */
export function isInEu(where: string): boolean {
  return members.has(where)
}

/** `worldwide`, `EU` or a country's code (in any case), or `null`. */
export function parseScope(text: string): Scope | null {
  if (text === 'worldwide' || text === 'EU') return text
  return parseCountry(text)
}

/** Whether a scope reaches a country; with `null` (not known which), only `worldwide` does. */
export function reaches(scope: Scope, where: Country | null): boolean {
  if (scope === 'worldwide') return true
  if (where === null) return false
  return scope === 'EU' ? isInEu(where) : scope === where
}
