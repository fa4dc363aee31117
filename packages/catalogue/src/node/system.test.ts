import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { systemInflate, systemSignatures } from '@matinee/catalogue/node'
import { madeKey } from '../../test/signed/made-key.ts'

test('C5: what unpacks to more than it may is not unpacked', () => {
  const inflate = systemInflate()
  const packed = new Uint8Array(gzipSync(new Uint8Array(1000)))
  assert.equal(inflate.gunzip(packed, 1000)?.length, 1000)
  assert.equal(inflate.gunzip(packed, 999), null)
  assert.equal(inflate.gunzip(packed, 0), null)
  assert.equal(inflate.gunzip(packed.subarray(0, 10), 1000), null, 'torn')
})

test('C8: a signature or key of another length says no, and throws nothing', () => {
  const signatures = systemSignatures()
  const message = new TextEncoder().encode('message')
  const signer = madeKey(1)
  const { publicKey } = signer
  const signature = signer.sign(message)
  assert.equal(signatures.verifyEd25519(publicKey, message, signature), true)
  for (const [key, given] of [
    [publicKey, signature.subarray(1)],
    [publicKey.subarray(1), signature],
    [new Uint8Array(32).fill(0xff), signature],
    [new Uint8Array(0), new Uint8Array(0)],
  ] as const)
    assert.equal(signatures.verifyEd25519(key, message, given), false)
})
