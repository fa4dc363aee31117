import {
  isJsonObject,
  parseLanguage,
  type JsonObject,
  type JsonValue,
  type WorkId,
} from '@matinee/catalogue'
import { UsageError } from '../command.ts'
import type { Questions } from '../questions.ts'
import type { FilmFacts } from '../release/film-facts.ts'
import { readPlacedText } from './episode-place.ts'
import type { IntakeName } from './intake-name.ts'
import { readPair, readWord, type FilmArgument, type IntakeOptions } from './intake-options.ts'
import { objectIn, textIn, textsIn } from './json-fields.ts'
import { placeInName } from './episode-place.ts'

/** What a work is, rights and files apart, as its record will say it. */
export interface IntakeFacts {
  readonly id: WorkId
  readonly title: string
  readonly year: number | null
  /** Of the sound; one at least. */
  readonly languages: readonly string[]
  /** The record's fields but for seasons, releases, images, chapters, rights and term; those are as they were. */
  readonly fields: JsonObject
}

/** From here on a film is a feature. */
const FEATURE_SECONDS = 40 * 60
const DONATION_FIELDS: Readonly<Record<string, string>> = {
  liberapay: 'account',
  'open-collective': 'account',
  'github-sponsors': 'account',
  lightning: 'address',
  'web-monetization': 'url',
  'payment-link': 'url',
  'funding-manifest': 'url',
}

/**
 * What kind of work the films are of: what was said, else what is known, else, when they have names of episodes, what
 * somebody answers; else it's a film, by its length. Throws {@link UsageError}.
 */
export async function readKind(
  values: IntakeOptions,
  { known }: IntakeName,
  films: readonly FilmArgument[],
  facts: FilmFacts,
  questions: Questions,
): Promise<string> {
  const isPlaced = films.some(({ place }) => place !== null)
  const said = values.kind ?? textIn(known, 'kind')
  if (isPlaced && said !== undefined && said !== 'series')
    throw new UsageError(`S1E2=FILM is for a series, and this is a ${said}`)
  if (said !== undefined || isPlaced) return said ?? 'series'
  if (!films.every(({ path }) => placeInName(path) !== null)) return usualKind(facts)
  const kinds = ['feature', 'short', 'series']
  const answer = await questions.ask({
    option: '--kind',
    text: `What it is: ${kinds.join(', ')}`,
    usual: usualKind(facts),
    fault: (text) => (kinds.includes(text) ? null : `one of ${kinds.join(', ')}`),
  })
  return answer
}

/** What options say of a work, else what is known of it, else what somebody answers. Throws {@link UsageError}. */
export async function readFacts(
  values: IntakeOptions,
  { id, title, known }: IntakeName,
  kind: string,
  film: FilmFacts,
  questions: Questions,
): Promise<IntakeFacts> {
  const year = values.year ?? (await knownOr(known, 'year', () => askYear(questions)))
  const titleLanguage = values['title-language']
  const languages = await spokenLanguages(values, known, film, questions)
  const translations = await translationsOf(values, known, languages[0] ?? 'en', questions)
  const fields = {
    ...known,
    type: 'matinee-record',
    version: 1,
    id,
    kind,
    title: {
      ...objectIn(known, 'title'),
      text: title,
      ...(titleLanguage === undefined ? {} : { language: titleLanguage }),
    },
    ...(year === '' ? {} : { year: wholeNumber('--year', String(year)) }),
    languages,
    translations,
    ...listOr(known, 'countries', values.country),
    ...listOr(known, 'genres', values.genre),
    ...listOr(known, 'people', values.person.map(personOf)),
    ...listOr(known, 'donations', values.donation.map(donationOf(values.payee))),
    ...idsOf(values, known),
    ...(kind === 'series'
      ? {}
      : { durationSeconds: Math.max(1, Math.round(film.durationSeconds)) }),
  }
  return { id, title, year: year === '' ? null : Number(year), languages, fields }
}

