import type { FeedCrypto } from './role-key.ts'
import { PUBLISHER, type RoleName } from './role-name.ts'
import { type TargetFile, type TargetsRole, maySignFor } from './targets-role.ts'
import { type TrustRefusal, refusalOf } from './trust-error.ts'
import { type VerifiedCurator, type VerifiedFeed, checkReference } from './verified-feed.ts'

/**
 * Which role's word counts for a path, and its file when it signs for one there: the publisher first, then curators in
 * their order, none behind a terminating one that may (feed-format 11.6).
 */
export function findTarget(
  { publisher, curators }: VerifiedFeed,
  path: string,
): { readonly role: RoleName; readonly target: TargetFile } | null {
  const own = publisher.files.get(path)
  if (own !== undefined) return { role: PUBLISHER, target: own }
  for (const { delegation, role } of searchedCurators(publisher, curators, path)) {
    const target = role.files.get(path)
    if (target !== undefined) return { role: delegation.name, target }
  }
  return null
}

/** The curators who may sign for a path, in the order in which they are asked (feed-format 11.6). */
export function* searchedCurators(
  publisher: TargetsRole,
  curators: readonly VerifiedCurator[],
  path: string,
): Generator<VerifiedCurator> {
  for (const delegation of publisher.delegations) {
    if (!maySignFor(delegation, path)) continue
    const curator = curators.find((each) => each.delegation === delegation)
    if (curator !== undefined) yield curator
    if (delegation.isTerminating) return
  }
}

/** The name under which a file that a role signs for lies (feed-format 10.7). */
export function targetFileName({ path, sha256 }: Pick<TargetFile, 'path' | 'sha256'>): string {
  const slash = path.lastIndexOf('/') + 1
  return `targets/${path.slice(0, slash)}${sha256}.${path.slice(slash)}`
}

/** What is wrong with a file that lies where a target should; `null` = it's the one that was signed for. */
export function targetProblem(
  bytes: Uint8Array,
  target: TargetFile,
  crypto: Pick<FeedCrypto, 'sha256'>,
): TrustRefusal | null {
  try {
    checkReference(bytes, target, targetFileName(target), crypto)
    return null
  } catch (error) {
    return refusalOf(error)
  }
}
