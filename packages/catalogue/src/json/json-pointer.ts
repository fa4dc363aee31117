/** A value as JSON has it. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject

/** An object as JSON has it. */
export interface JsonObject {
  readonly [key: string]: JsonValue
}

/** JSON Pointer (RFC 6901) of a path of keys and indexes; empty for the whole. */
export function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${escapeKey(String(key))}`).join('')
}

function escapeKey(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** The keys of a JSON Pointer, or `null` when it isn't one. */
export function keysOf(pointer: string): readonly string[] | null {
  if (pointer === '') return []
  if (!pointer.startsWith('/') || /~(?![01])/u.test(pointer)) return null
  return pointer
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** Whether a value is an object, and neither `null` nor a list. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value at a JSON Pointer, or `undefined` when it leads nowhere. */
export function valueAt(root: JsonValue, pointer: string): JsonValue | undefined {
  const keys = keysOf(pointer)
  if (keys === null) return undefined
  let value: JsonValue | undefined = root
  for (const key of keys) value = value === undefined ? undefined : memberOf(value, key)
  return value
}

function memberOf(value: JsonValue, key: string): JsonValue | undefined {
  if (isJsonObject(value)) return Object.hasOwn(value, key) ? value[key] : undefined
  if (!isJsonList(value)) return undefined
  return /^(?:0|[1-9]\d{0,8})$/u.test(key) ? value[Number(key)] : undefined
}

/** Whether a value is a list. Says of a list that nobody may change it, which `Array.isArray` doesn't. */
export function isJsonList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value)
}
