import type { Signatures } from '@matinee/base'
import { canonicalJson } from '../json/canonical-json.ts'
import type { JsonObject } from '../json/json-pointer.ts'
import type { WorkId } from '../name/id.ts'
import { parseRecord } from '../record/record-parser.ts'
import { canonicalRecord } from '../record/record-writer.ts'
import type { WorkRecord } from '../record/work-record.ts'
import { openEnvelope } from '../signed/maker-envelope.ts'
import { refuse } from '../signed/tuf-json.ts'

/** A work as a publisher keeps it: a record, or the envelope of a maker who signed it. */
export type WorkSource =
  | { readonly kind: 'record'; readonly bytes: Uint8Array }
  | { readonly kind: 'envelope'; readonly bytes: Uint8Array }

/** A work that a role may put into a pack. */
export interface PublishedWork {
  readonly id: WorkId
  readonly record: WorkRecord
  /** Public keys of the makers who signed it, in hexadecimal digits; empty = none did. */
  readonly makers: readonly string[]
  /** What stands in the pack: the canonical form of the record, or of the envelope around it (feed-format 12.4). */
  readonly bytes: Uint8Array
}

/**
 * Reads a work that a publisher keeps, and brings it into the form that packs hold.
 *
 * @param file where it stands, for people
 *
 * Throws {@link CatalogueError} and {@link TrustError}.
 */
export function readWorkSource(
  source: WorkSource,
  file: string,
  crypto: Signatures,
): PublishedWork {
  if (source.kind === 'record') {
    const record = readableRecordOf(source.bytes, file)
    return { id: record.id, record, makers: [], bytes: canonicalRecord(record) }
  }
  const { payload, makers } = openEnvelope(source.bytes, 'matinee-record', file, crypto)
  const record = readableRecordOf(payload, file)
  // It was parsed strictly just now. Its signatures are about the payload, whatever stands around it.
  const envelope = JSON.parse(new TextDecoder().decode(source.bytes)) as JsonObject
  return { id: record.id, record, makers, bytes: canonicalJson(envelope) }
}

/** feed-format 2.7: what a newer program wrote isn't published by one that understands half of it. */
function readableRecordOf(bytes: Uint8Array, file: string): WorkRecord {
  const parsed = parseRecord(bytes)
  if (parsed.kind === 'newer') return refuse(file, 'version', 'needs a newer Matinee')
  if (parsed.leftOut.length > 0)
    refuse(file, 'version', 'says things that only a newer Matinee understands')
  return parsed.record
}
