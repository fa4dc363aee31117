import { ED25519_SIGNATURE_BYTES, type Signatures, fromHex, toHex } from '@matinee/base'
import { JsonFields } from './json-fields.ts'
import type { RoleSigners } from './role-key.ts'
import { ROLE_LIMITS, TRUST_LIMITS, type TopRole } from './trust-limits.ts'
import { parseTufJson, refuse, tufCanonicalJson } from './tuf-json.ts'

/** A file of TUF, taken apart; whether anybody has signed it isn't known yet. */
export interface SignedFile {
  /** Its path in the feed. */
  readonly file: string
  readonly bytes: Uint8Array
  /** What the signatures are about. */
  readonly signed: JsonFields
  /** `signed` in its canonical form: the bytes that were signed. */
  readonly message: Uint8Array
  /** Signatures by the id of the key that is said to have made each; not all need be signatures. */
  readonly signatures: ReadonlyMap<string, string>
}

/** What every role says. */
export interface RoleHead {
  /** From 1. */
  readonly version: number
  /** Until when it holds, in milliseconds since 1970. */
  readonly expiresMs: number
}

/**
 * Takes a file of TUF apart: feed-format 10.2 to 10.4. Nothing in it may be believed before {@link checkSigners}.
 *
 * Throws {@link TrustError}.
 */
export function parseSignedFile(bytes: Uint8Array, role: TopRole, file: string): SignedFile {
  const fields = new JsonFields(file, parseTufJson(bytes, ROLE_LIMITS[role], file))
  const signed = fields.object('signed')
  if (signed.text('_type') !== role) refuse(file, 'type', `is no file of the role ${role}`)
  if (!/^1\.\d{1,4}(?:\.\d{1,4})?$/u.test(signed.text('spec_version')))
    refuse(file, 'unsupported', 'is of another version of TUF')
  const signatures = fields.objects('signatures', TRUST_LIMITS.keys)
  const byKey = new Map(signatures.map((each) => [each.text('keyid'), each.text('sig')]))
  if (byKey.size !== signatures.length)
    refuse(file, 'duplicate', 'carries two signatures of one key')
  return { file, bytes, signed, message: tufCanonicalJson(signed.given), signatures: byKey }
}

/** feed-format 10.4. Throws {@link TrustError}. */
export function parseRoleHead({ signed, file }: SignedFile): RoleHead {
  const version = signed.number('version')
  if (version < 1) refuse(file, 'version', 'is of no version from 1')
  return { version, expiresMs: signed.moment('expires') }
}

/**
 * feed-format 10.5: wants as many different keys as the threshold says to have signed the file. A signature that isn't
 * right counts for nothing and harms nothing.
 *
 * Throws {@link TrustError} `signatures`.
 */
export function checkSigners(
  { file, message, signatures }: SignedFile,
  { threshold, keys }: RoleSigners,
  crypto: Signatures,
): void {
  const signers = new Set<string>()
  for (const { id, publicKey } of keys) {
    const signature = hexBytes(signatures.get(id) ?? '')
    if (signature !== null && crypto.verifyEd25519(publicKey, message, signature))
      // Counted by what it is: two ids of one key are one signer.
      signers.add(toHex(publicKey))
  }
  if (signers.size < threshold)
    refuse(file, 'signatures', `is signed by ${signers.size} of ${threshold} keys`)
}

function hexBytes(text: string): Uint8Array | null {
  return text.length === 2 * ED25519_SIGNATURE_BYTES ? fromHex(text) : null
}
