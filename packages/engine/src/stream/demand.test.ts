import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MIB } from '@matinee/base'
import { READAHEAD_BYTES, wantedSpans } from './demand.ts'

test('the youngest reader leads and readers take turns', () => {
  const spans = wantedSpans([
    { span: { start: 0, end: 2 * MIB }, position: 0 },
    { span: { start: 50 * MIB, end: 51 * MIB }, position: 50 * MIB },
  ])
  assert.deepEqual(spans, [
    { start: 50 * MIB, end: 51 * MIB },
    { start: 0, end: MIB },
    { start: MIB, end: 2 * MIB },
  ])
})

test('a reader asks for its read-ahead and not for the whole film', () => {
  const spans = wantedSpans([{ span: { start: 0, end: 900 * MIB }, position: 100 }])
  assert.equal(spans.at(-1)?.end, 100 + READAHEAD_BYTES)
})
