import { type JsonObject, isJsonObject } from '../json/json-pointer.ts'
import { CatalogueError } from '../catalogue-error.ts'
import { canonicalJson } from '../json/canonical-json.ts'
import { parseStrictJson } from '../json/strict-json.ts'
import type { JsonLimits } from '../limits.ts'
import { concatBytes, utf8Bytes } from '@matinee/base'
import { type CalendarDate, parseCalendarDate } from '@matinee/rights'
import { type WorkId, parseWorkId } from '../name/id.ts'
import { JsonFields } from './json-fields.ts'
import { refuse } from './tuf-json.ts'

/** A work as it's put into a pack. */
export interface PackedWork {
  readonly id: WorkId
  /** The day it came into the feed. */
  readonly added: CalendarDate
  /** Of its record, or of the envelope around it; without line breaks. */
  readonly bytes: Uint8Array
}

/** A work as it stands in a pack, not looked at yet. */
export interface PackLine extends PackedWork {
  /** What the state of a role's works is about: the day and the record, as they stand there. */
  readonly hashed: Uint8Array
}

/** What a pack is. */
export type PackHead =
  | { readonly kind: 'shard'; readonly works: number }
  | {
      readonly kind: 'delta'
      readonly works: number
      /** The edition that it changes, and the one that it makes of it. */
      readonly from: number
      readonly edition: number
      readonly removed: readonly WorkId[]
    }

/** A pack, uncompressed (feed-format 12.4). */
export interface WorkPack {
  readonly head: PackHead
  /** To be run once. Throws {@link TrustError} where the pack isn't laid out as one. */
  works(): Generator<PackLine, void>
}

const HEAD_LIMITS: JsonLimits = { bytes: 8 * 1024 * 1024, depth: 3, values: 100_100 }
const REMOVED = 100_000
const LINE_BREAK = 0x0a
const SPACE = 0x20
const ID_CHARACTERS = 64
const DATE_CHARACTERS = 10

/** Reads a pack. Throws {@link TrustError}. */
export function readPack(bytes: Uint8Array, file: string): WorkPack {
  const end = bytes.indexOf(LINE_BREAK)
  if (end < 0) return refuse(file, 'pack', 'has no first line')
  const head = readHead(bytes.subarray(0, end), file)
  return { head, works: () => readLines(bytes, end + 1, head.works, file) }
}

function* readLines(
  bytes: Uint8Array,
  start: number,
  count: number,
  file: string,
): Generator<PackLine, void> {
  const seen = new Set<WorkId>()
  let at = start
  while (at < bytes.length) {
    const end = bytes.indexOf(LINE_BREAK, at)
    const space = bytes.indexOf(SPACE, at)
    if (end < 0 || space < 0 || space > Math.min(end, at + ID_CHARACTERS))
      refuse(file, 'pack', 'has a line that is none')
    const id = parseWorkId(new TextDecoder().decode(bytes.subarray(at, space)))
    if (id === null) return refuse(file, 'id', 'has a line without an id')
    if (seen.has(id)) refuse(file, 'duplicate', 'has a work twice')
    seen.add(id)
    yield { id, ...readLine(bytes.subarray(space + 1, end), file) }
    at = end + 1
  }
  if (seen.size !== count) refuse(file, 'pack', 'has another number of works than it says')
}

function readLine(hashed: Uint8Array, file: string): Omit<PackLine, 'id'> {
  const added = parseCalendarDate(new TextDecoder().decode(hashed.subarray(0, DATE_CHARACTERS)))
  if (hashed[DATE_CHARACTERS] !== SPACE || added === null)
    return refuse(file, 'date', 'has a line without the day a work was added')
  return { hashed, added, bytes: hashed.subarray(DATE_CHARACTERS + 1) }
}

function readHead(bytes: Uint8Array, file: string): PackHead {
  const fields = new JsonFields(file, headJson(bytes, file))
  if (fields.number('version') !== 1) refuse(file, 'version', 'is a pack of another version')
  const works = fields.whole('works', 0)
  const type = fields.text('type')
  if (type === 'matinee-shard') return { kind: 'shard', works }
  if (type !== 'matinee-delta') return refuse(file, 'type', 'is no pack')
  const removed = fields
    .texts('removed', REMOVED)
    .map((text) => parseWorkId(text) ?? refuse(file, 'id', 'removes a work by no id'))
  const [from, edition] = [fields.whole('from', 1), fields.whole('edition', 2)]
  return { kind: 'delta', works, from, edition, removed }
}

function headJson(bytes: Uint8Array, file: string): JsonObject {
  try {
    const value = parseStrictJson(bytes, HEAD_LIMITS)
    if (isJsonObject(value)) return value
  } catch (error) {
    if (error instanceof CatalogueError) return refuse(file, error.code, error.message)
    throw error
  }
  return refuse(file, 'wrong-type', 'is no object')
}

/** A pack's bytes before they are compressed. The works' bytes hold no line breaks: records in their canonical form, or envelopes. */
export function writePack(head: PackHead, works: readonly PackedWork[]): Uint8Array {
  const { kind, ...fields } = head
  const line = canonicalJson({ type: `matinee-${kind}`, version: 1, ...fields })
  const lineBreak = Uint8Array.of(LINE_BREAK)
  const lines = works.flatMap((work) => [utf8Bytes(`${work.id} `), hashedBytes(work), lineBreak])
  return concatBytes([line, lineBreak, ...lines])
}

/** What stands behind a work's id in a pack, which is what the state of a role's works is about (feed-format 12.2). */
export function hashedBytes({ added, bytes }: Omit<PackedWork, 'id'>): Uint8Array {
  return concatBytes([utf8Bytes(`${added} `), bytes])
}
