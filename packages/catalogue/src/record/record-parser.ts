import type { JsonObject, JsonValue } from '../json/json-pointer.ts'
import { isJsonList, isJsonObject } from '../json/json-pointer.ts'
import { parseStrictJson } from '../json/strict-json.ts'
import { RECORD_LIMITS } from '../limits.ts'
import { readHead } from '../schema/file-head.ts'
import { parseFields, throwIfAny } from '../schema/file-parser.ts'
import { CHANNEL_KINDS } from './donation-channel.ts'
import { recordProblems } from './record-rules.ts'
import { BASIS_KINDS } from './rights-entry.ts'
import {
  FORMAT_VERSION,
  type RecordFields,
  type WorkRecord,
  workRecordSchema,
} from './work-record.ts'

/** What a record file is for this reader. */
export type ParsedRecord =
  | {
      readonly kind: 'record'
      readonly record: WorkRecord
      /** Pointers of what only newer readers know; empty unless the record is newer than we are. */
      readonly leftOut: readonly string[]
    }
  /** Neither right nor wrong: it needs a reader of version `minVersion` (feed-format 2.3). */
  | { readonly kind: 'newer'; readonly version: number; readonly minVersion: number }

/** What is left out of a newer record when its kind is unknown; the kinds that are known. */
const KINDS: Readonly<Record<string, (element: JsonObject) => boolean>> = {
  releases: ({ kind }) => kind === 'release' || kind === 'legacy',
  donations: ({ kind }) => typeof kind === 'string' && CHANNEL_KINDS.includes(kind),
  rights: ({ basis }) => {
    const kind = basis !== undefined && isJsonObject(basis) ? basis.kind : undefined
    return typeof kind === 'string' && BASIS_KINDS.includes(kind)
  },
}

/**
 * Reads one record file of a stranger: sections 1 to 6 of docs/feed-format.md.
 *
 * Throws {@link CatalogueError}.
 */
export function parseRecord(bytes: Uint8Array): ParsedRecord {
  const value = parseStrictJson(bytes, RECORD_LIMITS)
  const head = readHead(value, 'matinee-record', FORMAT_VERSION)
  if (head.kind === 'closed')
    return { kind: 'newer', version: head.version, minVersion: head.minVersion }
  const isStrict = head.kind === 'known'
  const { given, dropped } = isStrict ? { given: head.fields, dropped: [] } : known(head.fields)
  const { fields, leftOut } = parseFields(workRecordSchema, given, isStrict)
  return { kind: 'record', record: judged(fields), leftOut: [...dropped, ...leftOut] }
}

/** The one place where a record is made. */
function judged(fields: RecordFields): WorkRecord {
  throwIfAny(recordProblems(fields))
  return fields as WorkRecord
}

/** feed-format 2.3: a newer record without the elements whose kind is unknown. */
function known(fields: JsonObject): { given: JsonObject; dropped: readonly string[] } {
  const dropped: string[] = []
  const kept = Object.entries(fields).map(([key, value]): [string, JsonValue] => {
    const isKnown = Object.hasOwn(KINDS, key) ? KINDS[key] : undefined
    if (isKnown === undefined || !isJsonList(value)) return [key, value]
    const elements = value.filter((element, index) => {
      const stays = !isJsonObject(element) || isKnown(element)
      if (!stays) dropped.push(`/${key}/${index}`)
      return stays
    })
    return [key, elements]
  })
  return { given: Object.fromEntries(kept), dropped }
}
