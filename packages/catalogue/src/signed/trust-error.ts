import type { CatalogueCode } from '../catalogue-error.ts'

/** Why a file of a signed feed is refused besides what is wrong with one file alone: section 10 to 15 of docs/feed-format.md. */
export type TrustCode =
  /** A file that must be there isn't. */
  | 'missing'
  /** Fewer distinct keys than the threshold have signed it. */
  | 'signatures'
  /** A key that isn't Ed25519, or whose id isn't its hash. */
  | 'trust-key'
  /** A threshold that isn't a whole number from 1. */
  | 'threshold'
  /** Another version of TUF, or a part of it that feeds don't use. */
  | 'unsupported'
  /** A version that isn't the one asked for. */
  | 'other-version'
  /** Older than what is trusted already. */
  | 'rollback'
  /** A role that the last snapshot had and this one hasn't. */
  | 'role-removed'
  /** The same version with other bytes. */
  | 'version-reused'
  /** A length or SHA-256 that isn't the one signed for it. */
  | 'file-hash'
  /** Newer works under a root that has expired. */
  | 'root-expired'
  /** More new roots than are read in one go; those read are kept. */
  | 'root-chain'
  /** Not the feed that was asked for. */
  | 'fingerprint'
  /** Signed for by a role that may not. */
  | 'name-space'
  /** What a role's files make together isn't what it signed. */
  | 'state'
  /** Not whole gzip, or more in it than was signed for. */
  | 'compression'
  /** A shard or delta that isn't laid out as one. */
  | 'pack'
  /** An envelope that one of its keys didn't sign. */
  | 'maker-signature'

/** What was refused, and why. */
export interface TrustRefusal {
  readonly code: TrustCode | CatalogueCode | 'not-offerable'
  /** The file's path in the feed: `metadata/timestamp.json`. */
  readonly file: string
  /** One clause for people, without the offending value. */
  readonly why: string
}

/** Thrown inside of src/signed when a file isn't what it must be; the doors return its refusal. */
export class TrustError extends Error {
  override readonly name = 'TrustError'
  readonly code: TrustRefusal['code']
  readonly refusal: TrustRefusal

  constructor(refusal: TrustRefusal) {
    super(`${refusal.file}: ${refusal.why}`)
    this.code = refusal.code
    this.refusal = refusal
  }
}

/** The refusal in what was thrown; throws anything else again. */
export function refusalOf(error: unknown): TrustRefusal {
  if (error instanceof TrustError) return error.refusal
  throw error
}
