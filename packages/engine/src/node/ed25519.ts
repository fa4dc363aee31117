import { createPublicKey, verify } from 'node:crypto'

/** What stands before the 32 bytes of an Ed25519 key in DER (RFC 8410). */
const ED25519_DER = [0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0]

/** Whether an Ed25519 signature (64 bytes) of a key (32 bytes) is right (RFC 8032). Never throws. */
export function verifyEd25519(
  publicKey: Uint8Array,
  bytes: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (publicKey.length !== 32) return false
  try {
    const der = Buffer.from([...ED25519_DER, ...publicKey])
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' })
    return verify(null, bytes, key, signature)
  } catch {
    // Not every 32 bytes are a point of the curve.
    return false
  }
}
