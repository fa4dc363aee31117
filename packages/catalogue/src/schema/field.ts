import { parseCalendarDate } from '@matinee/rights'
import * as z from 'zod/mini'
import type { CatalogueCode } from '../catalogue-error.ts'

import { parseSha1, parseSha256 } from '../name/hash-text.ts'
import { type Language, parseLanguage } from '../name/language.ts'
import { parseCountryCode, parseScopeCode } from '../name/place.ts'
import { parseToken } from '../name/token.ts'
import { cleanLine, cleanParagraphs, countCharacters, isVisible } from '../text/clean-text.ts'
import { parseLink, parseTracker, parseWebAddress } from '../text/web-address.ts'

/** The parts that schemas of this package are made of. Their issues carry a {@link CatalogueCode}. */

/** What a custom issue carries, so that problem-list.ts can name it. */
export interface IssueParams {
  readonly code: CatalogueCode
  readonly why: string
}

/** A schema whose value is `T`, out of JSON. */
export type Schema<T> = z.ZodMiniType<T>

/** A text that `parse` takes, or the code. */
export function parsed<T>(code: CatalogueCode, why: string, parse: (text: string) => T | null) {
  return z.pipe(
    z.string(),
    z.transform((text: string, context): T => {
      const value = parse(text)
      if (value !== null) return value
      return refuse(context.issues, text, { code, why })
    }),
  )
}

/** Adds an issue with a code to those of a transformation; what it returns is never used. */
function refuse(issues: z.core.$ZodRawIssue[], input: unknown, params: IssueParams): never {
  issues.push({ code: 'custom', input, params: { ...params } })
  return z.NEVER
}

/** feed-format 3.1, 3.3: a cleaned text on one line. `cap` in code points. */
export function line(cap: number) {
  return cleanedText(cap, cleanLine)
}

/** feed-format 3.1, 3.3: a cleaned text of paragraphs. `cap` in code points. */
export function paragraphs(cap: number) {
  return cleanedText(cap, cleanParagraphs)
}

function cleanedText(cap: number, clean: (text: string) => string) {
  return z.pipe(
    z.string(),
    z.transform((raw: string, context): string => {
      const text = clean(raw)
      if (text.length > cap && countCharacters(text) > cap) {
        const why = `has more than ${cap} characters`
        return refuse(context.issues, raw, { code: 'text-too-long', why })
      }
      if (isVisible(text)) return text
      return refuse(context.issues, raw, { code: 'text-empty', why: 'has nothing to see in it' })
    }),
  )
}

/** A list that may be left out; then it's empty. */
export function list<S extends z.ZodMiniType>(item: S, cap: number) {
  return z._default(z.array(item).check(z.maxLength(cap)), () => [])
}

/** A list with at least one element. */
export function someOf<S extends z.ZodMiniType>(item: S, cap: number) {
  return z.array(item).check(z.minLength(1), z.maxLength(cap))
}

/** An object with a field for each language, which may be left out; then it's empty. */
export function byLanguage<S extends z.ZodMiniType>(value: S, cap: number) {
  const languages = z.record(language, value).check(
    z.superRefine((languagesGiven, context) => {
      if (Object.keys(languagesGiven).length <= cap) return
      const why = `has more than ${cap} languages`
      context.addIssue({ code: 'custom', params: { code: 'too-many-items', why } })
    }),
  )
  return z._default(languages, () => ({}) as Record<Language, never>)
}

/** A member of a closed vocabulary. */
export function oneOf<const T extends string>(members: readonly T[]) {
  return z.enum(members)
}

/** A text that a pattern describes. */
export function pattern(shape: RegExp) {
  return z.string().check(z.regex(shape))
}

/** A whole number between two, both included. */
export function whole(from: number, to: number) {
  return z.int().check(
    z.gte(from),
    z.lte(to),
    z.refine((value) => !Object.is(value, -0)),
  )
}

/** Seconds with fractions, from 0 up to a week. */
export const seconds = z.number().check(
  z.gte(0),
  z.lte(604_800),
  z.refine((value) => !Object.is(value, -0)),
)

/** Seconds of something that lasts. */
export const someSeconds = z.number().check(z.gt(0), z.lte(604_800))

/** feed-format 3.7. */
export const year = whole(1870, 2200)
/** feed-format 3.6. */
export const language = parsed('language', 'is no language tag', parseLanguage)
/** feed-format 3.6. */
export const country = parsed('country', 'is no country code', parseCountryCode)
/** feed-format 3.6. */
export const scope = parsed('scope', 'is neither worldwide, EU nor a country code', parseScopeCode)
/** feed-format 3.7. */
export const day = parsed('date', 'is no day of the calendar', parseCalendarDate)
/** feed-format 3.8. */
export const sha1 = parsed('hash', 'is no SHA-1 in small hexadecimal digits', parseSha1)
/** feed-format 3.8. */
export const sha256 = parsed('hash', 'is no SHA-256 in small hexadecimal digits', parseSha256)
/** feed-format 3.9. */
export const link = parsed('link', 'is no plain https: link', parseLink)
/** feed-format 3.9. */
export const webAddress = parsed('link', 'is no plain web address', parseWebAddress)
/** feed-format 3.9. */
export const tracker = parsed('link', 'is no tracker', parseTracker)
/** feed-format 2.6. */
export const token = parsed('value', 'is no word of a vocabulary', parseToken)
/** feed-format 6.2: an SPDX identifier, or `LicenseRef-…`. Whether it's known is not judged here. */
export const licence = pattern(/^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/u)

/** feed-format 2.1, 2.2: judged before the schema is asked. */
export const versions = {
  version: whole(1, Number.MAX_SAFE_INTEGER),
  minVersion: z.optional(whole(1, Number.MAX_SAFE_INTEGER)),
}
