import type { Hash } from '@matinee/base'
import type { JsonObject, JsonValue } from '../json/json-pointer.ts'
import type { RoleName } from '../signed/role-name.ts'
import { TIMESTAMP_FILE, roleFile } from '../signed/verified-feed.ts'
import {
  type PublishedRole,
  type RoleDraft,
  draftRole,
  fileReference,
  momentText,
} from './role-draft.ts'

/** What the snapshot and the timestamp are made from. */
export interface TopOrder {
  readonly published: PublishedRole | null
  /** `meta` of the file that was published last; empty = none. */
  readonly meta: JsonObject
  readonly days: number
  readonly nowMs: number
}

/** A file of the publisher or a curator, with its version. */
export interface SignedTargets {
  readonly role: RoleName
  readonly version: number
  readonly bytes: Uint8Array
}

/** The snapshot of the roles' files; a name that was ever there stays (feed-format 11.3). */
export function draftSnapshot(
  order: TopOrder,
  roles: readonly SignedTargets[],
  hash: Pick<Hash, 'sha256'>,
): RoleDraft {
  const now = roles.map(({ role, version, bytes }): [string, JsonValue] => [
    `${role}.json`,
    fileReference(bytes, version, hash),
  ])
  const fields = { meta: { ...order.meta, ...Object.fromEntries(now) } }
  return draftRole(
    { type: 'snapshot', fields, days: order.days, nowMs: order.nowMs },
    order.published,
  )
}

/** The timestamp of a snapshot. It is new each time. */
export function draftTimestamp(
  order: Omit<TopOrder, 'meta'>,
  snapshot: { readonly version: number; readonly bytes: Uint8Array },
  hash: Pick<Hash, 'sha256'>,
): RoleDraft {
  const fields = {
    issued: momentText(order.nowMs),
    meta: { 'snapshot.json': fileReference(snapshot.bytes, snapshot.version, hash) },
  }
  const published = order.published === null ? null : { ...order.published, isSigned: false }
  return draftRole({ type: 'timestamp', fields, days: order.days, nowMs: order.nowMs }, published)
}

/** Where the file of a draft lies once it's signed. */
export function draftPath(role: 'snapshot' | 'timestamp' | RoleName, draft: RoleDraft): string {
  return role === 'timestamp' ? TIMESTAMP_FILE : roleFile(role, draft.version)
}
