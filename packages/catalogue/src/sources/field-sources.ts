import * as z from 'zod/mini'
import type { CatalogueProblem } from '../catalogue-error.ts'
import {
  type JsonValue,
  isJsonList,
  isJsonObject,
  pointerOf,
  valueAt,
} from '../json/json-pointer.ts'
import { parseStrictJson } from '../json/strict-json.ts'
import { SOURCES_LIMITS } from '../limits.ts'
import { parseWorkId } from '../name/id.ts'
import { FORMAT_VERSION } from '../record/work-record.ts'
import { line, list, parsed, pattern, someOf, versions, webAddress } from '../schema/field.ts'
import { readHead } from '../schema/file-head.ts'
import { parseFields, throwIfAny } from '../schema/file-parser.ts'
import type { Immutable } from '../schema/immutable.ts'
import { problem, repeated } from '../schema/problem.ts'

const sourceId = pattern(/^[a-z0-9][a-z0-9-]{0,39}$/u)
const source = { id: sourceId, note: z.optional(line(300)) }

/** feed-format 7.8. */
const sourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('page'), ...source, url: webAddress }),
  z.object({
    kind: z.literal('repository'),
    ...source,
    repository: pattern(/^[A-Za-z0-9_.-]{1,100}\/[A-Za-z0-9_.-]{1,100}$/u),
    commit: pattern(/^[0-9a-f]{7,64}$/u),
    path: line(300),
  }),
  z.object({ kind: z.literal('computed'), ...source }),
  z.object({ kind: z.literal('own'), ...source }),
])

/** feed-format 7.8. */
const fieldSourcesSchema = z.object({
  type: z.literal('matinee-sources'),
  ...versions,
  id: parsed('id', 'is no id', parseWorkId),
  sources: list(sourceSchema, 100),
  fields: list(
    z.object({ at: z.string(), from: someOf(sourceId, 10), note: z.optional(line(300)) }),
    2000,
  ),
})

/** Where each field of a record comes from, for people who review it. */
export type FieldSources = Immutable<z.output<typeof fieldSourcesSchema>>

/** Fields that say what the file is, not what is known about the work. */
const UNSOURCED: readonly string[] = ['/type', '/version', '/minVersion', '/id']

/**
 * Reads a file of sources and compares it with the JSON of its record: every pointer leads to a field.
 *
 * Throws {@link CatalogueError}.
 */
export function parseFieldSources(bytes: Uint8Array, record: JsonValue): FieldSources {
  const value = parseStrictJson(bytes, SOURCES_LIMITS)
  const head = readHead(value, 'matinee-sources', FORMAT_VERSION)
  if (head.kind !== 'known')
    throwIfAny([problem('version', '/version', 'is of a newer version than can be reviewed here')])
  const given = isJsonObject(value) ? value : {}
  const { fields } = parseFields(fieldSourcesSchema, given, true)
  const known = new Set(fields.sources.map(({ id }) => id))
  throwIfAny([
    ...repeated(
      fields.sources.map(({ id }) => id),
      (index) => `/sources/${index}/id`,
    ),
    ...fields.fields.flatMap(({ at, from }, index): CatalogueProblem[] => [
      ...(valueAt(record, at) === undefined
        ? [problem('reference', `/fields/${index}/at`, 'leads to no field of the record')]
        : []),
      ...from.flatMap((id, f) =>
        known.has(id)
          ? []
          : [problem('reference', `/fields/${index}/from/${f}`, 'is none of the sources')],
      ),
    ]),
  ])
  return fields
}

/** Pointers of the leaves of a record that no source stands for (feed-format 7.8). */
export function unsourcedFields(record: JsonValue, { fields }: FieldSources): string[] {
  const starts = new Set([...UNSOURCED, ...fields.map(({ at }) => at)])
  return leavesOf(record, []).flatMap((keys) => {
    const isSourced = keys.some((_, length) => starts.has(pointerOf(keys.slice(0, length + 1))))
    return isSourced ? [] : [pointerOf(keys)]
  })
}

/** The paths of all values that hold no others. */
function leavesOf(value: JsonValue, path: readonly PropertyKey[]): (readonly PropertyKey[])[] {
  if (isJsonList(value)) return value.flatMap((item, index) => leavesOf(item, [...path, index]))
  if (!isJsonObject(value)) return [path]
  return Object.entries(value).flatMap(([key, each]) => leavesOf(each, [...path, key]))
}
