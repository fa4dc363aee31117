/** Reading the fields of a record that isn't one yet. Pure. */
import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from '@matinee/catalogue'

/** A text, or `undefined`. */
export function textIn(fields: JsonObject, key: string): string | undefined {
  const value = fields[key]
  return typeof value === 'string' ? value : undefined
}

/** The texts of a list; empty when there is none. */
export function textsIn(fields: JsonObject, key: string): string[] {
  return listIn(fields, key).filter((each) => typeof each === 'string')
}

/** An object; empty when there is none. */
export function objectIn(fields: JsonObject, key: string): JsonObject {
  const value = fields[key]
  return value !== undefined && isJsonObject(value) ? value : {}
}

/** The objects of a list. */
export function objectsIn(fields: JsonObject, key: string): JsonObject[] {
  return listIn(fields, key).filter(isJsonObject)
}

/** A list; empty when there is none. */
export function listIn(fields: JsonObject, key: string): readonly JsonValue[] {
  const value = fields[key]
  return value !== undefined && isJsonList(value) ? value : []
}
