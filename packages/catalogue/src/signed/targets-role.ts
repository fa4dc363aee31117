import type { Hash } from '@matinee/base'
import type { JsonObject } from '../json/json-pointer.ts'
import { isJsonObject } from '../json/json-pointer.ts'
import type { Sha256Text } from '../name/hash-text.ts'
import type { JsonFields } from './json-fields.ts'
import { type RoleSigners, parseKeys, parseSigners } from './role-key.ts'
import { PUBLISHER, type RoleName, parseCuratorName } from './role-name.ts'
import { type RoleHead, type SignedFile, parseRoleHead } from './signed-file.ts'
import { type TargetPath, isOfPattern, isPathPattern, parseTargetPath } from './target-path.ts'
import { TRUST_LIMITS } from './trust-limits.ts'
import { refuse } from './tuf-json.ts'

/** A file that a role signs for. */
export interface TargetFile {
  readonly path: TargetPath
  /** Bytes. */
  readonly length: number
  readonly sha256: Sha256Text
  /** What the role says of it besides; empty when nothing. */
  readonly custom: JsonObject
}

/** feed-format 11.4: a curator, and what the publisher lets them sign for. */
export interface Delegation {
  readonly name: RoleName
  readonly signers: RoleSigners
  /** Of paths, `works/<id>` among them. */
  readonly patterns: readonly string[]
  /** Whether nobody behind them in the list may sign for these paths. */
  readonly isTerminating: boolean
}

/** feed-format 11.5: what one role signs for. */
export interface TargetsRole extends RoleHead {
  readonly name: RoleName
  readonly files: ReadonlyMap<string, TargetFile>
  /** Curators in the order in which they are asked; a curator names none. */
  readonly delegations: readonly Delegation[]
  /** The field `matinee`, which section 12 describes; `null` = it isn't there. */
  readonly summary: JsonObject | null
}

/** Reads what the publisher's role or a curator's says. Throws {@link TrustError}. */
export function parseTargets(
  file: SignedFile,
  name: RoleName,
  hash: Pick<Hash, 'sha256'>,
): TargetsRole {
  const { signed } = file
  const files = signed
    .members('targets', TRUST_LIMITS.targets)
    .map(([path, fields]): [string, TargetFile] => [path, parseTarget(path, fields, file.file)])
  const summary = signed.has('matinee') ? signed.object('matinee').given : null
  const delegations = signed.has('delegations')
    ? parseDelegations(signed.object('delegations'), file.file, hash)
    : []
  // feed-format 11.4: whom a curator trusts is the publisher's matter.
  if (name !== PUBLISHER && delegations.length > 0)
    refuse(file.file, 'unsupported', 'is a curator that names curators')
  return { ...parseRoleHead(file), name, files: new Map(files), delegations, summary }
}

function parseTarget(text: string, fields: JsonFields, file: string): TargetFile {
  const path = parseTargetPath(text) ?? refuse(file, 'path', 'names a file by no path')
  const custom = fields.has('custom') ? fields.given.custom : {}
  if (custom === undefined || !isJsonObject(custom))
    return refuse(file, 'wrong-type', 'custom is of another type')
  return { path, length: fields.whole('length', 0), sha256: fields.sha256(), custom }
}

function parseDelegations(
  fields: JsonFields,
  file: string,
  hash: Pick<Hash, 'sha256'>,
): readonly Delegation[] {
  const keys = parseKeys(fields, file, hash)
  // Delegations by hash of a path have no name space that a person could read.
  if (!fields.has('roles') || fields.has('succinct_roles'))
    refuse(file, 'unsupported', 'delegates by the hash of a path')
  const roles = fields.objects('roles', TRUST_LIMITS.curators).map((role): Delegation => {
    const name =
      parseCuratorName(role.text('name')) ?? refuse(file, 'id', 'names a curator by no id')
    if (role.has('path_hash_prefixes'))
      refuse(file, 'unsupported', 'delegates by the hash of a path')
    const patterns = role.texts('paths', TRUST_LIMITS.patterns)
    if (!patterns.every(isPathPattern)) refuse(file, 'path', 'names a pattern of no paths')
    const signers = parseSigners(role, keys, file)
    return { name, signers, patterns, isTerminating: role.truth('terminating') }
  })
  if (new Set(roles.map(({ name }) => name)).size !== roles.length)
    refuse(file, 'duplicate', 'names a curator twice')
  return roles
}

/** Whether the publisher lets a curator sign for a path. */
export function maySignFor({ patterns }: Delegation, path: string): boolean {
  return patterns.some((pattern) => isOfPattern(path, pattern))
}
