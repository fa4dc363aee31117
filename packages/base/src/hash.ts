/** The two hash functions of BitTorrent, injected so that pure code runs anywhere. Synchronous. */
export interface Hash {
  /** 20 bytes. */
  sha1(bytes: Uint8Array): Uint8Array
  /** 32 bytes. */
  sha256(bytes: Uint8Array): Uint8Array
  /** A SHA-1 that is fed piece by piece. */
  startSha1(): RunningHash
}

/** A hash in progress. After `finish` it can't be used again. */
export interface RunningHash {
  update(bytes: Uint8Array): void
  finish(): Uint8Array
}

/** Lengths of the digests, in bytes. */
export const SHA1_BYTES = 20
export const SHA256_BYTES = 32
