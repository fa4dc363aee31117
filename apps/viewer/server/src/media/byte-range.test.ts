import { cpuTimeOf } from '@matinee/testkit'
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { alreadyHeld, byteRange, rangeStillApplies } from './byte-range.ts'

interface Case {
  readonly header: string
  readonly length: number
  readonly start?: number
  readonly end?: number
}

function cases(name: string): readonly Case[] {
  const url = new URL(`../../../../../fixtures/ranges/${name}.json`, import.meta.url)
  return (JSON.parse(readFileSync(url, 'utf8')) as { cases: Case[] }).cases
}

test('W7: one range is read as RFC 9110 has it, cut at the end of the file', () => {
  for (const { header, length, start, end } of cases('valid'))
    assert.deepEqual(byteRange(header, length), { kind: 'part', span: { start, end } }, header)
})

test('W7: a range that asks for no byte of the file is unsatisfiable', () => {
  for (const { header, length } of cases('unsatisfiable'))
    assert.deepEqual(byteRange(header, length), { kind: 'unsatisfiable' }, `${header} of ${length}`)
})

test('W7: malformed headers, other units and several ranges are ignored', () => {
  assert.deepEqual(byteRange(null, 1000), { kind: 'whole' })
  for (const { header, length } of cases('ignored'))
    assert.deepEqual(byteRange(header, length), { kind: 'whole' }, `${header} of ${length}`)
})

test('a long header is read in time that grows with its length, not faster', () => {
  const header = `bytes=${'0-0,'.repeat(4000)}x`
  const ms = cpuTimeOf(() => assert.deepEqual(byteRange(header, 10), { kind: 'whole' }))
  assert.ok(ms < 500)
})

test('If-Range keeps the range for an equal strong tag only', () => {
  assert.equal(rangeStillApplies(null, '"a"'), true)
  assert.equal(rangeStillApplies('"a"', '"a"'), true)
  for (const other of ['"b"', 'W/"a"', 'a', '', 'Tue, 15 Nov 1994 12:45:26 GMT', '*'])
    assert.equal(rangeStillApplies(other, '"a"'), false, other)
})

test('If-None-Match compares weakly and reads lists', () => {
  for (const same of ['"a"', 'W/"a"', '"x", "a"', ' * '])
    assert.equal(alreadyHeld(same, '"a"'), true, same)
  for (const other of [null, '', '"b"', 'a', '"a']) assert.equal(alreadyHeld(other, '"a"'), false)
})
