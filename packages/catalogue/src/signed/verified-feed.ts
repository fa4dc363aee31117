import type { FeedCrypto } from './role-key.ts'
import { PUBLISHER, type RoleName } from './role-name.ts'
import { type SignedFile, checkSigners, parseSignedFile } from './signed-file.ts'
import { type Delegation, type TargetsRole, parseTargets } from './targets-role.ts'
import {
  type RoleReference,
  type RootRole,
  type SnapshotRole,
  type TimestampRole,
  parseRoot,
  parseSnapshot,
  parseTimestamp,
} from './top-roles.ts'
import { TrustError } from './trust-error.ts'
import type { TopRole } from './trust-limits.ts'
import type { Freshness, TrustedFiles } from './trusted-files.ts'
import { refuse } from './tuf-json.ts'

/** The roles of one version of a feed, all of them signed. Only this folder makes one. */
export interface VerifiedFeed {
  readonly root: RootRole
  readonly timestamp: TimestampRole
  readonly snapshot: SnapshotRole
  readonly publisher: TargetsRole
  /** In the order of the publisher's delegations; a curator whose file was never published isn't among them. */
  readonly curators: readonly VerifiedCurator[]
}

/** A curator and what they signed. */
export interface VerifiedCurator {
  readonly delegation: Delegation
  readonly role: TargetsRole
}

/** A root, signed by itself. Throws {@link TrustError}. */
export function verifyRoot(bytes: Uint8Array, file: string, crypto: FeedCrypto): RootRole {
  const parsed = parseSignedFile(bytes, 'root', file)
  const root = parseRoot(parsed, crypto)
  checkSigners(parsed, root.signers.root, crypto)
  return root
}

/** A root that follows another: signed by both, and the very next one (feed-format 13.2). Throws {@link TrustError}. */
export function verifyNextRoot(
  bytes: Uint8Array,
  file: string,
  before: RootRole,
  crypto: FeedCrypto,
): RootRole {
  const parsed = parseSignedFile(bytes, 'root', file)
  checkSigners(parsed, before.signers.root, crypto)
  const root = parseRoot(parsed, crypto)
  if (root.version !== before.version + 1)
    refuse(file, 'other-version', `is not version ${before.version + 1}`)
  checkSigners(parsed, root.signers.root, crypto)
  return root
}

/** A timestamp under a root. Throws {@link TrustError}. */
export function verifyTimestamp(
  bytes: Uint8Array,
  root: RootRole,
  crypto: FeedCrypto,
): TimestampRole {
  const file = parseSignedFile(bytes, 'timestamp', TIMESTAMP_FILE)
  checkSigners(file, root.signers.timestamp, crypto)
  return parseTimestamp(file)
}

/** A snapshot under a root; whether it's the one a timestamp names isn't asked. Throws {@link TrustError}. */
export function verifySnapshot(
  bytes: Uint8Array,
  root: RootRole,
  file: string,
  crypto: FeedCrypto,
): SnapshotRole {
  const parsed = parseSignedFile(bytes, 'snapshot', file)
  checkSigners(parsed, root.signers.snapshot, crypto)
  return parseSnapshot(parsed)
}

/** The publisher's role, as the root wants it signed. Throws {@link TrustError}. */
export function verifyPublisher(
  bytes: Uint8Array,
  root: RootRole,
  file: string,
  crypto: FeedCrypto,
): TargetsRole {
  const parsed = parseSignedFile(bytes, 'targets', file)
  checkSigners(parsed, root.signers.targets, crypto)
  return parseTargets(parsed, PUBLISHER, crypto)
}

/** A curator's role, as the publisher of this very version wants it signed (feed-format 13.4). Throws {@link TrustError}. */
export function verifyCurator(
  bytes: Uint8Array,
  { name, signers }: Delegation,
  file: string,
  crypto: FeedCrypto,
): TargetsRole {
  const parsed: SignedFile = parseSignedFile(bytes, 'targets', file)
  checkSigners(parsed, signers, crypto)
  return parseTargets(parsed, name, crypto)
}

