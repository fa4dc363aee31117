import { assert } from '@matinee/base'
import { canonicalJson, readableJson } from '../json/canonical-json.ts'
import { type JsonValue, isJsonList, isJsonObject } from '../json/json-pointer.ts'
import { FORMAT_VERSION, type RecordFields, type WorkRecord } from './work-record.ts'

/** The canonical form of a record (feed-format 8): what two writers agree on to the byte. */
export function canonicalRecord(record: WorkRecord): Uint8Array {
  return canonicalJson(jsonOf(record))
}

/** A record as a file that people review: two spaces, fields in the order of docs/feed-format.md. */
export function readableRecord(record: WorkRecord): string {
  return readableJson(jsonOf(record))
}

/** feed-format 8.1: objects with a field for each language, which may be left out. */
const BY_LANGUAGE: ReadonlySet<string> = new Set(['translations', 'titles', 'alt'])

function jsonOf(record: RecordFields): JsonValue {
  // feed-format 2.7: what newer readers know of it is gone.
  assert(record.version <= FORMAT_VERSION, 'a record read leniently is never written')
  // Through text: a record is JSON but for the brands of its texts, and for fields that are undefined.
  return withoutEmpty(JSON.parse(JSON.stringify(record)) as JsonValue)
}

function withoutEmpty(value: JsonValue): JsonValue {
  if (isJsonList(value)) return value.map(withoutEmpty)
  if (!isJsonObject(value)) return value
  const kept = Object.entries(value).filter(([key, each]) => !isLeftOut(key, each))
  return Object.fromEntries(kept.map(([key, each]) => [key, withoutEmpty(each)]))
}

function isLeftOut(key: string, value: JsonValue): boolean {
  if (isJsonList(value)) return value.length === 0
  return BY_LANGUAGE.has(key) && isJsonObject(value) && Object.keys(value).length === 0
}
