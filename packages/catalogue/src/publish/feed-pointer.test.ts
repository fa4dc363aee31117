import assert from 'node:assert/strict'
import { test } from 'node:test'
import { infoHashV2 } from '@matinee/protocol'
import { systemSignatures } from '../node/system.ts'
import { parseSha256 } from '../name/hash-text.ts'
import { madeKey } from '../../test/signed/made-key.ts'
import {
  type PointerOrder,
  feedMagnet,
  makePointer,
  readPointer,
  writePointer,
} from './feed-pointer.ts'

const CRYPTO = systemSignatures()
const FINGERPRINT = parseSha256('ab'.repeat(32))
assert.ok(FINGERPRINT !== null)

const ORDER: PointerOrder = {
  fingerprint: FINGERPRINT,
  version: 7,
  infoHash: infoHashV2(new Uint8Array(32).fill(5)),
  timestamp: new TextEncoder().encode('{"signatures":[],"signed":{}}'),
}

test('a pointer is read as it was made, and names the key and salt of its feed', () => {
  const bytes = makePointer(ORDER, madeKey(1))
  assert.ok(bytes !== null)
  const pointer = readPointer(bytes, CRYPTO)
  assert.equal(pointer?.infoHash, ORDER.infoHash)
  assert.deepEqual(writePointer(pointer.item), bytes, 'a follower writes the very same file')
  assert.deepEqual(pointer?.timestamp, ORDER.timestamp)
  assert.equal(pointer?.item.sequence, 7)
  assert.equal(pointer?.item.salt.toHex(), 'ab'.repeat(20))
  assert.equal(
    feedMagnet(madeKey(1).publicKey, ORDER.fingerprint),
    `magnet:?xs=urn:btpk:${madeKey(1).publicKey.toHex()}&s=${'ab'.repeat(20)}`,
  )
})

test('C1: a pointer in which any byte was changed is none', () => {
  const bytes = makePointer(ORDER, madeKey(1))
  assert.ok(bytes !== null)
  for (let at = 0; at < bytes.length; at++) {
    const changed = bytes.slice()
    changed[at] = (changed[at] ?? 0) ^ 1
    assert.equal(readPointer(changed, CRYPTO), null, `byte ${at}`)
  }
  assert.equal(readPointer(bytes.slice(1), CRYPTO), null)
  assert.equal(readPointer(new Uint8Array(2000), CRYPTO), null)
})

test('a timestamp that is too long for the DHT has no pointer', () => {
  assert.equal(makePointer({ ...ORDER, timestamp: new Uint8Array(1000) }, madeKey(1)), null)
})
