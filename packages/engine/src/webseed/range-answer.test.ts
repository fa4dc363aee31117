import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeAnswer } from './range-answer.ts'

const SPAN = { start: 100, end: 200 }
const FILE = 1000

function kindOf(status: number, headers: Record<string, string> = {}, span = SPAN): string {
  return judgeAnswer({ status, headers }, span, FILE).kind
}

test('T9: only the very range that was asked for, of a file of the right length, is an answer', () => {
  for (const range of ['bytes 100-199/1000', 'bytes 100-199/*', ' BYTES 100-199/1000 '])
    assert.equal(kindOf(206, { 'content-range': range }), 'fine', range)
  for (const range of [
    'bytes 0-99/1000',
    'bytes 100-200/1000',
    'bytes 100-299/1000',
    'bytes 100-199',
    'bytes */1000',
    '',
  ])
    assert.equal(kindOf(206, { 'content-range': range }), 'wrong', range)
  assert.equal(kindOf(206, { 'content-type': 'multipart/byteranges' }), 'wrong')
})

test('T9: the whole file for a part of it is wrong, for the whole of it right', () => {
  assert.equal(kindOf(200), 'wrong')
  assert.equal(kindOf(200, {}, { start: 0, end: FILE }), 'fine')
})

test('a file of another length is another file, and no reason to think ill of the others', () => {
  assert.equal(kindOf(206, { 'content-range': 'bytes 100-199/1001' }), 'absent')
  assert.equal(kindOf(416, { 'content-range': 'bytes */50' }), 'absent')
})

test('a file that is not there, or not for us, is absent; others may be there', () => {
  for (const status of [204, 304, 400, 401, 403, 404, 410, 451])
    assert.equal(kindOf(status), 'absent')
})

test('a server that is busy or broken is left alone as long as it says, within reason', () => {
  const rest = (status: number, after?: string): unknown =>
    judgeAnswer(
      { status, headers: after === undefined ? {} : { 'retry-after': after } },
      SPAN,
      FILE,
    )
  assert.deepEqual(rest(503), { kind: 'busy', restMs: null })
  assert.deepEqual(rest(429, '7'), { kind: 'busy', restMs: 7000 })
  assert.deepEqual(rest(500, '999999999'), { kind: 'busy', restMs: 1_800_000 })
  assert.deepEqual(rest(503, 'Sun, 06 Nov 1994 08:49:37 GMT'), { kind: 'busy', restMs: null })
})
