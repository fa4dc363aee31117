/**
 * The list that a person writes: what is to be looked at, and what that person already knows of it. It is typed by
 * hand, so every mistake in it is named by its place.
 */
import {
  EXTERNAL_IDS,
  parseLanguage,
  parseStrictJson,
  parseWebAddress,
  parseWorkId,
  type Language,
  type WebAddress,
  type WorkId,
} from '@matinee/catalogue'
import { EVIDENCE_SPEAKERS } from '@matinee/rights'
import * as z from 'zod/mini'

/** Of a list; ten thousand candidates are more than anybody reviews. */
export const LIST_LIMITS = { bytes: 8 * 2 ** 20, depth: 8, values: 400_000 } as const

const text = (cap: number) => z.string().check(z.minLength(1), z.maxLength(cap))
const read = <T>(what: string, parse: (raw: string) => T | null) =>
  z.pipe(
    z.string(),
    z.transform((raw: string, context): T => {
      const value = parse(raw)
      if (value !== null) return value
      context.issues.push({ code: 'custom', input: raw, message: `is no ${what}` })
      return z.NEVER
    }),
  )
const workId = read('id of a work', parseWorkId)
const language = read('language tag', parseLanguage)
const address = read('web address', parseWebAddress)
const hex = (digits: number) => z.string().check(z.regex(new RegExp(`^[0-9a-f]{${digits}}$`, 'u')))
const speaker = z._default(z.enum(EVIDENCE_SPEAKERS), 'third-party' as const)
const list = <S extends z.ZodMiniType>(item: S, most: number) =>
  z._default(z.array(item).check(z.maxLength(most)), () => [])

/** Where something is, and what its bytes are if somebody said so. */
const fileSchema = z.strictObject({
  url: address,
  lengthBytes: z.optional(z.int().check(z.gte(1), z.lte(2 ** 50))),
  sha1: z.optional(hex(40)),
  md5: z.optional(hex(32)),
  sha256: z.optional(hex(64)),
})
const subtitleSchema = z.extend(fileSchema, { language })
/** A page that is kept as evidence, and whose word it is. */
const pageSchema = z.strictObject({ url: address, speaker })
const known = {
  title: z.optional(text(300)),
  titleLanguage: z.optional(language),
  year: z.optional(z.int().check(z.gte(1870), z.lte(2200))),
  workKind: z.optional(z.enum(['feature', 'short'])),
  languages: list(language, 40),
  creators: list(text(200), 20),
  /** As an identifier: what the person believes it is. */
  licence: z.optional(text(64)),
  evidence: list(pageSchema, 10),
}

const archiveSchema = z.strictObject({
  kind: z.literal('archive'),
  item: z.string().check(z.regex(EXTERNAL_IDS.internetArchive)),
  /** The film's name in the item, when it has several. */
  file: z.optional(text(400)),
  id: z.optional(workId),
  ...known,
})
const webSchema = z.strictObject({
  kind: z.literal('web'),
  id: workId,
  ...known,
  title: text(300),
  titleLanguage: language,
  film: fileSchema,
  subtitles: list(subtitleSchema, 60),
  licencePage: pageSchema,
})
const listSchema = z.strictObject({
  type: z.literal('matinee-candidates'),
  version: z.literal(1),
  candidates: z
    .array(z.discriminatedUnion('kind', [archiveSchema, webSchema]))
    .check(z.minLength(1), z.maxLength(10_000)),
})

/** An item of the Internet Archive, and what is known of it besides. */
export type ArchiveCandidate = z.output<typeof archiveSchema>
/** A film anywhere on the web, with the page on which its licence stands. */
export type WebCandidate = z.output<typeof webSchema>
/** Something to look at. */
export type Candidate = ArchiveCandidate | WebCandidate
/** A file of a {@link WebCandidate}. */
export type CandidateFile = WebCandidate['film']
/** A page of evidence. */
export type CandidatePage = {
  readonly url: WebAddress
  readonly speaker: (typeof EVIDENCE_SPEAKERS)[number]
}

/** The candidates, or what is wrong with the list: `place: why`. */
export type ParsedCandidates =
  | { readonly kind: 'candidates'; readonly candidates: readonly Candidate[] }
  | { readonly kind: 'refused'; readonly problems: readonly string[] }

const PROBLEMS = 20

/** Reads a list. Throws CatalogueError for what is no JSON. */
export function parseCandidates(bytes: Uint8Array): ParsedCandidates {
  const parsed = z.safeParse(listSchema, parseStrictJson(bytes, LIST_LIMITS))
  if (!parsed.success) {
    const problems = parsed.error.issues
      .slice(0, PROBLEMS)
      .map(({ path, message }) => `/${path.map(String).join('/')}: ${message}`)
    return { kind: 'refused', problems }
  }
  const keys = parsed.data.candidates.map(candidateKey)
  const twice = keys.filter((key, at) => keys.indexOf(key) !== at)
  if (twice.length > 0)
    return {
      kind: 'refused',
      problems: [...new Set(twice)].map((key) => `${key} stands there twice`),
    }
  return { kind: 'candidates', candidates: parsed.data.candidates }
}

/** A candidate that was found by a search: nothing is known of it. */
export function foundCandidate(item: string): ArchiveCandidate {
  return { kind: 'archive', item, languages: [], creators: [], evidence: [] }
}

/** What a candidate is called in the harvest: the name of its folder. */
export function candidateKey(candidate: Candidate): string {
  return candidate.kind === 'web' ? `web-${candidate.id}` : `archive-${candidate.item}`
}

/** The id that its work would have, made of a name; `null` when nothing is left of that. */
export function workIdOf(name: string): WorkId | null {
  const plain = name
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1-$2')
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .slice(0, 64)
    .replaceAll(/^-+|-+$/gu, '')
  return parseWorkId(plain)
}

/** `null` when nobody said so. */
export function orNull<T>(value: T | undefined): T | null {
  return value ?? null
}

/** A language that a person typed, or `und`: nobody said. */
export function languageOr(value: Language | undefined): string {
  return value ?? 'und'
}
