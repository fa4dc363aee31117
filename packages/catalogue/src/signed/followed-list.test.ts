import assert from 'node:assert/strict'
import { test } from 'node:test'
import { utf8Bytes } from '@matinee/base'
import { makeEnvelope, readFollowedList, readOfferedList, signList } from '@matinee/catalogue'
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
  curator: 'Ada',
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
  assert.deepEqual(known().works, [{ ...LIST.works[0], notes: {} }])
  assert.equal(codeOf(file({ serial: 4 })), 'list')
  assert.equal(codeOf(file()), 'list')
  assert.equal(codeOf(file({ version: 3 })), 'newer')
})

test('C2: an older list is refused, and another one under the serial that is known', () => {
  assert.equal(codeOf(file({ serial: 2 })), 'rollback')
  assert.equal(codeOf(file({ curator: 'Bea' })), 'version-reused')
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
  assert.equal(codeOf(file({ works: [...LIST.works, ...LIST.works] })), 'duplicate')
  assert.equal(codeOf(file({ curator: '' })), 'text-empty')
  const [work] = LIST.works
  assert.equal(
    codeOf(file({ works: [{ ...work, notes: { en: 'x'.repeat(501) } }] })),
    'text-too-long',
  )
  assert.equal(codeOf(utf8Bytes('{"type":"matinee-list"}')), 'type')
})

test('C5: a list with more works, or more bytes, than a list may have is refused before it is read', () => {
  const many = Array.from({ length: 1001 }, (_, at) => ({ ...LIST.works[0], work: `w${at}` }))
  assert.equal(codeOf(file({ works: many })), 'too-many-items')
  assert.equal(codeOf(file({ works: many.slice(1) })), 'version-reused')
  assert.equal(codeOf(new Uint8Array(384 * 1024 + 1).fill(0x20)), 'too-large')
})

test('C11: one byte that was altered, in what was signed or in the signature, and the list is refused', () => {
  const text = new TextDecoder().decode(file())
  const { payload, signatures } = JSON.parse(text) as {
    readonly payload: string
    readonly signatures: readonly { readonly signature: string }[]
  }
  const other = Buffer.from(payload, 'base64').toString().replace('Nights', 'Lights')
  assert.equal(
    codeOf(utf8Bytes(text.replace(payload, Buffer.from(other).toString('base64')))),
    'maker-signature',
  )
  const signature = signatures[0]?.signature ?? ''
  const bent = `${signature.startsWith('0') ? '1' : '0'}${signature.slice(1)}`
  assert.equal(codeOf(utf8Bytes(text.replace(signature, bent))), 'maker-signature')
})

test('a list that was signed is read as it was, and offered under the key of its first signature', () => {
  const list = known()
  const [work] = list.works
  assert.ok(work !== undefined)
  const noted = {
    ...list,
    serial: 4,
    works: [{ ...work, notes: { en: 'Wait for the last reel.' } }],
  }
  const bytes = signList(noted as typeof list, [madeKey(60), madeKey(61)])
  const read = readOfferedList(bytes, CRYPTO)
  assert.ok(read.kind === 'list', JSON.stringify(read))
  assert.equal(read.key, KEY)
  assert.deepEqual(read.list, noted)
  assert.equal(codeOf(bytes), 'list')
  assert.deepEqual(signList(list, [madeKey(60)]), signList({ ...list }, [madeKey(60)]))
})
