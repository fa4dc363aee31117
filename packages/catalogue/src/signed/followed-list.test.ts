import assert from 'node:assert/strict'
import { test } from 'node:test'
import { utf8Bytes } from '@matinee/base'
import { makeEnvelope, readFollowedList } from '@matinee/catalogue'
import { systemFeedCrypto } from '@matinee/catalogue/node'
import { madeKey } from '../../test/signed/made-key.ts'

const KEY = madeKey(60).publicKey.toHex()
const CRYPTO = systemFeedCrypto()
const LIST = {
  type: 'matinee-list',
  version: 1,
  id: 'nights',
  serial: 3,
  issued: '2026-02-01',
  translations: { en: { title: 'Nights' } },
  works: [{ feed: 'ab'.repeat(32), work: 'one' }],
}

function file(change: Readonly<Record<string, unknown>> = {}, key = 60): Uint8Array {
  const payload = utf8Bytes(JSON.stringify({ ...LIST, ...change }))
  return makeEnvelope(payload, 'matinee-list', [madeKey(key)])
}

function known() {
  const read = readFollowedList(file(), KEY, null, CRYPTO)
  assert.ok(read.kind === 'list', JSON.stringify(read))
  return read.list
}

function codeOf(bytes: Uint8Array): string {
  const read = readFollowedList(bytes, KEY, known(), CRYPTO)
  return read.kind === 'refused' ? read.refusal.code : read.kind
}

test('a list is read with the key that was accepted, and followed by its serial', () => {
  assert.deepEqual(known().works, LIST.works)
  assert.equal(codeOf(file({ serial: 4 })), 'list')
  assert.equal(codeOf(file()), 'list')
  assert.equal(codeOf(file({ version: 3 })), 'newer')
})

test('C2: an older list is refused', () => {
  assert.equal(codeOf(file({ serial: 2 })), 'rollback')
})

test('C15: a list of another key, or another list of the same key, is refused', () => {
  assert.equal(codeOf(file({}, 61)), 'fingerprint')
  assert.equal(codeOf(file({ id: 'days' })), 'fingerprint')
})

test('C11: a list that is none is refused', () => {
  assert.equal(codeOf(file({ works: [] })), 'value')
  assert.equal(codeOf(file({ translations: {} })), 'missing-field')
  assert.equal(codeOf(file({ works: [{ feed: 'starter', work: 'one' }] })), 'hash')
  assert.equal(codeOf(file({ until: '2030-01-01' })), 'unknown-field')
  assert.equal(codeOf(utf8Bytes('{"type":"matinee-list"}')), 'type')
})
