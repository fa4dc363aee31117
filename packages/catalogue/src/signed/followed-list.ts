import type { Signatures } from '@matinee/base'
import * as z from 'zod/mini'
import { CatalogueError } from '../catalogue-error.ts'
import { parseStrictJson } from '../json/strict-json.ts'
import { RECORD_LIMITS } from '../limits.ts'
import { parseListId, parseWorkId } from '../name/id.ts'
import { FORMAT_VERSION } from '../record/work-record.ts'
import { byLanguage, day, line, parsed, sha256, someOf, versions, whole } from '../schema/field.ts'
import { readHead } from '../schema/file-head.ts'
import { parseFields, throwIfAny } from '../schema/file-parser.ts'
import type { Immutable } from '../schema/immutable.ts'
import { problem } from '../schema/problem.ts'
import { openEnvelope } from './maker-envelope.ts'
import { type TrustRefusal, refusalOf } from './trust-error.ts'
import { refuse } from './tuf-json.ts'

/** feed-format 12.9. */
const listSchema = z.object({
  type: z.literal('matinee-list'),
  ...versions,
  id: parsed('id', 'is no id', parseListId),
  serial: whole(1, Number.MAX_SAFE_INTEGER),
  issued: day,
  translations: byLanguage(z.object({ title: line(120), note: z.optional(line(500)) }), 80),
  works: someOf(z.object({ feed: sha256, work: parsed('id', 'is no id', parseWorkId) }), 1000),
})

/** A list of works of several feeds, each known by its fingerprint, that somebody signed. */
export type FollowedList = Immutable<z.output<typeof listSchema>>

/** What a list's file is for this reader. */
export type ReadList =
  | { readonly kind: 'list'; readonly list: FollowedList }
  /** It needs a reader of version `minVersion` (feed-format 2.3). */
  | { readonly kind: 'newer'; readonly minVersion: number }
  | { readonly kind: 'refused'; readonly refusal: TrustRefusal }

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
  const file = 'list'
  try {
    const { payload, makers } = openEnvelope(bytes, 'matinee-list', file, crypto)
    if (!makers.includes(key))
      refuse(file, 'fingerprint', 'is not signed by the key that was accepted')
    const head = readHead(parseStrictJson(payload, RECORD_LIMITS), 'matinee-list', FORMAT_VERSION)
    if (head.kind === 'closed') return { kind: 'newer', minVersion: head.minVersion }
    const { fields } = parseFields(listSchema, head.fields, head.kind === 'known')
    if (Object.keys(fields.translations).length === 0)
      throwIfAny([problem('missing-field', '/translations', 'is missing')])
    if (known !== null && fields.id !== known.id)
      refuse(file, 'fingerprint', 'is another list of the same key')
    if (known !== null && fields.serial < known.serial)
      refuse(file, 'rollback', 'is older than the one that is known')
    return { kind: 'list', list: fields }
  } catch (error) {
    if (error instanceof CatalogueError)
      return { kind: 'refused', refusal: { code: error.code, file, why: error.message } }
    return { kind: 'refused', refusal: refusalOf(error) }
  }
}
