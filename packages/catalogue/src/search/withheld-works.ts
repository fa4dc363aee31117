import type { TextSha256 } from './identity-number.ts'
import { findIdentities } from './identity-search.ts'
import type { Segment } from './segment.ts'

/** Works that one feed withdraws, and that its viewer lets it withdraw from other feeds too (feed-format 14.6). */
export interface Withholding {
  /** Whose own works it isn't about. */
  readonly feedId: string
  /** Info-hashes and file roots. */
  readonly hashes: readonly string[]
}

/** The works of a segment that carry such a hash, as 1; null = none does. */
export function withheldWorks(
  { feed, workCount, identities, infoHashes }: Segment,
  all: readonly Withholding[],
  sha256: TextSha256,
): Uint8Array | null {
  const hashes = all.flatMap((each) => (each.feedId === feed.id ? [] : each.hashes))
  if (hashes.length === 0) return null
  const roots = hashes.map((hash) => `root ${hash}`)
  const found = [
    ...findIdentities(identities, roots, sha256),
    ...findIdentities(infoHashes, hashes, sha256),
  ]
  if (found.length === 0) return null
  const isWithheld = new Uint8Array(workCount)
  for (const { work } of found) isWithheld[work] = 1
  return isWithheld
}
