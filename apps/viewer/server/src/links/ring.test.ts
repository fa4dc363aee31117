import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { deriveLinkKeys, markedNonce } from './link-keys.ts'
import type { StoredLink } from './link-store.ts'
import { LinkEntries, entryMarked } from './ring.ts'

function madeLink(id: string): StoredLink {
  const secret = randomBytes(32).toString('base64url')
  return {
    id,
    profile: 'me',
    name: 'Other',
    side: 'shown',
    secret,
    address: null,
    syncedAtMs: null,
  }
}

test('the keys of a link are derived once, however many strangers knock', () => {
  const links = [madeLink('a'), madeLink('b')]
  const entries = new LinkEntries()
  const ring = (): ReturnType<LinkEntries['of']>[] => links.map((link) => entries.of(link))
  const before = ring()
  const stranger = deriveLinkKeys(randomBytes(32))
  for (let times = 0; times < 20; times++)
    assert.equal(entryMarked(ring(), markedNonce(stranger, 'where', 'typed'), 'where'), null)
  assert.ok(ring().every(({ keys }, at) => keys === before[at]?.keys))
})

test('a link that was made anew under the same name has its own keys', () => {
  const entries = new LinkEntries()
  const [old, made] = [entries.of(madeLink('a')), entries.of(madeLink('a'))]
  const word = markedNonce(made.keys, 'dial', 'typed')
  assert.equal(entryMarked([old], word, 'dial'), null)
  assert.equal(entryMarked([old, made], word, 'dial'), made)
})