async function spokenLanguages(
  values: IntakeOptions,
  known: JsonObject,
  { sounds }: FilmFacts,
  questions: Questions,
): Promise<string[]> {
  const said = values.language.length > 0 ? values.language : textsIn(known, 'languages')
  if (said.length > 0) return said
  const usual = sounds.flatMap(({ language }) => language ?? [])[0] ?? null
  const answer = await questions.ask({
    option: '--language',
    text: 'Language spoken, as en or pt-BR; zxx = none',
    usual,
    fault: (text) => (parseLanguage(text) === null ? 'this is no language' : null),
  })
  return [answer]
}

async function translationsOf(
  values: IntakeOptions,
  known: JsonObject,
  language: string,
  questions: Questions,
): Promise<JsonObject> {
  const found: Record<string, JsonObject> = {}
  for (const [key, value] of Object.entries(objectIn(known, 'translations')))
    if (isJsonObject(value)) found[key] = value
  const add = (field: string, pairs: readonly (readonly [string, string])[]): void => {
    for (const [key, value] of pairs) found[key] = { ...found[key], [field]: value }
  }
  add('title', ofWhole('--title-in', values['title-in']))
  add('synopsis', ofWhole('--synopsis', values.synopsis))
  const hasSynopsis = Object.values(found).some((each) => 'synopsis' in each)
  if (hasSynopsis) return found
  const spoken = language === 'zxx' ? 'en' : language
  const text = `What it is about, in the language ${spoken}`
  const synopsis = await questions.ask({ option: '--synopsis', text, usual: '' })
  if (synopsis !== '') add('synopsis', [[spoken, synopsis]])
  return found
}

/** What isn't about a season or an episode. */
function ofWhole(option: string, texts: readonly string[]): readonly (readonly [string, string])[] {
  return texts
    .filter((text) => readPlacedText(text).place === null)
    .map((text) => readPair(option, text))
}

function usualKind({ durationSeconds }: FilmFacts): string {
  return durationSeconds >= FEATURE_SECONDS ? 'feature' : 'short'
}

/** `director=Mara Quill`, several roles joined by `+`. */
function personOf(text: string): JsonObject {
  const [roles, name] = readPair('--person', text)
  return { name, roles: roles.split('+') }
}

function donationOf(payee: string | undefined): (text: string) => JsonObject {
  return (text) => {
    const [kind, where] = readPair('--donation', text)
    const known = readWord('--donation', kind, Object.keys(DONATION_FIELDS))
    if (payee === undefined) throw new UsageError('--donation needs --payee: who is given to?')
    return { id: kind, kind, payee, [DONATION_FIELDS[known] ?? 'url']: where }
  }
}

function idsOf(values: IntakeOptions, known: JsonObject): JsonObject {
  const given = values['external-id'].map((text) => readPair('--external-id', text))
  const ids = { ...objectIn(known, 'ids'), ...Object.fromEntries(given) }
  return Object.keys(ids).length === 0 ? {} : { ids }
}

async function askYear(questions: Questions): Promise<string> {
  return await questions.ask({
    option: '--year',
    text: 'Year of its first publication',
    usual: '',
    fault: (said) => (/^\d{4}$/u.test(said) ? null : 'four digits'),
  })
}

function wholeNumber(option: string, text: string): number {
  if (!/^\d{1,9}$/u.test(text)) throw new UsageError(`${option} ${text} is no number`)
  return Number(text)
}

async function knownOr(
  known: JsonObject,
  key: string,
  otherwise: () => Promise<string>,
): Promise<string> {
  const value = known[key]
  return typeof value === 'number' || typeof value === 'string' ? String(value) : await otherwise()
}

function listOr(known: JsonObject, key: string, given: readonly JsonValue[]): JsonObject {
  const value = given.length > 0 ? given : known[key]
  return value === undefined ? {} : { [key]: value }
}
