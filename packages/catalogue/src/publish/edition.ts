import type { CalendarDate } from '@matinee/rights'
import type { Sha256Text } from '../name/hash-text.ts'
import type { WorkId } from '../name/id.ts'
import type { FeedCheck } from '../signed/feed-refresh.ts'
import type { FeedCrypto } from '../signed/role-key.ts'
import { targetFileName } from '../signed/target-search.ts'
import type { TargetFile, TargetsRole } from '../signed/targets-role.ts'
import { TRUST_LIMITS } from '../signed/trust-limits.ts'
import { refuse } from '../signed/tuf-json.ts'
import { checkReference, roleFile } from '../signed/verified-feed.ts'
import { type PackLine, readPack } from '../signed/work-pack.ts'
import { checkState, parseSummary, sha256Of } from '../signed/works-state.ts'

/** What a work was in an edition. */
export interface EditionWork {
  /** The day it came into the feed. */
  readonly added: CalendarDate
  /** Of what stands behind its id in a pack. */
  readonly sha256: Sha256Text
}

/** What a role published last: what its next edition is made from. */
export interface Edition {
  /** From 1. */
  readonly edition: number
  readonly shards: number
  readonly works: ReadonlyMap<WorkId, EditionWork>
  /** Its packs by path. */
  readonly packs: ReadonlyMap<string, TargetFile>
}

/**
 * Reads the edition that a role of one's own feed signs for, from its shards; `null` = the role has no works yet. Records aren't
 * looked into.
 *
 * @param onLine told of every work as it stands in its pack
 *
 * Throws {@link TrustError} when files are missing or damaged.
 */
export function* readEdition(
  role: TargetsRole,
  crypto: FeedCrypto,
  onLine?: (line: PackLine) => void,
): FeedCheck<Edition | null> {
  const file = roleFile(role.name, role.version)
  const summary = parseSummary(role, file)
  if (summary === null) return null
  const works = new Map<WorkId, EditionWork>()
  for (let number = 0; number < summary.shards; number++) {
    const path = `packs/${role.name}/shard-${number}.gz`
    const target = role.files.get(path) ?? refuse(path, 'missing', 'is not signed for')
    const name = targetFileName(target)
    const bytes =
      (yield { path: name, maxBytes: target.length, sha256: target.sha256 }) ??
      refuse(name, 'missing', 'is not there')
    checkReference(bytes, target, name, crypto)
    const unpacked =
      crypto.gunzip(bytes, TRUST_LIMITS.unpackedBytes) ??
      refuse(name, 'compression', 'does not unpack')
    for (const line of readPack(unpacked, name).works()) {
      works.set(line.id, { added: line.added, sha256: sha256Of(line.hashed, crypto) })
      onLine?.(line)
    }
  }
  const hashes = new Map([...works].map(([id, { sha256 }]) => [id, sha256]))
  checkState(hashes, summary, file, crypto)
  const own = [...role.files].filter(([path]) => path.endsWith('.gz'))
  return { edition: summary.edition, shards: summary.shards, works, packs: new Map(own) }
}
