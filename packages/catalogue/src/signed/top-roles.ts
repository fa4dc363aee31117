import type { Hash } from '@matinee/base'
import { type JsonFields } from './json-fields.ts'
import { type Sha256Text } from '../name/hash-text.ts'
import { parseRoleName, type RoleName } from './role-name.ts'
import { type RoleSigners, parseKeys, parseSigners } from './role-key.ts'
import { type RoleHead, type SignedFile, parseRoleHead } from './signed-file.ts'
import { ROLE_LIMITS, TRUST_LIMITS, type TopRole } from './trust-limits.ts'
import { refuse } from './tuf-json.ts'

/** feed-format 11.1: whom a feed trusts for what. */
export interface RootRole extends RoleHead {
  readonly signers: Readonly<Record<TopRole, RoleSigners>>
}

/** What is signed of another role's file. */
export interface RoleReference {
  readonly version: number
  /** Bytes. */
  readonly length: number
  readonly sha256: Sha256Text
}

/** feed-format 11.2: the newest snapshot. */
export interface TimestampRole extends RoleHead {
  readonly snapshot: RoleReference
  /** When it was signed, in milliseconds since 1970; `null` = it doesn't say. */
  readonly issuedMs: number | null
}

/** feed-format 11.3: every role's file at one moment. */
export interface SnapshotRole extends RoleHead {
  readonly roles: ReadonlyMap<RoleName, RoleReference>
}

/** Reads what a root says. Throws {@link TrustError}. */
export function parseRoot(file: SignedFile, hash: Pick<Hash, 'sha256'>): RootRole {
  const { signed } = file
  if (!signed.truth('consistent_snapshot'))
    refuse(file.file, 'unsupported', 'has no names by version and hash')
  const keys = parseKeys(signed, file.file, hash)
  const roles = signed.object('roles')
  const signersOf = (role: TopRole): RoleSigners =>
    parseSigners(roles.object(role), keys, file.file)
  return {
    ...parseRoleHead(file),
    signers: {
      root: signersOf('root'),
      timestamp: signersOf('timestamp'),
      snapshot: signersOf('snapshot'),
      targets: signersOf('targets'),
    },
  }
}

/** Reads what a timestamp says. Throws {@link TrustError}. */
export function parseTimestamp(file: SignedFile): TimestampRole {
  const { signed } = file
  const head = parseRoleHead(file)
  const issuedMs = signed.has('issued') ? signed.moment('issued') : null
  if (issuedMs !== null && issuedMs > head.expiresMs)
    refuse(file.file, 'date', 'was signed after it expires')
  const reference = signed.object('meta').object('snapshot.json')
  const snapshot = parseReference(reference, file.file, ROLE_LIMITS.snapshot.bytes)
  return { ...head, issuedMs, snapshot }
}

/** Reads what a snapshot says. Throws {@link TrustError}. */
export function parseSnapshot(file: SignedFile): SnapshotRole {
  const entries = file.signed.members('meta', TRUST_LIMITS.snapshotRoles)
  const roles = entries.map(([name, fields]): [RoleName, RoleReference] => {
    const role = name.endsWith('.json') ? parseRoleName(name.slice(0, -5)) : null
    if (role === null) return refuse(file.file, 'id', 'names a role that is no id')
    return [role, parseReference(fields, file.file, ROLE_LIMITS.targets.bytes)]
  })
  return { ...parseRoleHead(file), roles: new Map(roles) }
}

function parseReference(fields: JsonFields, file: string, cap: number): RoleReference {
  const version = fields.whole('version', 1)
  const length = fields.whole('length', 1)
  if (length > cap) refuse(file, 'too-large', `names a file of more than ${cap} bytes`)
  return { version, length, sha256: fields.sha256() }
}
