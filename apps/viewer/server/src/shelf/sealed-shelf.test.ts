import { sealedShelfSchema, type SealedShelf } from '#api'
import { utf8Bytes } from '@matinee/base'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openShelf, sealShelf } from './sealed-shelf.ts'
import { SHELF_BYTES, decodeShelfJson, encodeShelfJson } from './shelf-json.ts'

const PASSPHRASE = 'seven lamps in the foyer'
const ENTRIES = utf8Bytes('{"entries":["starter.sintel","Été"]}')

const sealed = (entries: Uint8Array): SealedShelf =>
  sealedShelfSchema.parse(decodeShelfJson(sealShelf(entries, PASSPHRASE)))

/** What comes of a file that somebody brings. */
function opened(file: unknown, passphrase = PASSPHRASE): string {
  const answer = openShelf(encodeShelfJson({ passphrase, file }))
  return typeof answer === 'string' ? answer : Buffer.from(answer).toString('utf8')
}

test('L9: a sealed shelf says nothing without its passphrase, and everything with it', () => {
  const file = sealed(ENTRIES)
  const text = Buffer.from(file.sealed, 'base64url').toString('latin1')
  assert.ok(!text.includes('sintel') && !JSON.stringify(file).includes('sintel'))
  assert.equal(opened(file), Buffer.from(ENTRIES).toString('utf8'))
  assert.equal(opened(file, `${PASSPHRASE}.`), 'passphrase')
  const again = sealed(ENTRIES)
  for (const name of ['salt', 'nonce', 'sealed'] as const)
    assert.notEqual(again[name], file[name], 'twice the same is never the same bytes')
})

test('L9: one changed byte of a sealed shelf, and all of it is refused', () => {
  const file = sealed(ENTRIES)
  for (const name of ['salt', 'nonce', 'sealed'] as const) {
    const bytes = Buffer.from(file[name], 'base64url')
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
    assert.equal(opened({ ...file, [name]: bytes.toString('base64url') }), 'passphrase', name)
  }
})

test('L9: what is no sealed shelf is refused by name', () => {
  for (const file of [null, 5, {}, { type: 'matinee-sealed-shelf', version: 2 }])
    assert.equal(opened(file), 'bad-request')
  const file = sealed(ENTRIES)
  assert.equal(opened({ ...file, sealed: 'AAAA' }), 'bad-request')
  assert.equal(opened(file, 'short'), 'bad-request')
  assert.equal(openShelf(utf8Bytes('{')), 'bad-request')
})

test('L9: what is longer than a shelf is refused before it is read', () => {
  const request = encodeShelfJson({ passphrase: PASSPHRASE, file: sealed(ENTRIES) })
  assert.equal(typeof openShelf(request), 'object')
  // JSON may end in blanks: this one is refused for its length alone.
  const long = Buffer.concat([request, Buffer.alloc(SHELF_BYTES, ' ')])
  assert.equal(openShelf(long), 'bad-request')
})
