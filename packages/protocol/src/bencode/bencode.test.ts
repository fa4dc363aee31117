import { test } from 'node:test'
import assert from 'node:assert/strict'
import { latin1, latin1Bytes, utf8Bytes } from '@matinee/base'
import { decodeBencode, decodeBencodePrefix, encodeBencode } from './bencode.ts'
import { BencodeDictionary } from './bencode-dictionary.ts'

test('a dictionary tells its values, their types and where they stand', () => {
  const bytes = latin1Bytes('d4:infod6:lengthi-5ee4:listli1e1:xe4:name3:abce')
  const value = decodeBencode(bytes)
  assert.ok(value instanceof BencodeDictionary)
  assert.deepEqual(value.keys(), ['info', 'list', 'name'])
  assert.equal(value.dictionary('info')?.integer('length'), -5)
  assert.deepEqual(value.list('list'), [1, latin1Bytes('x')])
  assert.equal(value.text('name'), 'abc')
  assert.equal(value.integer('name'), undefined)
  const span = value.spanOf('info')
  assert.ok(span)
  assert.equal(latin1(bytes.subarray(span.start, span.end)), 'd6:lengthi-5ee')
  assert.equal(value.countOf('list'), 2)
  assert.deepEqual(encodeBencode(value), bytes)
})

test('a value at the front of a message is read up to its end', () => {
  const { value, end } = decodeBencodePrefix(latin1Bytes('d1:ai1eeDATA'))
  assert.ok(value instanceof BencodeDictionary)
  assert.equal(end, 8)
})

test('encoding sorts keys by their bytes', () => {
  const value = BencodeDictionary.from({ b: 1, a: utf8Bytes('é'), ab: [] })
  assert.equal(latin1(encodeBencode(value)), 'd1:a2:\u00c3\u00a92:able1:bi1ee')
})
