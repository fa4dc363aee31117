/** Chance as everything in packages/ sees it. The product's is cryptographic; tests use a seeded one. */
export interface Random {
  /** `length` random bytes. */
  bytes(length: number): Uint8Array
  /** A whole number in `[0, limit)`, `limit` from 1 to 2^32. */
  below(limit: number): number
}
