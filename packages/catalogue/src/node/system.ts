/** Signatures, hashes and compression of the machine. */
import { createPublicKey, hash, randomBytes, randomInt, verify } from 'node:crypto'
import { constants, gunzipSync, gzipSync } from 'node:zlib'
import {
  type Deflate,
  ED25519_KEY_BYTES,
  ED25519_SIGNATURE_BYTES,
  type Inflate,
  type Signatures,
} from '@matinee/base'
import { type IdentityPlaces, identityPlaces } from '../search/identity-places.ts'
import type { FeedCrypto } from '../signed/role-key.ts'

/** What a public key's 32 bytes begin with in DER. */
const DER_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')

/** Ed25519 of the machine's OpenSSL. */
export function systemSignatures(): Signatures {
  return {
    verifyEd25519: (publicKey, message, signature) => {
      if (publicKey.length !== ED25519_KEY_BYTES || signature.length !== ED25519_SIGNATURE_BYTES)
        return false
      try {
        const der = Buffer.concat([DER_PREFIX, publicKey])
        const key = createPublicKey({ key: der, format: 'der', type: 'spki' })
        return verify(null, message, key, signature)
      } catch {
        // OpenSSL has no such point: nobody can have signed with that.
        return false
      }
    },
  }
}

/** Gzip of the machine's zlib. */
export function systemInflate(): Inflate {
  return {
    gunzip: (bytes, maxBytes) => {
      try {
        const unpacked = gunzipSync(bytes, { maxOutputLength: Math.max(1, maxBytes) })
        return unpacked.length > maxBytes ? null : new Uint8Array(unpacked)
      } catch {
        // Torn, no gzip, or larger than it may be: refused alike.
        return null
      }
    },
  }
}

/** Gzip of the machine's zlib, as small as it can. */
export function systemDeflate(): Deflate {
  return {
    gzip: (bytes) => new Uint8Array(gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION })),
  }
}

/** SHA-256 of a text as UTF-8, in hex. */
export function textSha256(text: string): string {
  return hash('sha256', text)
}

/** Where this process looks for identities. */
export function systemIdentityPlaces(): IdentityPlaces {
  return identityPlaces({
    bytes: (length) => new Uint8Array(randomBytes(length)),
    below: randomInt,
  })
}

/** All that checking a feed is injected with. */
export function systemFeedCrypto(): FeedCrypto {
  return {
    sha256: (bytes) => new Uint8Array(hash('sha256', bytes, 'buffer')),
    ...systemSignatures(),
    ...systemInflate(),
  }
}
