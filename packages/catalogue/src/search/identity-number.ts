/** What stands for an identity in an index: 64 bits, as two numbers. */
export interface IdentityNumber {
  readonly high: number
  readonly low: number
}

/** The SHA-256 of a text as UTF-8, in hex. */
export type TextSha256 = (text: string) => string

/**
 * The number of an identity, such as `imdb tt0000001` or `root …`: the first 64 bits of its SHA-256. Equal numbers are taken
 * for equal identities: by chance that is wrong in one of some thirty million catalogues with a million of them, and whoever
 * makes a pair with that much work gains what writing the identity down gains, as a feed may carry any. Numbers that agree
 * in fewer bits are cheap to make, so nothing may become slow by them.
 */
export function identityNumber(identity: string, sha256: TextSha256): IdentityNumber {
  const hex = sha256(identity)
  return {
    high: Number.parseInt(hex.slice(0, 8), 16),
    low: Number.parseInt(hex.slice(8, 16), 16),
  }
}
