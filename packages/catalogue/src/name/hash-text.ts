declare const sha1Brand: unique symbol
declare const sha256Brand: unique symbol

/** A v1 info-hash: 40 lower-case hexadecimal digits. */
export type Sha1Text = string & { readonly [sha1Brand]: true }
/** A SHA-256 (of a file, a v2 info dictionary or a file's merkle root): 64 lower-case hexadecimal digits. */
export type Sha256Text = string & { readonly [sha256Brand]: true }

/** The SHA-1 that a text is, or `null` (feed-format 3.8). */
export function parseSha1(text: string): Sha1Text | null {
  return /^[0-9a-f]{40}$/u.test(text) ? (text as Sha1Text) : null
}

/** The SHA-256 that a text is, or `null` (feed-format 3.8). */
export function parseSha256(text: string): Sha256Text | null {
  return /^[0-9a-f]{64}$/u.test(text) ? (text as Sha256Text) : null
}
