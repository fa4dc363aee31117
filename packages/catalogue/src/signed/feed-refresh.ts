import type { Sha256Text } from '../name/hash-text.ts'
import type { FeedCrypto } from './role-key.ts'
import { PUBLISHER, type RoleName } from './role-name.ts'
import type { TargetsRole } from './targets-role.ts'
import type { RoleReference, RootRole, SnapshotRole, TimestampRole } from './top-roles.ts'
import { TrustError, type TrustRefusal, refusalOf } from './trust-error.ts'
import { ROLE_LIMITS, TRUST_LIMITS } from './trust-limits.ts'
import type { Freshness, TrustedFiles } from './trusted-files.ts'
import { refuse } from './tuf-json.ts'
import {
  TIMESTAMP_FILE,
  type VerifiedCurator,
  type VerifiedFeed,
  checkReference,
  freshnessOf,
  roleFile,
  seenTime,
  verifyCurator,
  verifyNextRoot,
  verifyPublisher,
  verifyRoot,
  verifySnapshot,
  verifyTimestamp,
} from './verified-feed.ts'

/** A file that a check needs next. Whoever runs the check answers with its bytes, or `null` when it isn't there. */
export interface WantedFile {
  /** Its path in the feed. */
  readonly path: string
  /** No more bytes than that are taken; a longer file is refused. */
  readonly maxBytes: number
  /** SHA-256, where it is known before: any copy will do. `null` = the source's newest. */
  readonly sha256: Sha256Text | null
}

/** A check in progress: it says which file it needs, and is given it. */
export type FeedCheck<T> = Generator<WantedFile, T, Uint8Array | null>

/** What came of asking one source for a feed's newest version. */
export type Refresh =
  | {
      /** `updated`: `files` are to be kept in the place of the older ones. `unchanged`: the source knows nothing newer. */
      readonly kind: 'updated' | 'unchanged'
      readonly files: TrustedFiles
      readonly feed: VerifiedFeed
      readonly freshness: Freshness
    }
  | {
      readonly kind: 'refused'
      readonly refusal: TrustRefusal
      /** As they were, but for newer roots, which are to be kept: they say which keys not to trust any more. */
      readonly files: TrustedFiles
    }

/**
 * Checks what one source has of a feed: section 13 of docs/feed-format.md. Pure: what it takes besides the source's files
 * are the files that are trusted already and the time. All or nothing, but for roots.
 *
 * @param nowMs when the check began, in milliseconds since 1970
 */
export function* refreshFeed(
  trusted: TrustedFiles,
  nowMs: number,
  crypto: FeedCrypto,
): FeedCheck<Refresh> {
  let files = trusted
  try {
    let root = verifyRoot(files.root, 'metadata/root.json', crypto)
    for (let count = 0; ; count++) {
      // feed-format 13.2
      const path = roleFile('root', root.version + 1)
      const bytes = yield { path, maxBytes: ROLE_LIMITS.root.bytes, sha256: null }
      if (bytes === null) break
      if (count === TRUST_LIMITS.newRoots)
        refuse(path, 'root-chain', `is behind ${TRUST_LIMITS.newRoots} others`)
      root = verifyNextRoot(bytes, path, root, crypto)
      files = { ...files, root: bytes }
    }
    return yield* refreshUnder(root, files, nowMs, crypto)
  } catch (error) {
    return { kind: 'refused', refusal: refusalOf(error), files }
  }
}

/** What earlier versions leave to compare with: only what the newest root's keys still sign for (feed-format 13.2). */
interface Known {
  readonly timestamp: TimestampRole | null
  readonly snapshot: SnapshotRole | null
}

