import { type Signatures, assert } from '@matinee/base'
import * as z from 'zod/mini'
import { CatalogueError } from '../catalogue-error.ts'
import { canonicalJson } from '../json/canonical-json.ts'
import type { JsonObject } from '../json/json-pointer.ts'
import { parseStrictJson } from '../json/strict-json.ts'
import { RECORD_LIMITS } from '../limits.ts'
import { parseSha256, type Sha256Text } from '../name/hash-text.ts'
import { parseListId, parseWorkId } from '../name/id.ts'
import { FORMAT_VERSION } from '../record/work-record.ts'
import {
  byLanguage,
  day,
  line,
  link,
  list,
  parsed,
  sha256,
  someOf,
  versions,
  whole,
} from '../schema/field.ts'
import { readHead } from '../schema/file-head.ts'
import { parseFields, throwIfAny } from '../schema/file-parser.ts'
import type { Immutable } from '../schema/immutable.ts'
import { problem, repeated } from '../schema/problem.ts'
import { ENVELOPE_LIMITS, openEnvelope } from './maker-envelope.ts'
import { type TrustRefusal, refusalOf } from './trust-error.ts'
import { refuse } from './tuf-json.ts'

/** The file of a list has no more bytes (feed-format 9.1). */
export const LIST_FILE_BYTES = ENVELOPE_LIMITS.bytes

/** feed-format 12.9. */
const listSchema = z.object({
  type: z.literal('matinee-list'),
  ...versions,
  id: parsed('id', 'is no id', parseListId),
  serial: whole(1, Number.MAX_SAFE_INTEGER),
  issued: day,
  curator: line(200),
  translations: byLanguage(z.object({ title: line(120), note: z.optional(line(500)) }), 80),
  mirrors: list(link, 20),
  works: someOf(
    z.object({
      feed: sha256,
      work: parsed('id', 'is no id', parseWorkId),
      notes: byLanguage(line(500), 80),
    }),
    1000,
  ),
})

/** A list of works of several feeds, each known by its fingerprint, that somebody signed. */
export type FollowedList = Immutable<z.output<typeof listSchema>>

/** A work on such a list: the fingerprint of its feed, its id there, and what the curator says of it by language. */
export type ListedWork = FollowedList['works'][number]

/** What a list's file is for this reader. */
export type ReadList =
  | { readonly kind: 'list'; readonly list: FollowedList }
  /** It needs a reader of version `minVersion` (feed-format 2.3). */
  | { readonly kind: 'newer'; readonly minVersion: number }
  | { readonly kind: 'refused'; readonly refusal: TrustRefusal }

/** A list that nobody accepted yet, with the key by which it would be followed. */
export type OfferedList =
  | { readonly kind: 'list'; readonly list: FollowedList; readonly key: Sha256Text }
  | Exclude<ReadList, { kind: 'list' }>

const FILE = 'list'

/**
 * Reads the file of a list that is followed by itself: feed-format 12.9.
 *
 * @param key the public key that the viewer accepted, 64 hexadecimal digits
 * @param known the list as it was read last; `null` = never
 */
export function readFollowedList(
  bytes: Uint8Array,
  key: string,
  known: FollowedList | null,
  crypto: Signatures,
): ReadList {
  return reading(() => {
    const { payload, makers } = openEnvelope(bytes, 'matinee-list', FILE, crypto)
    if (!makers.includes(key))
      refuse(FILE, 'fingerprint', 'is not signed by the key that was accepted')
    const read = parseList(payload)
    if (read.kind === 'list' && known !== null) refuseOther(read.list, known)
    return read
  })
}

/** Reads a list's file for somebody who hasn't accepted a key yet: it's shown under that of its first signature. */
export function readOfferedList(bytes: Uint8Array, crypto: Signatures): OfferedList {
  return reading(() => {
    const { payload, makers } = openEnvelope(bytes, 'matinee-list', FILE, crypto)
    const key = parseSha256(makers[0] ?? '')
    if (key === null) return refuse(FILE, 'fingerprint', 'is signed by nobody')
    const read = parseList(payload)
    return read.kind === 'list' ? { ...read, key } : read
  })
}

/** A list that is to be signed, as far as readers would take it. Throws {@link CatalogueError}. */
export function parseListDraft(draft: JsonObject): FollowedList {
  const read = parseList(canonicalJson({ ...draft, type: 'matinee-list', version: FORMAT_VERSION }))
  assert(read.kind === 'list', 'what is written in this version is read in it')
  return read.list
}

function parseList(payload: Uint8Array): Exclude<ReadList, { kind: 'refused' }> {
  const head = readHead(parseStrictJson(payload, RECORD_LIMITS), 'matinee-list', FORMAT_VERSION)
  if (head.kind === 'closed') return { kind: 'newer', minVersion: head.minVersion }
  const { fields } = parseFields(listSchema, head.fields, head.kind === 'known')
  throwIfAny([
    ...(Object.keys(fields.translations).length === 0
      ? [problem('missing-field', '/translations', 'is missing')]
      : []),
    ...repeated(
      fields.works.map(({ feed, work }) => `${feed} ${work}`),
      (index) => `/works/${index}`,
    ),
  ])
  return { kind: 'list', list: fields }
}

/** What may not stand in the place of the list that is known. */
function refuseOther(list: FollowedList, known: FollowedList): void {
  if (list.id !== known.id) refuse(FILE, 'fingerprint', 'is another list of the same key')
  if (list.serial < known.serial) refuse(FILE, 'rollback', 'is older than the one that is known')
  const isSame = JSON.stringify(list) === JSON.stringify(known)
  if (list.serial === known.serial && !isSame)
    refuse(FILE, 'version-reused', 'is another list under the serial of the one that is known')
}

function reading<T>(read: () => T): T | Extract<ReadList, { kind: 'refused' }> {
  try {
    return read()
  } catch (error) {
    if (error instanceof CatalogueError)
      return { kind: 'refused', refusal: { code: error.code, file: FILE, why: error.message } }
    return { kind: 'refused', refusal: refusalOf(error) }
  }
}
