import type { Sha256Text } from '../name/hash-text.ts'
import type { FeedCrypto } from './role-key.ts'
import { type TrustRefusal, refusalOf } from './trust-error.ts'
import { ROLE_LIMITS } from './trust-limits.ts'
import type { TrustedFiles } from './trusted-files.ts'
import { refuse } from './tuf-json.ts'
import { roleFile, verifyRoot } from './verified-feed.ts'

/** What came of beginning to trust a feed. */
export type TrustBeginning =
  | { readonly kind: 'begun'; readonly files: TrustedFiles }
  | { readonly kind: 'refused'; readonly refusal: TrustRefusal }

/**
 * Begins to trust a feed by its first root (feed-format 13.1).
 *
 * @param fingerprint what the viewer was shown and accepted: SHA-256 of that root's file
 */
export function beginTrust(
  root: Uint8Array,
  fingerprint: Sha256Text,
  crypto: FeedCrypto,
): TrustBeginning {
  const file = roleFile('root', 1)
  try {
    if (root.length > ROLE_LIMITS.root.bytes || crypto.sha256(root).toHex() !== fingerprint)
      refuse(file, 'fingerprint', 'is not the feed that was asked for')
    if (verifyRoot(root, file, crypto).version !== 1)
      refuse(file, 'other-version', "is not a feed's first root")
  } catch (error) {
    return { kind: 'refused', refusal: refusalOf(error) }
  }
  const nothing = { timestamp: null, snapshot: null, targets: new Map() }
  const never = { confirmedMs: null, expiredVersion: null }
  return { kind: 'begun', files: { fingerprint, root, ...nothing, ...never } }
}
