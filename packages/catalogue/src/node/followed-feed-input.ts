import { toHex } from '@matinee/base'
import type { FeedWork } from '../feed/bundled-feed.ts'
import { parseSha256 } from '../name/hash-text.ts'
import type { WorkId } from '../name/id.ts'
import { parseRecord } from '../record/record-parser.ts'
import { followedFeedId, parseFeedHead } from '../signed/feed-head.ts'
import { decisionsByWork, standingUnder } from '../signed/revocation-memory.ts'
import type { FeedCrypto } from '../signed/role-key.ts'
import type { RoleName } from '../signed/role-name.ts'
import type { FeedInput } from './feed-loads.ts'
import type { FollowedFeedFile } from './followed-feed-file.ts'

/** A followed feed as the catalogue loads it. */
export type FollowedFeedInput = FeedInput & { readonly works: Iterable<FeedWork> }

/**
 * What a followed feed offers now, to be loaded into the catalogue: of works that several roles admit the first role's
 * (feed-format 12.3), without those that are withdrawn (14.3). `null` = no version was taken yet. Its `version` changes with
 * the timestamp's and with every decision.
 */
export function followedFeedInput(
  file: FollowedFeedFile,
  crypto: Pick<FeedCrypto, 'sha256'>,
): FollowedFeedInput | null {
  const trusted = file.trusted()
  const taken = file.taken()
  if (trusted === null || taken === null) return null
  const parsed = parseFeedHead(taken.head)
  if (parsed.kind === 'newer') return null
  const names = Object.entries(parsed.head.translations).map(([language, { name }]) => [
    language,
    name,
  ])
  const decisions = crypto.sha256(new TextEncoder().encode(JSON.stringify(file.memory())))
  return {
    id: followedFeedId(trusted.fingerprint),
    version: `${taken.version} ${toHex(decisions)}`,
    trust: 'signed',
    names: Object.fromEntries(names) as Readonly<Record<string, string>>,
    lists: parsed.head.lists,
    works: offered(file, taken.roles, crypto),
  }
}

function* offered(
  file: FollowedFeedFile,
  roles: readonly RoleName[],
  crypto: Pick<FeedCrypto, 'sha256'>,
): Generator<FeedWork, void> {
  const decisions = decisionsByWork(file.memory())
  const seen = new Set<WorkId>()
  for (const role of roles)
    for (const kept of file.works(role)) {
      const { id } = kept
      // What one role may not sign for is nothing, so that it hides nobody else's.
      if (seen.has(id) || (kept.kind === 'wrong' && kept.refusal.code === 'name-space')) continue
      seen.add(id)
      if (kept.kind !== 'work' || !standingUnder(decisions.get(id) ?? []).isOffered) continue
      const parsed = parseRecord(kept.record)
      const sha256 = parseSha256(toHex(crypto.sha256(kept.record)))
      if (parsed.kind !== 'record' || sha256 === null) continue
      const { length } = kept.record
      const entry = {
        id,
        sha256,
        length,
        state: 'offered',
        added: kept.added,
        waitsFor: [],
      } as const
      yield { entry, record: parsed.record }
    }
}
