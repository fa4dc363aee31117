import assert from 'node:assert/strict'
import { createPublicKey, verify } from 'node:crypto'
import { test } from 'node:test'
import { fromHex, latin1, latin1Bytes, toHex } from '@matinee/base'
import { nodeHash } from '@matinee/testkit'
import { DhtError } from './dht-error.ts'
import { checkItem, itemTarget, signedBytes, type MutableItem } from './dht-item.ts'

const VALUE = latin1Bytes('12:Hello World!')

/** The test vectors of BEP 44. */
const VECTORS = [
  {
    salt: '',
    target: '4a533d47ec9c7d95b1ad75f576cffc641853b750',
    signed: '3:seqi1e1:v12:Hello World!',
    signature:
      '305ac8aeb6c9c151fa120f120ea2cfb923564e11552d06a5d856091e5e853cff1260d3f39e4999684aa92eb73ffd136e6f4f3ecbfda0ce53a1608ecd7ae21f01',
  },
  {
    salt: 'foobar',
    target: '411eba73b6f087ca51a3795d9c8c938d365e32c1',
    signed: '4:salt6:foobar3:seqi1e1:v12:Hello World!',
    signature:
      '6834284b6b24c3204eb2fea824d82f88883a3d95e8b4a21b8c0ded553d17d17ddf9a8a7104b1258f30bed3787e6cb896fca78c58f8e03b5f18f14951a87d9a08',
  },
] as const
const PUBLIC_KEY = '77ff84905a91936367c01360803104f92432fcd904a43511876df5cdf3e7e548'

test('the test vectors of BEP 44 come out', () => {
  const key = createPublicKey({
    key: Buffer.from(`302a300506032b6570032100${PUBLIC_KEY}`, 'hex'),
    format: 'der',
    type: 'spki',
  })
  for (const { salt, target, signed, signature } of VECTORS) {
    const item = mutable({ salt: latin1Bytes(salt), signature: bytes(signature) })
    assert.equal(toHex(itemTarget(item, nodeHash)), target)
    assert.equal(latin1(signedBytes(item)), signed)
    assert.ok(verify(null, signedBytes(item), key, item.signature))
    checkItem(item)
  }
  const immutable = itemTarget({ kind: 'immutable', value: VALUE }, nodeHash)
  assert.equal(toHex(immutable), 'e5f96f6f38320f0f33959cb4d3d656452117aadb')
})

test('T7: an item with a long salt or value, a wrong key or signature, or no honest number is refused', () => {
  const wrong: Partial<MutableItem>[] = [
    { salt: new Uint8Array(65) },
    { value: latin1Bytes(`997:${'x'.repeat(997)}`) },
    { publicKey: new Uint8Array(31) },
    { signature: new Uint8Array(63) },
    { sequence: -1 },
    { sequence: 2 ** 53 },
    { sequence: 0.5 },
    { value: latin1Bytes('d1:b0:1:a0:e') },
    { value: latin1Bytes('i1ei2e') },
    { value: new Uint8Array(0) },
  ]
  for (const part of wrong)
    assert.throws(
      () => checkItem(mutable(part)),
      (error) => error instanceof DhtError && error.code === 'bad-item',
      JSON.stringify(part),
    )
  checkItem(mutable({ salt: new Uint8Array(64), value: latin1Bytes(`996:${'x'.repeat(996)}`) }))
})

function mutable(part: Partial<MutableItem>): MutableItem {
  return {
    kind: 'mutable',
    value: VALUE,
    publicKey: bytes(PUBLIC_KEY),
    salt: new Uint8Array(0),
    sequence: 1,
    signature: new Uint8Array(64),
    ...part,
  }
}

function bytes(hex: string): Uint8Array {
  const read = fromHex(hex)
  assert.ok(read)
  return read
}
