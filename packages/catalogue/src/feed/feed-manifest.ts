import * as z from 'zod/mini'
import type { CatalogueProblem } from '../catalogue-error.ts'
import { parseStrictJson } from '../json/strict-json.ts'
import { MANIFEST_LIMITS } from '../limits.ts'
import { parseFeedId, parseListId, parseWorkId } from '../name/id.ts'
import { FORMAT_VERSION } from '../record/work-record.ts'
import { problem, repeated } from '../schema/problem.ts'
import {
  byLanguage,
  country,
  day,
  line,
  link,
  list,
  oneOf,
  paragraphs,
  parsed,
  pattern,
  sha256,
  someOf,
  token,
  versions,
  whole,
} from '../schema/field.ts'
import { readHead } from '../schema/file-head.ts'
import { parseFields, throwIfAny } from '../schema/file-parser.ts'
import type { Immutable } from '../schema/immutable.ts'

const RECORDS = 100_000
const workId = parsed('id', 'is no id', parseWorkId)
const email = pattern(/^[^\s@<>"',;:()[\]\\]{1,64}@[A-Za-z0-9.-]{1,190}$/u)

/** feed-format 7.2. */
const contactSchema = z.object({ email: z.optional(email), url: z.optional(link) })

/** feed-format 7.3. */
const recordEntrySchema = z.object({
  id: workId,
  sha256,
  length: whole(1, Number.MAX_SAFE_INTEGER),
  state: oneOf(['offered', 'candidate']),
  added: day,
  sourcesSha256: z.optional(sha256),
  waitsFor: list(token, 10),
})

/** feed-format 7.5. */
const workListSchema = z.object({
  id: parsed('id', 'is no id', parseListId),
  kind: token,
  translations: byLanguage(z.object({ title: line(120), note: z.optional(line(500)) }), 80),
  works: someOf(workId, 200),
})

/** feed-format 7.2, 7.5: what every feed says of itself. */
export const headFields = {
  type: z.literal('matinee-feed'),
  ...versions,
  id: parsed('id', 'is no id', parseFeedId),
  translations: byLanguage(
    z.object({ name: line(120), description: z.optional(paragraphs(2000)) }),
    80,
  ),
  operator: z.object({ name: line(200), country: z.optional(country) }),
  contact: z.nullable(contactSchema),
  issued: day,
  lists: list(workListSchema, 200),
}

const manifestSchema = z.object({
  ...headFields,
  trust: z.literal('bundled'),
  records: list(recordEntrySchema, RECORDS),
})

/** What a feed says of itself and of its records. `contact` `null`: there is none yet. */
export type FeedManifest = Immutable<z.output<typeof manifestSchema>>
/** One record of a feed: its file's hash, and whether its work is offered or still being prepared. */
export type FeedEntry = FeedManifest['records'][number]
/** A programme of works, such as a double bill. */
export type WorkList = FeedManifest['lists'][number]

/** What a manifest is for this reader. */
export type ParsedManifest =
  | { readonly kind: 'manifest'; readonly manifest: FeedManifest }
  /** It needs a reader of version `minVersion` (feed-format 2.3). */
  | { readonly kind: 'newer'; readonly version: number; readonly minVersion: number }

/**
 * Reads the manifest of a bundled feed: feed-format 7.2, 7.3, 7.5, without the files it names.
 *
 * Throws {@link CatalogueError}.
 */
export function parseManifest(bytes: Uint8Array): ParsedManifest {
  const head = readHead(parseStrictJson(bytes, MANIFEST_LIMITS), 'matinee-feed', FORMAT_VERSION)
  if (head.kind === 'closed')
    return { kind: 'newer', version: head.version, minVersion: head.minVersion }
  const { fields } = parseFields(manifestSchema, head.fields, head.kind === 'known')
  const ids = new Set(fields.records.map(({ id }) => id))
  throwIfAny([
    ...entryProblems(fields),
    ...headProblems(fields),
    ...fields.lists.flatMap(({ works }, l) =>
      works.flatMap((id, w) =>
        ids.has(id)
          ? []
          : [problem('reference', `/lists/${l}/works/${w}`, 'is no record of this feed')],
      ),
    ),
  ])
  return { kind: 'manifest', manifest: fields }
}

/** What is wrong with what a feed says of itself, all fields taken together: feed-format 7.2, 7.5. */
export function headProblems({
  translations,
  contact,
  lists,
}: Pick<FeedManifest, 'translations' | 'contact' | 'lists'>): CatalogueProblem[] {
  return [
    ...repeated(
      lists.map(({ id }) => id),
      (index) => `/lists/${index}/id`,
    ),
    ...lists.flatMap(({ works }, l) => repeated(works, (index) => `/lists/${l}/works/${index}`)),
    ...(Object.keys(translations).length === 0
      ? [problem('missing-field', '/translations', 'is missing')]
      : []),
    ...(contact !== null && Object.keys(contact).length === 0
      ? [problem('missing-field', '/contact', 'has neither email nor url')]
      : []),
  ]
}

function entryProblems({ records }: FeedManifest): CatalogueProblem[] {
  return [
    ...repeated(
      records.map(({ id }) => id),
      (index) => `/records/${index}/id`,
    ),
    ...records.flatMap(({ state, waitsFor }, index) =>
      state === 'offered' && waitsFor.length > 0
        ? [problem('value', `/records/${index}/waitsFor`, 'is for candidates only')]
        : [],
    ),
  ]
}
