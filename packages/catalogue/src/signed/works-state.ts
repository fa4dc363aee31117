import { utf8Bytes } from '@matinee/base'
import { type Sha256Text, parseSha256 } from '../name/hash-text.ts'
import type { WorkId } from '../name/id.ts'
import { JsonFields } from './json-fields.ts'
import type { FeedCrypto } from './role-key.ts'
import type { TargetsRole } from './targets-role.ts'
import { TRUST_LIMITS } from './trust-limits.ts'
import { refuse } from './tuf-json.ts'

/** feed-format 12.2: what a role says of its works. */
export interface WorksSummary {
  /** Goes up whenever a work changes; from 1. */
  readonly edition: number
  readonly works: number
  readonly shards: number
  /** What all its works come to: {@link stateOf}. */
  readonly state: Sha256Text
}

/** Reads what a role says of its works; `null` = it has none. Throws {@link TrustError}. */
export function parseSummary({ summary }: TargetsRole, file: string): WorksSummary | null {
  if (summary === null) return null
  const fields = new JsonFields(file, summary)
  const shards = fields.whole('shards', 0)
  if (shards > TRUST_LIMITS.shards) refuse(file, 'too-many-items', 'has too many shards')
  return {
    edition: fields.whole('edition', 1),
    works: fields.whole('works', 0),
    shards,
    state: fields.hash('state'),
  }
}

/** feed-format 12.2: wants the works to add up to what was signed, whichever way they came. Throws {@link TrustError}. */
export function checkState(
  works: ReadonlyMap<WorkId, Sha256Text>,
  summary: WorksSummary,
  file: string,
  crypto: FeedCrypto,
): void {
  if (works.size !== summary.works || stateOf(works, crypto) !== summary.state)
    refuse(file, 'state', 'signs for other works than these')
}

/** feed-format 12.2: the digest of a role's works. */
export function stateOf(
  works: ReadonlyMap<WorkId, Sha256Text>,
  crypto: Pick<FeedCrypto, 'sha256'>,
): Sha256Text {
  const lines = [...works].map(([id, sha256]) => `${id} ${sha256}\n`).sort()
  return sha256Of(utf8Bytes(lines.join('')), crypto)
}

/** The SHA-256 of bytes, as text. */
export function sha256Of(bytes: Uint8Array, crypto: Pick<FeedCrypto, 'sha256'>): Sha256Text {
  return parseSha256(crypto.sha256(bytes).toHex()) ?? refuse('', 'hash', 'is no SHA-256')
}
