import { keyIdOf, type FeedCrypto } from '../signed/role-key.ts'
import type { TargetsRole } from '../signed/targets-role.ts'
import { verifyCurator } from '../signed/verified-feed.ts'
import type { CuratorOrder } from './targets-draft.ts'

/**
 * A curator's file, as the publisher wants it signed.
 *
 * @param file its path, for people
 *
 * Throws {@link TrustError}.
 */
export function openCuratorFile(
  bytes: Uint8Array,
  curator: CuratorOrder,
  file: string,
  crypto: FeedCrypto,
): TargetsRole {
  const { name, keys, threshold, paths, isTerminating } = curator
  const signers = {
    threshold,
    keys: keys.map((publicKey) => ({ id: keyIdOf(publicKey, crypto), publicKey })),
  }
  return verifyCurator(bytes, { name, signers, patterns: paths, isTerminating }, file, crypto)
}