function* refreshUnder(
  root: RootRole,
  files: TrustedFiles,
  nowMs: number,
  crypto: FeedCrypto,
): FeedCheck<Refresh> {
  const known = knownUnder(root, files, crypto)
  // feed-format 13.3
  const given = yield* want(TIMESTAMP_FILE, ROLE_LIMITS.timestamp.bytes, null)
  const offered = verifyTimestamp(given, root, crypto)
  checkTimestamp(offered, known)
  const isNewer = known.timestamp === null || offered.version > known.timestamp.version
  const timestamp = isNewer ? offered : (known.timestamp ?? offered)
  const timestampBytes = isNewer ? given : (files.timestamp ?? given)
  const snapshotBytes = yield* wantRole('snapshot', timestamp.snapshot, files.snapshot, crypto)
  const snapshotFile = roleFile('snapshot', timestamp.snapshot.version)
  const snapshot = verifySnapshot(snapshotBytes, root, snapshotFile, crypto)
  checkVersion(snapshot.version, timestamp.snapshot, snapshotFile)
  checkSnapshot(snapshot, known, snapshotFile)

  // feed-format 13.4
  const targets = new Map<RoleName, Uint8Array>()
  const publisher = yield* readRole(PUBLISHER, (bytes, file) =>
    verifyPublisher(bytes, root, file, crypto),
  )
  if (publisher === null)
    return refuse(snapshotFile, 'missing-field', 'names no file of the publisher')
  const curators: VerifiedCurator[] = []
  for (const delegation of publisher.delegations) {
    const role = yield* readRole(delegation.name, (bytes, file) =>
      verifyCurator(bytes, delegation, file, crypto),
    )
    if (role !== null) curators.push({ delegation, role })
  }

  const feed: VerifiedFeed = { root, timestamp, snapshot, publisher, curators }
  const freshness = freshnessOf(feed, nowMs, files.expiredVersion === timestamp.version)
  // feed-format 13.5
  const isChanged = isNewer || !sameFiles(targets, files.targets)
  if (isChanged && files.timestamp !== null && seenTime(timestamp, nowMs) >= root.expiresMs)
    refuse(TIMESTAMP_FILE, 'root-expired', 'is newer than a root that has expired')
  const isFresh = freshness.kind === 'fresh'
  return {
    kind: isChanged ? 'updated' : 'unchanged',
    feed,
    freshness,
    files: {
      ...files,
      timestamp: timestampBytes,
      snapshot: snapshotBytes,
      targets,
      confirmedMs: isFresh ? nowMs : files.confirmedMs,
      expiredVersion: isFresh ? null : timestamp.version,
    },
  }

  /** A role that the snapshot names; `null` = it doesn't. */
  function* readRole(
    name: RoleName,
    verify: (bytes: Uint8Array, file: string) => TargetsRole,
  ): FeedCheck<TargetsRole | null> {
    const reference = snapshot.roles.get(name)
    if (reference === undefined) return null
    const bytes = yield* wantRole(name, reference, files.targets.get(name) ?? null, crypto)
    const file = roleFile(name, reference.version)
    const role = verify(bytes, file)
    checkVersion(role.version, reference, file)
    targets.set(name, bytes)
    return role
  }
}

/** A file of a role by its signed length and hash, which may be here already. */
function* wantRole(
  role: 'snapshot' | RoleName,
  reference: RoleReference,
  known: Uint8Array | null,
  crypto: FeedCrypto,
): FeedCheck<Uint8Array> {
  const { version, length, sha256 } = reference
  if (known?.length === length && crypto.sha256(known).toHex() === sha256) return known
  const file = roleFile(role, version)
  const bytes = yield* want(file, length, sha256)
  checkReference(bytes, reference, file, crypto)
  return bytes
}

function* want(path: string, maxBytes: number, sha256: Sha256Text | null): FeedCheck<Uint8Array> {
  const bytes = yield { path, maxBytes, sha256 }
  return bytes ?? refuse(path, 'missing', 'is not there')
}

function knownUnder(root: RootRole, files: TrustedFiles, crypto: FeedCrypto): Known {
  const timestamp = attempt(files.timestamp, (bytes) => verifyTimestamp(bytes, root, crypto))
  const snapshot = attempt(files.snapshot, (bytes) =>
    verifySnapshot(bytes, root, roleFile('snapshot', 0), crypto),
  )
  return { timestamp, snapshot }
}

function attempt<T>(bytes: Uint8Array | null, verify: (bytes: Uint8Array) => T): T | null {
  try {
    return bytes === null ? null : verify(bytes)
  } catch (error) {
    if (error instanceof TrustError) return null
    throw error
  }
}

/** feed-format 13.3 */
function checkTimestamp(offered: TimestampRole, { timestamp }: Known): void {
  if (timestamp === null) return
  if (offered.version < timestamp.version)
    refuse(TIMESTAMP_FILE, 'rollback', 'is older than the one that is known')
  const [before, now] = [timestamp.snapshot, offered.snapshot]
  if (now.version < before.version)
    refuse(TIMESTAMP_FILE, 'rollback', 'names an older snapshot than the one that is known')
  // NOTE: the same timestamp with other contents is no reason to refuse: the one that is known stays.
  if (offered.version > timestamp.version) checkReuse(TIMESTAMP_FILE, before, now)
}

/** feed-format 13.3 */
function checkSnapshot(offered: SnapshotRole, { snapshot }: Known, file: string): void {
  if (snapshot === null) return
  for (const [name, before] of snapshot.roles) {
    const now = offered.roles.get(name)
    if (now === undefined) return refuse(file, 'role-removed', 'leaves out a role that was there')
    if (now.version < before.version)
      refuse(file, 'rollback', 'names an older file than the one that is known')
    checkReuse(file, before, now)
  }
}

function checkReuse(file: string, before: RoleReference, now: RoleReference): void {
  if (now.version === before.version && now.sha256 !== before.sha256)
    refuse(file, 'version-reused', 'names another file of the version that is known')
}

function checkVersion(version: number, reference: RoleReference, file: string): void {
  if (version !== reference.version)
    refuse(file, 'other-version', 'is not of the version that was signed for')
}

function sameFiles(
  a: ReadonlyMap<RoleName, Uint8Array>,
  b: ReadonlyMap<RoleName, Uint8Array>,
): boolean {
  return a.size === b.size && [...a].every(([name, bytes]) => b.get(name) === bytes)
}
