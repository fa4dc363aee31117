/** Ed25519 (RFC 8032), injected so that pure code runs anywhere. Synchronous. */
export interface Signatures {
  /**
   * Whether `signature` (64 bytes) is one of `message` under `publicKey` (32 bytes). Says no, and never throws, when a
   * length is another or the key is no point of the curve.
   */
  verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean
}

/** Somebody who signs with Ed25519. The secret stays where it is. */
export interface Signer {
  /** 32 bytes. */
  readonly publicKey: Uint8Array
  /** 64 bytes. */
  sign(message: Uint8Array): Uint8Array
}

/** Lengths of keys and signatures, in bytes. */
export const ED25519_KEY_BYTES = 32
export const ED25519_SIGNATURE_BYTES = 64
