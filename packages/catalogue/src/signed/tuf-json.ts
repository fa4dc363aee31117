import { assert, utf8Bytes } from '@matinee/base'
import { CatalogueError } from '../catalogue-error.ts'
import { type JsonObject, type JsonValue, isJsonList, isJsonObject } from '../json/json-pointer.ts'
import { parseStrictJson } from '../json/strict-json.ts'
import type { JsonLimits } from '../limits.ts'
import { TrustError, type TrustRefusal } from './trust-error.ts'

/** feed-format 10.2: keys of TUF are also `_type`, paths and names of files. `__proto__` is none. */
const KEY = /^(?:_type|[A-Za-z0-9][A-Za-z0-9._:/-]{0,255})$/u

/**
 * One JSON object of TUF, each number in it whole (feed-format 10.2).
 *
 * Throws {@link TrustError}.
 */
export function parseTufJson(bytes: Uint8Array, limits: JsonLimits, file: string): JsonObject {
  const value = strictJson(bytes, limits, file)
  if (!isJsonObject(value)) return refuse(file, 'wrong-type', 'is no object')
  // Floats have no canonical form.
  if (!hasWholeNumbers(value)) refuse(file, 'value', 'holds a number that is not whole')
  return value
}

function strictJson(bytes: Uint8Array, limits: JsonLimits, file: string): JsonValue {
  try {
    return parseStrictJson(bytes, limits, KEY)
  } catch (error) {
    if (error instanceof CatalogueError)
      return refuse(file, error.code, error.problems[0]?.why ?? error.message)
    throw error
  }
}

/**
 * The bytes of a value in the canonical form that TUF signs: keys sorted, no white space, and only `"` and `\` escaped.
 * Keys are ASCII, so that every way of sorting them is the same.
 */
export function tufCanonicalJson(value: JsonValue): Uint8Array {
  return utf8Bytes(canonical(value))
}

function canonical(value: JsonValue): string {
  if (typeof value === 'string') return quoted(value)
  if (isJsonList(value)) return `[${value.map(canonical).join(',')}]`
  if (isJsonObject(value)) {
    const members = Object.keys(value)
      .sort()
      .map((key) => `${quoted(key)}:${canonical(value[key] ?? null)}`)
    return `{${members.join(',')}}`
  }
  assert(typeof value !== 'number' || isWhole(value), 'only whole numbers are signed')
  return String(value)
}

function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/gu, String.raw`\$&`)}"`
}

function hasWholeNumbers(value: JsonValue): boolean {
  if (typeof value === 'number') return isWhole(value)
  if (isJsonList(value)) return value.every(hasWholeNumbers)
  return !isJsonObject(value) || Object.values(value).every(hasWholeNumbers)
}

function isWhole(value: number): boolean {
  return Number.isSafeInteger(value) && !Object.is(value, -0)
}

/** Throws a {@link TrustError} about a file. */
export function refuse(file: string, code: TrustRefusal['code'], why: string): never {
  throw new TrustError({ code, file, why })
}
