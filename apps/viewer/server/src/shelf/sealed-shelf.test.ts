import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openShelf, sealShelf } from './sealed-shelf.ts'
import type { ShelfEntry } from './shelf-entries.ts'

const PASSPHRASE = 'seven lamps in the foyer'
const ENTRIES: readonly ShelfEntry[] = [
  { kind: 'favourite', key: ['starter.sintel'], atMs: 5, value: { addedAtMs: 5 } },
  { kind: 'list', key: ['Été'], atMs: 6, value: null },
]

test('L9: a sealed shelf says nothing without its passphrase, and everything with it', async () => {
  const file = await sealShelf(ENTRIES, PASSPHRASE)
  const text = Buffer.from(file.sealed, 'base64url').toString('latin1')
  assert.ok(!text.includes('sintel') && !JSON.stringify(file).includes('sintel'))
  assert.deepEqual(await openShelf(file, PASSPHRASE), ENTRIES)
  assert.equal(await openShelf(file, `${PASSPHRASE}.`), 'passphrase')
  const again = await sealShelf(ENTRIES, PASSPHRASE)
  for (const name of ['salt', 'nonce', 'sealed'] as const)
    assert.notEqual(again[name], file[name], 'twice the same is never the same bytes')
})

test('L9: one changed byte of a sealed shelf, and all of it is refused', async () => {
  const file = await sealShelf(ENTRIES, PASSPHRASE)
  for (const name of ['salt', 'nonce', 'sealed'] as const) {
    const bytes = Buffer.from(file[name], 'base64url')
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
    const changed = { ...file, [name]: bytes.toString('base64url') }
    assert.equal(await openShelf(changed, PASSPHRASE), 'passphrase', name)
  }
})

test('L9: what is no sealed shelf, or holds none, is refused by name', async () => {
  for (const file of [null, 5, {}, { type: 'matinee-sealed-shelf', version: 2 }])
    assert.equal(await openShelf(file, PASSPHRASE), 'bad-request')
  const short = { ...(await sealShelf([], PASSPHRASE)), sealed: 'AAAA' }
  assert.equal(await openShelf(short, PASSPHRASE), 'bad-request')
  const odd = [{ kind: 'listed', key: ['x'], atMs: -1, value: { place: 1 } }] as never
  assert.equal(await openShelf(await sealShelf(odd, PASSPHRASE), PASSPHRASE), 'bad-request')
  const gone = [{ kind: 'progress', key: ['a', ''], atMs: 1, value: null }] as never
  assert.equal(await openShelf(await sealShelf(gone, PASSPHRASE), PASSPHRASE), 'bad-request')
})
