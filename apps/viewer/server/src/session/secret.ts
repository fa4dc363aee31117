import { createHash, randomBytes } from 'node:crypto'

/** A new secret of 128 bits, as 22 characters of base64url. */
export function newSecret(): string {
  return randomBytes(16).toString('base64url')
}

/**
 * What is kept of a secret, and the key under which it's looked up: its SHA-256 in hexadecimal. A look-up
 * by hash takes the same work whatever was presented (W3), and the disk holds nothing that lets anybody in.
 */
export function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
