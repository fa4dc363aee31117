import { utf8Bytes } from '@matinee/base'
import { type JsonValue, isJsonList, isJsonObject } from './json-pointer.ts'

/**
 * The bytes of a value by RFC 8785 (JSON Canonicalization Scheme): keys sorted by UTF-16 code units, no
 * white space, numbers and texts as ECMAScript writes them. The value holds neither NaN nor infinities
 * nor lone surrogates.
 */
export function canonicalJson(value: JsonValue): Uint8Array {
  return utf8Bytes(JSON.stringify(sorted(value)))
}

/** The same with two spaces, line breaks, and keys in their own order: for people who review. */
export function readableJson(value: JsonValue): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

function sorted(value: JsonValue): JsonValue {
  if (isJsonList(value)) return value.map(sorted)
  if (!isJsonObject(value)) return value
  const keys = Object.keys(value).sort()
  // Objects list keys that are whole numbers first, whatever their order: no field is named so.
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key] ?? null)]))
}
