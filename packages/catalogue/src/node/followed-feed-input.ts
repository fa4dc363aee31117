import { assert, toHex } from '@matinee/base'
import { parseSha256 } from '../name/hash-text.ts'
import type { WorkId } from '../name/id.ts'
import type { WorkRecord } from '../record/work-record.ts'
import { followedFeedId, parseFeedHead } from '../signed/feed-head.ts'
import { decisionsByWork, standingUnder } from '../signed/revocation-memory.ts'
import type { FeedCrypto } from '../signed/role-key.ts'
import type { RoleName } from '../signed/role-name.ts'
import type { FeedChanges, FeedInput, JsonWork } from './feed-input.ts'
import type { FollowedFeedFile, KeptWork } from './followed-feed-file.ts'

/** A followed feed as the catalogue loads it. */
export type FollowedFeedInput = FeedInput & { readonly works: Iterable<JsonWork> }

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
  const version = `${taken.version} ${file.tag}`
  return {
    id: followedFeedId(trusted.fingerprint),
    version,
    trust: 'signed',
    names: Object.fromEntries(names) as Readonly<Record<string, string>>,
    lists: parsed.head.lists,
    works: offered(file, taken.roles, crypto),
    changesSince: (from, to) => {
      const [, tag] = /^\d+ ([0-9a-f]{64})$/u.exec(from) ?? []
      // NOTE: whoever calls it by another version has changed what it offers.
      const ids = to !== version || tag === undefined ? null : file.changedSince(tag)
      return ids === null ? null : changes(file, taken.roles, ids, crypto)
    },
  }
}

function changes(
  file: FollowedFeedFile,
  roles: readonly RoleName[],
  ids: readonly WorkId[],
  crypto: Pick<FeedCrypto, 'sha256'>,
): FeedChanges {
  const decisions = decisionsByWork(file.memory())
  const works: JsonWork[] = []
  const removed: WorkId[] = []
  for (const id of ids) {
    const kept = roles
      .map((role) => file.work(role, id))
      .find((each) => each !== null && counts(each))
    const work = kept === undefined || kept === null ? null : feedWork(kept, decisions, crypto)
    if (work === null) removed.push(id)
    else works.push(work)
  }
  return { count: ids.length, works, removed }
}

function* offered(
  file: FollowedFeedFile,
  roles: readonly RoleName[],
  crypto: Pick<FeedCrypto, 'sha256'>,
): Generator<JsonWork, void> {
  const decisions = decisionsByWork(file.memory())
  const seen = new Set<WorkId>()
  for (const role of roles)
    for (const kept of file.works(role)) {
      if (seen.has(kept.id) || !counts(kept)) continue
      seen.add(kept.id)
      const work = feedWork(kept, decisions, crypto)
      if (work !== null) yield work
    }
}

/** What one role may not sign for is nothing, so that it hides nobody else's. */
function counts(kept: KeptWork): boolean {
  return kept.kind !== 'wrong' || kept.refusal.code !== 'name-space'
}

/** A work as the catalogue takes it; `null` = it's not on offer. */
function feedWork(
  kept: KeptWork,
  decisions: ReturnType<typeof decisionsByWork>,
  crypto: Pick<FeedCrypto, 'sha256'>,
): JsonWork | null {
  const { id } = kept
  if (kept.kind !== 'work' || !standingUnder(decisions.get(id) ?? []).isOffered) return null
  const { json, added } = kept
  const bytes = new TextEncoder().encode(json)
  const sha256 = parseSha256(toHex(crypto.sha256(bytes)))
  assert(sha256 !== null, 'a SHA-256 is one')
  const entry = { id, sha256, length: bytes.length, state: 'offered', added, waitsFor: [] } as const
  return {
    entry,
    json,
    // Few ask for it: it was validated before it was kept, and is written as it is.
    get record() {
      return JSON.parse(json) as WorkRecord
    },
  }
}
