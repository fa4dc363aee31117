import { type Hash, type Signer, toHex } from '@matinee/base'
import type { JsonObject } from '../json/json-pointer.ts'
import { keyIdOf } from './role-key.ts'
import { tufCanonicalJson } from './tuf-json.ts'

/** The file of a role: what it says, signed by everybody given (feed-format 10.2). `signed` holds whole numbers only. */
export function signFile(
  signed: JsonObject,
  signers: readonly Signer[],
  hash: Pick<Hash, 'sha256'>,
): Uint8Array {
  const message = tufCanonicalJson(signed)
  const signatures = signers.map((signer) => ({
    keyid: keyIdOf(signer.publicKey, hash),
    sig: toHex(signer.sign(message)),
  }))
  return tufCanonicalJson({ signatures, signed })
}
