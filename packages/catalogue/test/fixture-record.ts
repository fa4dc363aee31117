import { readFileSync } from 'node:fs'
import assert from 'node:assert/strict'
import { type JsonValue, isJsonList, isJsonObject, keysOf } from '@matinee/catalogue'

/** Where the format's cases are. */
export const FIXTURES = new URL('../../../fixtures/feeds/', import.meta.url)

/** A case of records-invalid.json. */
export interface InvalidRecord {
  readonly step: string
  readonly row?: string
  readonly name: string
  readonly base?: string
  readonly set?: Readonly<Record<string, JsonValue>>
  readonly remove?: readonly string[]
  readonly text?: JsonValue
  readonly hex?: string
  readonly code: string
  readonly at: string
}

/** The parsed JSON of a file in fixtures/feeds/. */
export function readFixture(path: string): JsonValue {
  return JSON.parse(readFileSync(new URL(path, FIXTURES), 'utf8')) as JsonValue
}

/** The bytes of a valid record of fixtures/feeds/records/. */
export function recordBytes(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`records/${name}.json`, FIXTURES)))
}

/** Every case of records-invalid.json. */
export function invalidRecords(): readonly InvalidRecord[] {
  const file: unknown = readFixture('records-invalid.json')
  return (file as { readonly cases: readonly InvalidRecord[] }).cases
}

/** The file that a case describes. */
export function bytesOf(record: InvalidRecord): Uint8Array {
  if (record.hex !== undefined) return Uint8Array.fromHex(record.hex)
  const encoder = new TextEncoder()
  if (record.text !== undefined) return encoder.encode(expand(record.text) as string)
  return encoder.encode(JSON.stringify(edited(readFixture(`records/${record.base}.json`), record)))
}

/** JSON with fields set and removed. */
export function edited(
  value: JsonValue,
  { set = {}, remove = [] }: Pick<InvalidRecord, 'set' | 'remove'>,
): JsonValue {
  const copy = structuredClone(value)
  for (const [pointer, to] of Object.entries(set)) {
    const { parent, key } = locate(copy, pointer)
    if (Array.isArray(parent) && key === '-') parent.push(expand(to))
    else Object.assign(parent, { [key]: expand(to) })
  }
  for (const pointer of remove) {
    const { parent, key } = locate(copy, pointer)
    if (Array.isArray(parent)) parent.splice(Number(key), 1)
    else assert.ok(Reflect.deleteProperty(parent, key))
  }
  return copy
}

function locate(root: JsonValue, pointer: string): { parent: object; key: string } {
  const keys = keysOf(pointer) ?? []
  let parent: unknown = root
  for (const key of keys.slice(0, -1)) parent = Reflect.get(parent as object, key)
  assert.ok(typeof parent === 'object' && parent !== null, `${pointer} leads somewhere`)
  return { parent, key: keys.at(-1) ?? '' }
}

/** `$repeat`, `$list`, `$nest` and `$numbered` written out. */
export function expand(value: JsonValue): JsonValue {
  if (isJsonList(value)) return value.map(expand)
  if (!isJsonObject(value)) return value
  const { $repeat, $list, $nest, $numbered } = value
  if (isJsonList($repeat ?? null)) {
    const [text, times] = $repeat as [string, number]
    return text.repeat(times)
  }
  if (isJsonList($list ?? null)) {
    const [item, times] = $list as [JsonValue, number]
    return Array.from({ length: times }, () => expand(item))
  }
  if (typeof $nest === 'number') {
    let nested: JsonValue = {}
    for (let depth = 1; depth < $nest; depth++) nested = { in: nested }
    return nested
  }
  if (isJsonList($numbered ?? null)) {
    const [key, item, times] = $numbered as [string, JsonValue, number]
    return Object.fromEntries(Array.from({ length: times }, (_, n) => [languageLike(key, n), item]))
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, expand(each)]))
}

/** Keys that are language tags: `aaa`, `aab` … */
function languageLike(prefix: string, n: number): string {
  const letter = (index: number): string => String.fromCharCode(97 + index)
  return `${prefix}${letter(Math.floor(n / 26))}${letter(n % 26)}`
}
