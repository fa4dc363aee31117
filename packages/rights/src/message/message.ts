import type { CalendarDate } from '../calendar-date.ts'
import type { Missing } from '../missing.ts'
import type { Permission } from '../permission.ts'
import type { Scope } from '../territory.ts'
import type { Refusal } from '../verdict/verdict.ts'
import { ENGLISH, type RightsMessageKey, type RightsMessages } from './english.ts'
import { FRENCH } from './french.ts'
import { GERMAN } from './german.ts'
import { SPANISH } from './spanish.ts'

/** The languages in which this package speaks. */
export type RightsLanguage = 'de' | 'en' | 'es' | 'fr'

/** Every message in every language; a page may hand these to i18next as they are. */
export const RIGHTS_MESSAGES: Readonly<Record<RightsLanguage, RightsMessages>> = {
  de: GERMAN,
  en: ENGLISH,
  es: SPANISH,
  fr: FRENCH,
}

/** A message with its values filled in. A value that isn't given stays as it is written. */
export function rightsText(
  language: RightsLanguage,
  key: RightsMessageKey,
  values: Readonly<Record<string, string>> = {},
): string {
  return RIGHTS_MESSAGES[language][key].replaceAll(/\{\{(\w+)\}\}/gu, (written, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? written) : written,
  )
}

/** `yes, with credit, without payment`. */
export function permissionText(language: RightsLanguage, permission: Permission): string {
  const key = `rights.permission.${permission.kind}` as const
  if (permission.kind !== 'yes-if') return rightsText(language, key)
  const conditions = permission.conditions
    .map((condition) => rightsText(language, `rights.condition.${condition}`))
    .join(', ')
  return rightsText(language, key, { conditions })
}

/** What is missing, as the end of "We don't know yet …": `when Henrik Galeen died`. */
export function missingText(language: RightsLanguage, missing: Missing): string {
  const text = plainMissingText(language, missing)
  const { of } = missing
  return of === null ? text : rightsText(language, 'rights.missing-of', { missing: text, of })
}

function plainMissingText(language: RightsLanguage, missing: Missing): string {
  if (missing.kind === 'author') {
    const role = rightsText(language, `rights.role.${missing.role}`)
    return rightsText(language, 'rights.missing.author', { role })
  }
  if (missing.kind === 'death') {
    return rightsText(language, 'rights.missing.death', { name: missing.name })
  }
  return rightsText(language, `rights.missing.${missing.kind}`)
}

/** Why a work isn't offered, in one sentence. */
export function refusalText(language: RightsLanguage, refusal: Refusal): string {
  if (refusal.kind !== 'protected') return rightsText(language, `rights.refusal.${refusal.kind}`)
  const { until } = refusal
  if (until === null) return rightsText(language, 'rights.refusal.protected-open')
  return rightsText(language, 'rights.refusal.protected', { until: dateText(language, until) })
}

/** A day as people write it: `31 December 2046`. */
export function dateText(language: RightsLanguage, date: CalendarDate): string {
  const locale = language === 'en' ? 'en-GB' : language
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
  return format.format(new Date(`${date}T00:00:00Z`))
}

/** A scope's name: `Everywhere`, `European Union`, `États-Unis`. */
export function scopeText(language: RightsLanguage, scope: Scope): string {
  if (scope === 'worldwide') return rightsText(language, 'rights.place.worldwide')
  return new Intl.DisplayNames(language, { type: 'region' }).of(scope) ?? scope
}
