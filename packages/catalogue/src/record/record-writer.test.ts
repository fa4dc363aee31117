import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  type JsonValue,
  type WorkRecord,
  canonicalRecord,
  parseRecord,
  readableRecord,
} from '@matinee/catalogue'
import { arbitraryRecord } from '../../test/arbitrary-record.ts'
import { recordBytes } from '../../test/fixture-record.ts'

const encoder = new TextEncoder()

function read(bytes: Uint8Array): WorkRecord {
  const parsed = parseRecord(bytes)
  assert.ok(parsed.kind === 'record')
  return parsed.record
}

test('every record that is written canonically reads the same and writes the same bytes', () => {
  fc.assert(
    fc.property(arbitraryRecord, (json) => {
      const record = read(encoder.encode(JSON.stringify(json)))
      const canonical = canonicalRecord(record)
      const again = read(canonical)
      assert.deepEqual(again, record)
      assert.deepEqual(canonicalRecord(again), canonical)
      assert.deepEqual(read(encoder.encode(readableRecord(record))), record)
    }),
    { numRuns: 100 },
  )
})

test('white space and the order of fields do not show in the canonical form', () => {
  fc.assert(
    fc.property(arbitraryRecord, (json) => {
      const plain = canonicalRecord(read(encoder.encode(JSON.stringify(json))))
      const turned = canonicalRecord(read(encoder.encode(JSON.stringify(turn(json), null, 3))))
      assert.deepEqual(turned, plain)
    }),
    { numRuns: 40 },
  )
})

test('the canonical form has sorted keys, no white space and nothing empty', () => {
  const text = new TextDecoder().decode(canonicalRecord(read(recordBytes('minimal'))))
  assert.equal(
    text,
    '{"id":"a-film","kind":"feature","title":{"text":"A Film"},"type":"matinee-record","version":1}',
  )
})

/** The same JSON with the fields of every object the other way round. */
function turn(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((item: JsonValue) => turn(item))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, each]) => [key, turn(each as JsonValue)]),
  )
}
