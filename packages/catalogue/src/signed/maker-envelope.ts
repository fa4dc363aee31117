import {
  ED25519_KEY_BYTES,
  ED25519_SIGNATURE_BYTES,
  KIB,
  type Signatures,
  type Signer,
  concatBytes,
  fromHex,
  toHex,
  utf8Bytes,
} from '@matinee/base'
import { CatalogueError } from '../catalogue-error.ts'
import { canonicalJson } from '../json/canonical-json.ts'
import { parseStrictJson } from '../json/strict-json.ts'
import type { JsonLimits } from '../limits.ts'
import { JsonFields } from './json-fields.ts'
import { type JsonObject, isJsonObject } from '../json/json-pointer.ts'
import { refuse } from './tuf-json.ts'

/** feed-format 9.1. */
export const ENVELOPE_LIMITS: JsonLimits = { bytes: 384 * KIB, depth: 4, values: 100 }

const TYPE = 'matinee-envelope'
const SIGNATURES = 8

/** What an envelope may hold. */
export type PayloadType = 'matinee-record' | 'matinee-list'

/** What was in an envelope, and who signed it. */
export interface OpenedEnvelope {
  /** The bytes that were signed. */
  readonly payload: Uint8Array
  /** Public keys of those who signed, 64 hexadecimal digits each; at least one. */
  readonly makers: readonly string[]
}

/** Opens an envelope: feed-format 9.1, 9.2. Every signature must be right. Throws {@link TrustError}. */
export function openEnvelope(
  bytes: Uint8Array,
  payloadType: PayloadType,
  file: string,
  crypto: Signatures,
): OpenedEnvelope {
  const fields = new JsonFields(file, envelopeJson(bytes, file))
  if (fields.text('type') !== TYPE) refuse(file, 'type', 'is no envelope')
  if (fields.number('version') !== 1) refuse(file, 'version', 'is an envelope of another version')
  if (fields.text('payloadType') !== payloadType) refuse(file, 'type', 'holds something else')
  const payload = base64(fields.text('payload'))
  if (payload === null) return refuse(file, 'envelope', 'holds no base64')
  const message = signedBytes(payloadType, payload)
  const makers = fields.objects('signatures', SIGNATURES).map((each) => {
    const key = each.text('key')
    const publicKey = hexBytes(key, ED25519_KEY_BYTES)
    const signature = hexBytes(each.text('signature'), ED25519_SIGNATURE_BYTES)
    if (publicKey === null || signature === null)
      return refuse(file, 'hash', 'carries a key or signature that is none')
    if (!crypto.verifyEd25519(publicKey, message, signature))
      refuse(file, 'maker-signature', 'is not signed by a key that it names')
    return key
  })
  if (makers.length === 0) refuse(file, 'missing-field', 'is signed by nobody')
  if (new Set(makers).size !== makers.length)
    refuse(file, 'duplicate', 'is signed twice by one key')
  return { payload, makers }
}

/** An envelope around a payload, signed by everybody given. */
export function makeEnvelope(
  payload: Uint8Array,
  payloadType: PayloadType,
  signers: readonly Signer[],
): Uint8Array {
  const message = signedBytes(payloadType, payload)
  const signatures = signers.map((signer) => ({
    key: toHex(signer.publicKey),
    signature: toHex(signer.sign(message)),
  }))
  return canonicalJson({
    type: TYPE,
    version: 1,
    payloadType,
    payload: payload.toBase64(),
    signatures,
  })
}

/** feed-format 9.2: what is signed, every part with its length before it. */
function signedBytes(payloadType: string, payload: Uint8Array): Uint8Array {
  const head = `matinee 1 ${payloadType.length} ${payloadType} ${payload.length} `
  return concatBytes([utf8Bytes(head), payload])
}

function envelopeJson(bytes: Uint8Array, file: string): JsonObject {
  try {
    const value = parseStrictJson(bytes, ENVELOPE_LIMITS)
    if (isJsonObject(value)) return value
  } catch (error) {
    if (error instanceof CatalogueError)
      return refuse(file, error.code, error.problems[0]?.why ?? 'is no JSON')
    throw error
  }
  return refuse(file, 'wrong-type', 'is no object')
}

/** Base64 in its one canonical form. */
function base64(text: string): Uint8Array | null {
  try {
    const bytes = Uint8Array.fromBase64(text, { lastChunkHandling: 'strict' })
    return bytes.toBase64() === text ? bytes : null
  } catch {
    return null
  }
}

function hexBytes(text: string, length: number): Uint8Array | null {
  const isHex = text.length === 2 * length && /^[0-9a-f]*$/u.test(text)
  return isHex ? fromHex(text) : null
}
