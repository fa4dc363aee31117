import assert from 'node:assert/strict'
import type { Random } from '@matinee/base'
import {
  CatalogueError,
  type JsonValue,
  canonicalRecord,
  cleanLine,
  isJsonList,
  isJsonObject,
  parseRecord,
} from '@matinee/catalogue'
import { edited, readFixture, recordBytes } from '../test/fixture-record.ts'
import type { Fuzzer } from './fuzzer.ts'
import { RECORD_GRAMMAR, mutateBytes, pick } from './mutation.ts'

const NAMES = ['minimal', 'film', 'legacy', 'series', 'public-domain', 'newer-open'] as const
const encoder = new TextEncoder()

/** Values that are put where another stood. */
const VALUES: readonly JsonValue[] = [
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 53,
  '',
  'a',
  '\u202E',
  'javascript:alert(1)',
  'https://example.org/\u202Egnp',
  [],
  {},
  [[]],
  { kind: 'legacy' },
  { en: {} },
]

/** Records with damaged bytes: they're refused as a CatalogueError or keep every promise. */
export const recordFuzzer: Fuzzer = {
  name: 'record',
  run(random) {
    check(mutateBytes(random, recordBytes(pick(random, NAMES)), RECORD_GRAMMAR))
  },
}

/** Records with fields exchanged, taken away and set to what doesn't belong there. */
export const recordFieldFuzzer: Fuzzer = {
  name: 'record fields',
  run(random) {
    let record = readFixture(`records/${pick(random, NAMES)}.json`)
    for (let times = 1 + random.below(3); times > 0; times--) {
      const pointers = pointersOf(record, '')
      const pointer = pick(random, pointers)
      const isTaken = random.below(3) === 0
      const value = random.below(2) === 0 ? pick(random, VALUES) : some(random, record)
      record = edited(record, isTaken ? { remove: [pointer] } : { set: { [pointer]: value } })
      if (pointersOf(record, '').length === 0) break
    }
    check(encoder.encode(JSON.stringify(record)))
  },
}

function check(bytes: Uint8Array): void {
  try {
    const parsed = parseRecord(bytes)
    if (parsed.kind !== 'record' || parsed.record.version > 1) return
    const { record } = parsed
    const canonical = canonicalRecord(record)
    assert.deepEqual(parseRecord(canonical), { kind: 'record', record, leftOut: [] })
    for (const { url } of record.links) assert.ok(url.startsWith('https://'))
    for (const text of textsOf(JSON.parse(JSON.stringify(record)) as JsonValue))
      for (const line of text.split('\n')) assert.equal(cleanLine(line), line.trim())
  } catch (error) {
    if (!(error instanceof CatalogueError)) throw error
    assert.ok(error.problems.length > 0)
  }
  assert.equal('polluted' in {}, false)
}

function some(random: Random, record: JsonValue): JsonValue {
  const pointers = pointersOf(record, '')
  const values = pointers.map((pointer) => pointer.split('/').slice(1))
  let value: unknown = record
  for (const key of pick(random, values)) value = Reflect.get(value as object, key)
  return value as JsonValue
}

function pointersOf(value: JsonValue, at: string): string[] {
  const members = isJsonList(value)
    ? [...value.entries()].map(([index, item]) => [String(index), item] as const)
    : isJsonObject(value)
      ? Object.entries(value)
      : []
  return members.flatMap(([key, each]) => [`${at}/${key}`, ...pointersOf(each, `${at}/${key}`)])
}

/** All texts but names of files, which stay as the torrent has them (feed-format 3.10). */
function textsOf(value: JsonValue): string[] {
  if (typeof value === 'string') return [value]
  if (isJsonList(value)) return value.flatMap(textsOf)
  if (!isJsonObject(value)) return []
  return Object.entries(value).flatMap(([key, each]) => (key === 'path' ? [] : textsOf(each)))
}
