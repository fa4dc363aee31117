import { createPrivateKey, createPublicKey, hash, sign } from 'node:crypto'
import type { Signer } from '@matinee/base'

/** What PKCS #8 puts before the 32 bytes of an Ed25519 secret. */
const PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')

const made = new Map<number, Signer>()

/** A key that everybody can make again: its secret is the SHA-256 of `matinee fixture key <number>`. */
export function madeKey(number: number): Signer {
  const key = made.get(number) ?? makeKey(number)
  made.set(number, key)
  return key
}

function makeKey(number: number): Signer {
  const secret = hash('sha256', `matinee fixture key ${number}`, 'buffer')
  const key = createPrivateKey({
    key: Buffer.concat([PREFIX, secret]),
    format: 'der',
    type: 'pkcs8',
  })
  const { x } = createPublicKey(key).export({ format: 'jwk' })
  return {
    publicKey: new Uint8Array(Buffer.from(x ?? '', 'base64url')),
    sign: (message) => new Uint8Array(sign(null, message, key)),
  }
}