/** feed-format 13.3, 13.4: wants a file to be the one that was signed for. Throws {@link TrustError}. */
export function checkReference(
  bytes: Uint8Array,
  { length, sha256 }: Pick<RoleReference, 'length' | 'sha256'>,
  file: string,
  crypto: Pick<FeedCrypto, 'sha256'>,
): void {
  if (bytes.length !== length || crypto.sha256(bytes).toHex() !== sha256)
    refuse(file, 'file-hash', 'is not the file that was signed for')
}

/** Where a timestamp lies. */
export const TIMESTAMP_FILE = 'metadata/timestamp.json'

/** Where the file of any other role lies (feed-format 10.7). */
export function roleFile(role: 'root' | 'snapshot' | RoleName, version: number): string {
  return `metadata/${version}.${role}.json`
}

/**
 * The feed that kept files hold, checked anew; `null` = there are none yet beside the root, or the root's newest keys
 * don't sign for them any more. Throws {@link TrustError} when the root itself is damaged.
 */
export function openTrustedFiles(files: TrustedFiles, crypto: FeedCrypto): VerifiedFeed | null {
  const root = verifyRoot(files.root, 'metadata/root.json', crypto)
  const { timestamp: timestampBytes, snapshot: snapshotBytes, targets } = files
  const publisherBytes = targets.get(PUBLISHER)
  if (timestampBytes === null || snapshotBytes === null || publisherBytes === undefined) return null
  try {
    const timestamp = verifyTimestamp(timestampBytes, root, crypto)
    const snapshotFile = roleFile('snapshot', timestamp.snapshot.version)
    checkReference(snapshotBytes, timestamp.snapshot, snapshotFile, crypto)
    const snapshot = verifySnapshot(snapshotBytes, root, snapshotFile, crypto)
    const publisherFile = signedFor(snapshot, PUBLISHER, publisherBytes, crypto)
    const publisher = verifyPublisher(publisherBytes, root, publisherFile, crypto)
    const curators = publisher.delegations.flatMap((delegation): VerifiedCurator[] => {
      const bytes = targets.get(delegation.name)
      if (bytes === undefined) return []
      const file = signedFor(snapshot, delegation.name, bytes, crypto)
      return [{ delegation, role: verifyCurator(bytes, delegation, file, crypto) }]
    })
    return { root, timestamp, snapshot, publisher, curators }
  } catch (error) {
    if (error instanceof TrustError) return null
    throw error
  }
}

/** The path of a role's file, which must be the one that the snapshot names. */
function signedFor(
  snapshot: SnapshotRole,
  name: RoleName,
  bytes: Uint8Array,
  crypto: FeedCrypto,
): string {
  const reference = snapshot.roles.get(name)
  if (reference === undefined) return refuse(roleFile(name, 0), 'missing', 'is in no snapshot')
  const file = roleFile(name, reference.version)
  checkReference(bytes, reference, file, crypto)
  return file
}

/** feed-format 13.5: whether a feed still holds at a moment. Curators who lapsed are {@link lapsedCurators}. */
export function freshnessOf(feed: VerifiedFeed, nowMs: number, hasExpired: boolean): Freshness {
  const { root, timestamp, snapshot, publisher } = feed
  const expiries: (readonly [TopRole, number])[] = [
    ['root', root.expiresMs],
    ['timestamp', timestamp.expiresMs],
    ['snapshot', snapshot.expiresMs],
    ['targets', publisher.expiresMs],
  ]
  const [role, sinceMs] = expiries.reduce((first, each) => (each[1] < first[1] ? each : first))
  if (seenTime(timestamp, nowMs) < sinceMs && !hasExpired)
    return { kind: 'fresh', untilMs: sinceMs }
  return { kind: 'stale', role, sinceMs }
}

/** Curators whose word has expired; their works are shown and played all the same (feed-format 13.5). */
export function lapsedCurators(
  { timestamp, curators }: VerifiedFeed,
  nowMs: number,
): readonly RoleName[] {
  const seenMs = seenTime(timestamp, nowMs)
  return curators.flatMap(({ role }) => (seenMs >= role.expiresMs ? [role.name] : []))
}

/** A clock behind the newest signature is wrong: time that was signed has been (feed-format 13.5). */
export function seenTime({ issuedMs }: TimestampRole, nowMs: number): number {
  return Math.max(nowMs, issuedMs ?? nowMs)
}
