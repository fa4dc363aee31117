import {
  isJsonObject,
  parseLanguage,
  parseWorkId,
  type JsonObject,
  type JsonValue,
  type WorkId,
} from '@matinee/catalogue'
import { UsageError } from '../command.ts'
import type { Questions } from '../questions.ts'
import type { FilmFacts } from '../release/film-facts.ts'
import { readPair, readWord, type IntakeOptions } from './intake-options.ts'

/** What a work is, rights and files apart, as its record will say it. */
export interface IntakeFacts {
  readonly id: WorkId
  readonly title: string
  readonly year: number | null
  /** Of the sound; one at least. */
  readonly languages: readonly string[]
  /** The record's fields but for releases, images, chapters and rights. */
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
 * What options say of a work, else what `known` says, else what somebody answers. Throws {@link UsageError}.
 *
 * @param known fields of a record that is there, or of `--record`
 */
export async function readFacts(
  values: IntakeOptions,
  known: JsonObject,
  film: FilmFacts,
  questions: Questions,
): Promise<IntakeFacts> {
  const title = values.title ?? titleIn(known) ?? (await ask(questions, '--title', 'Title'))
  const id = await workId(values, known, title, questions)
  const year = values.year ?? (await knownOr(known, 'year', () => askYear(questions)))
  const titleLanguage = values['title-language']
  const languages = await spokenLanguages(values, known, film, questions)
  const translations = await translationsOf(values, known, languages[0] ?? 'en', questions)
  const fields = {
    ...known,
    type: 'matinee-record',
    version: 1,
    id,
    kind: values.kind ?? known['kind'] ?? usualKind(film),
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
    durationSeconds: Math.max(1, Math.round(film.durationSeconds)),
  }
  return { id, title, year: year === '' ? null : Number(year), languages, fields }
}

async function workId(
  values: IntakeOptions,
  known: JsonObject,
  title: string,
  questions: Questions,
): Promise<WorkId> {
  const usual = textIn(known, 'id') ?? idFrom(title)
  const text =
    values.id ??
    textIn(known, 'id') ??
    (await questions.ask({
      option: '--id',
      text: 'Its id in the feed, for ever',
      usual: usual === '' ? null : usual,
      fault: (said) =>
        parseWorkId(said) === null ? 'letters a–z, digits and single dashes' : null,
    }))
  const id = parseWorkId(text)
  if (id === null) throw new UsageError(`--id ${text} is not letters a–z, digits and single dashes`)
  return id
}

/** `Le Voyage dans la Lune` is `le-voyage-dans-la-lune`; empty when nothing of it is Latin. */
function idFrom(title: string): string {
  const plain = title
    .normalize('NFKD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase()
  return plain
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .slice(0, 60)
    .replaceAll(/^-+|-+$/gu, '')
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
  add(
    'title',
    values['title-in'].map((text) => readPair('--title-in', text)),
  )
  add(
    'synopsis',
    values.synopsis.map((text) => readPair('--synopsis', text)),
  )
  const hasSynopsis = Object.values(found).some((each) => 'synopsis' in each)
  if (hasSynopsis) return found
  const spoken = language === 'zxx' ? 'en' : language
  const text = `What it is about, in the language ${spoken}`
  const synopsis = await questions.ask({ option: '--synopsis', text, usual: '' })
  if (synopsis !== '') add('synopsis', [[spoken, synopsis]])
  return found
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

function ask(questions: Questions, option: string, text: string): Promise<string> {
  return questions.ask({ option, text, usual: null })
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

function titleIn(known: JsonObject): string | undefined {
  return textIn(objectIn(known, 'title'), 'text')
}

function textIn(fields: JsonObject, key: string): string | undefined {
  const value = fields[key]
  return typeof value === 'string' ? value : undefined
}

function textsIn(fields: JsonObject, key: string): string[] {
  const value = fields[key]
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}

function objectIn(fields: JsonObject, key: string): JsonObject {
  const value = fields[key]
  return value !== undefined && isJsonObject(value) ? value : {}
}
