import { CatalogueError, type CatalogueCode } from '../catalogue-error.ts'
import { type JsonObject, type JsonValue, isJsonObject } from '../json/json-pointer.ts'

/** Which version a file has, judged before any other field is looked at (feed-format 2). */
export type FileHead =
  /** A file of our version or an older one: read strictly. */
  | { readonly kind: 'known'; readonly fields: JsonObject }
  /** A newer file that is open to us: read leniently. */
  | { readonly kind: 'open'; readonly fields: JsonObject }
  /** A newer file that isn't for us. */
  | { readonly kind: 'closed'; readonly version: number; readonly minVersion: number }

/**
 * Reads type and version of a file. `type` is what it must be, `reader` the newest version we know.
 *
 * Throws {@link CatalogueError} `type`, `version` or `envelope`.
 */
export function readHead(value: JsonValue, type: string, reader: number): FileHead {
  // feed-format 2.1
  if (!isJsonObject(value)) refuse('type', '', 'is not an object')
  const { type: given, version, minVersion = version } = value
  // feed-format 9.1: whoever reads envelopes has opened it before.
  if (given === 'matinee-envelope') refuse('envelope', '/type', 'is an envelope where none may be')
  if (given !== type) refuse('type', '/type', `is not ${type}`)
  if (!isVersion(version)) refuse('version', '/version', 'is no version')
  // feed-format 2.2
  if (!isVersion(minVersion) || minVersion > version)
    refuse('version', '/minVersion', 'is no version up to the own one')
  // feed-format 2.3
  if (minVersion > reader) return { kind: 'closed', version, minVersion }
  return { kind: version > reader ? 'open' : 'known', fields: value }
}

function isVersion(value: JsonValue | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1
}

function refuse(code: CatalogueCode, at: string, why: string): never {
  throw new CatalogueError({ code, at, why })
}
