import { type Hash, type Signatures, type Signer, assert } from '@matinee/base'
import type { JsonObject } from '../json/json-pointer.ts'
import { signFile } from '../signed/file-signing.ts'
import type { RoleSigners } from '../signed/role-key.ts'
import { checkSigners, parseRoleHead, parseSignedFile } from '../signed/signed-file.ts'
import { TrustError } from '../signed/trust-error.ts'
import { sha256Of } from '../signed/works-state.ts'
import { tufCanonicalJson } from '../signed/tuf-json.ts'

/** What a role says next, and whether anybody must sign it. */
export type RoleDraft =
  /** What was published says the same and holds for long enough. */
  | { readonly kind: 'kept'; readonly bytes: Uint8Array; readonly version: number }
  | { readonly kind: 'new'; readonly version: number; readonly signed: JsonObject }

/** A role's file as it was published. */
export interface PublishedRole {
  readonly bytes: Uint8Array
  readonly version: number
  readonly expiresMs: number
  /** Whether the newest root's keys (or the publisher's, for a curator) sign for it. */
  readonly isSigned: boolean
}

/**
 * A file that was published, and whether the keys of today sign for it. Throws {@link TrustError} when it's damaged.
 *
 * @param file its path, for people
 */
export function publishedRole(
  bytes: Uint8Array,
  type: RoleOrder['type'],
  signers: RoleSigners,
  file: string,
  crypto: Signatures,
): PublishedRole {
  const parsed = parseSignedFile(bytes, type, file)
  const { version, expiresMs } = parseRoleHead(parsed)
  try {
    checkSigners(parsed, signers, crypto)
    return { bytes, version, expiresMs, isSigned: true }
  } catch (error) {
    if (error instanceof TrustError) return { bytes, version, expiresMs, isSigned: false }
    throw error
  }
}

/** What a role is to say. */
export interface RoleOrder {
  readonly type: 'timestamp' | 'snapshot' | 'targets'
  /** All that it says but for what every role says. */
  readonly fields: JsonObject
  /** How long a file holds. A kept one is signed anew when half of that is over. */
  readonly days: number
  readonly nowMs: number
}

export const SPEC_VERSION = '1.0.31'
const DAY_MS = 86_400_000

/** Decides whether a role's file stays, and says what the next one says. */
export function draftRole(order: RoleOrder, published: PublishedRole | null): RoleDraft {
  const { type, fields, days, nowMs } = order
  const version = (published?.version ?? 0) + 1
  assert(Number.isSafeInteger(version), 'versions are counted')
  const head = { _type: type, spec_version: SPEC_VERSION }
  if (published !== null && published.isSigned) {
    const isLasting = published.expiresMs - nowMs > (days * DAY_MS) / 2
    const now = { ...head, ...fields }
    if (isLasting && saysTheSame(published.bytes, now))
      return { kind: 'kept', bytes: published.bytes, version: published.version }
  }
  const expires = momentText(nowMs + days * DAY_MS)
  return { kind: 'new', version, signed: { ...head, version, expires, ...fields } }
}

/** The file of a draft. */
export function signDraft(
  draft: RoleDraft,
  signers: readonly Signer[],
  hash: Pick<Hash, 'sha256'>,
): Uint8Array {
  return draft.kind === 'kept' ? draft.bytes : signFile(draft.signed, signers, hash)
}

/** A file as TUF names it elsewhere (feed-format 10.6). */
export function fileReference(
  bytes: Uint8Array,
  version: number,
  hash: Pick<Hash, 'sha256'>,
): JsonObject {
  return { version, length: bytes.length, hashes: { sha256: sha256Of(bytes, hash) } }
}

/** A moment as files of TUF write it (feed-format 10.4). */
export function momentText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}

/** Whether a file says what is to be said, whatever its version and expiry. */
function saysTheSame(bytes: Uint8Array, now: JsonObject): boolean {
  const { signed } = JSON.parse(new TextDecoder().decode(bytes)) as { readonly signed: JsonObject }
  const { version: _, expires: __, ...before } = signed
  return textOf(before) === textOf(now)
}

function textOf(value: JsonObject): string {
  return new TextDecoder().decode(tufCanonicalJson(value))
}
