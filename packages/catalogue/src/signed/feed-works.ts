import type { Sha256Text } from '../name/hash-text.ts'
import type { WorkId } from '../name/id.ts'
import type { WantedFile } from './feed-refresh.ts'
import { JsonFields } from './json-fields.ts'
import type { FeedCrypto } from './role-key.ts'
import { PUBLISHER, type RoleName } from './role-name.ts'
import { type ReadWork, readSignedWork } from './signed-work.ts'
import { targetFileName } from './target-search.ts'
import { type TargetFile, type TargetsRole, maySignFor } from './targets-role.ts'
import { type TrustRefusal, refusalOf } from './trust-error.ts'
import { TRUST_LIMITS } from './trust-limits.ts'
import { refuse } from './tuf-json.ts'
import { type VerifiedFeed, checkReference, roleFile } from './verified-feed.ts'
import { type PackLine, type WorkPack, readPack } from './work-pack.ts'
import { type WorksSummary, checkState, parseSummary, sha256Of } from './works-state.ts'

/** The works of one role that a reader has. */
export interface KnownWorks {
  /** 0 = none; then shards are read, and only what differs from `works` is told. */
  readonly edition: number
  /** Of every work that the role's packs hold, left out or not: what its line's SHA-256 is. */
  readonly works: ReadonlyMap<WorkId, Sha256Text>
}

/** What a reading of works needs, or tells. */
export type WorksStep =
  /** To be answered with the file's bytes, or `null`. */
  | { readonly kind: 'file'; readonly wanted: WantedFile }
  /** A work that is new or has changed: to be kept in the place of what was known of it. Also when it's left out. */
  | {
      readonly kind: 'changed'
      readonly id: WorkId
      /** Of what stands in the pack. */
      readonly sha256: Sha256Text
      readonly read: ReadWork
    }
  | { readonly kind: 'removed'; readonly id: WorkId }

/** What came of it. Unless it's `read`, nothing of what was told may be kept. */
export type WorksReading =
  | {
      readonly kind: 'read'
      readonly way: 'same' | 'deltas' | 'shards'
      readonly known: KnownWorks
    }
  | { readonly kind: 'refused'; readonly refusal: TrustRefusal }

/** A reading in progress. */
export type WorksCheck = Generator<WorksStep, WorksReading, Uint8Array | null>

/** The roles of a feed whose works are read, in the order in which a work's first one counts (feed-format 12.3). */
export function rolesWithWorks({ publisher, curators }: VerifiedFeed): readonly TargetsRole[] {
  return [publisher, ...curators.map(({ role }) => role)]
}

/** Whether a role may admit a work; of several that do, the first of {@link rolesWithWorks} counts (feed-format 12.3). */
export function mayAdmit({ publisher }: VerifiedFeed, role: RoleName, work: WorkId): boolean {
  if (role === PUBLISHER) return true
  const path = `works/${work}`
  for (const delegation of publisher.delegations) {
    if (!maySignFor(delegation, path)) continue
    if (delegation.name === role) return true
    if (delegation.isTerminating) return false
  }
  return false
}

/**
 * Reads what changed in the works of one role since `known`: by deltas where that is less, else by shards (section 12 of
 * docs/feed-format.md). Pure, and never holds more than one pack.
 */
export function* readWorks(
  feed: VerifiedFeed,
  role: TargetsRole,
  known: KnownWorks,
  crypto: FeedCrypto,
): WorksCheck {
  const file = roleFile(role.name, role.version)
  try {
    const summary = parseSummary(role, file)
    const works = new Map(known.works)
    if (summary === null) {
      for (const id of known.works.keys()) yield* remove(id, works)
      return { kind: 'read', way: 'shards', known: { edition: 0, works } }
    }
    if (known.edition > 0 && known.edition === summary.edition) {
      checkState(works, summary, file, crypto)
      return { kind: 'read', way: 'same', known }
    }
    const deltas = deltasFrom(role, known.edition, summary)
    const way = deltas === null ? 'shards' : 'deltas'
    if (deltas === null) yield* readShards(feed, role, summary, works, crypto)
    else for (const delta of deltas) yield* readDelta(feed, role, delta, works, crypto)
    checkState(works, summary, file, crypto)
    return { kind: 'read', way, known: { edition: summary.edition, works } }
  } catch (error) {
    return { kind: 'refused', refusal: refusalOf(error) }
  }
}

type Works = Map<WorkId, Sha256Text>

function* readShards(
  feed: VerifiedFeed,
  role: TargetsRole,
  { shards }: WorksSummary,
  works: Works,
  crypto: FeedCrypto,
): Generator<WorksStep, void, Uint8Array | null> {
  const gone = new Set(works.keys())
  const seen = new Set<WorkId>()
  for (let number = 0; number < shards; number++) {
    const path = `packs/${role.name}/shard-${number}.gz`
    const target = role.files.get(path) ?? refuse(path, 'missing', 'is not signed for')
    const pack = yield* fetchPack(target, crypto)
    if (pack.head.kind !== 'shard') refuse(path, 'pack', 'is no shard')
    for (const line of pack.works()) {
      const { id } = line
      if (seen.has(id)) refuse(path, 'duplicate', 'has a work that another shard has')
      seen.add(id)
      gone.delete(id)
      yield* tell(feed, role, line, works, crypto)
    }
  }
  for (const id of gone) yield* remove(id, works)
}

function* readDelta(
  feed: VerifiedFeed,
  role: TargetsRole,
  { target, from, edition }: Delta,
  works: Works,
  crypto: FeedCrypto,
): Generator<WorksStep, void, Uint8Array | null> {
  const pack = yield* fetchPack(target, crypto)
  const { head } = pack
  if (head.kind !== 'delta' || head.from !== from || head.edition !== edition)
    return refuse(target.path, 'pack', 'is not the delta that was signed for')
  for (const id of head.removed) yield* remove(id, works)
  for (const line of pack.works()) yield* tell(feed, role, line, works, crypto)
}

function* remove(id: WorkId, works: Works): Generator<WorksStep, void, Uint8Array | null> {
  if (works.delete(id)) yield { kind: 'removed', id }
}

function* tell(
  feed: VerifiedFeed,
  role: TargetsRole,
  line: PackLine,
  works: Works,
  crypto: FeedCrypto,
): Generator<WorksStep, void, Uint8Array | null> {
  const { id } = line
  const sha256 = sha256Of(line.hashed, crypto)
  if (works.get(id) === sha256) return
  works.set(id, sha256)
  const file = `works/${id}`
  const why = 'is of a work that this curator may not sign for'
  const read: ReadWork = mayAdmit(feed, role.name, id)
    ? readSignedWork(line, file, crypto)
    : { kind: 'wrong', refusal: { code: 'name-space', file, why } }
  yield { kind: 'changed', id, sha256, read }
}

/** feed-format 12.1, 12.4: a pack, by the lengths and hash that were signed for it. */
function* fetchPack(
  target: TargetFile,
  crypto: FeedCrypto,
): Generator<WorksStep, WorkPack, Uint8Array | null> {
  const { path, length, sha256 } = target
  const unpackedBytes = new JsonFields(path, target.custom).whole('bytes', 1)
  if (length > TRUST_LIMITS.packBytes || unpackedBytes > TRUST_LIMITS.unpackedBytes)
    refuse(path, 'too-large', 'is more than a pack may have')
  const wanted = { path: targetFileName(target), maxBytes: length, sha256 }
  const bytes = yield { kind: 'file', wanted }
  if (bytes === null) return refuse(path, 'missing', 'is not there')
  checkReference(bytes, target, path, crypto)
  const unpacked = crypto.gunzip(bytes, unpackedBytes)
  if (unpacked?.length !== unpackedBytes)
    return refuse(path, 'compression', 'does not unpack to what was signed for')
  return readPack(unpacked, path)
}

interface Delta {
  readonly target: TargetFile
  readonly from: number
  readonly edition: number
}

/** feed-format 12.6: deltas in a row up to the newest edition; `null` = there are none, or shards are less. */
function deltasFrom(
  role: TargetsRole,
  edition: number,
  summary: WorksSummary,
): readonly Delta[] | null {
  const byFrom = new Map<number, Delta>()
  let shardBytes = 0
  for (const target of role.files.values()) {
    const [, folder, kind, number] =
      /^packs\/([^/]+)\/(shard|delta)-(\d{1,16})\.gz$/u.exec(target.path) ?? []
    if (folder !== role.name || number === undefined) continue
    if (kind === 'shard') shardBytes += target.length
    else {
      const from = new JsonFields(target.path, target.custom).whole('from', 1)
      byFrom.set(from, { target, from, edition: Number(number) })
    }
  }
  const row: Delta[] = []
  let bytes = 0
  for (let at = edition; at !== summary.edition;) {
    const next = byFrom.get(at)
    if (next === undefined || next.edition <= at || row.length === TRUST_LIMITS.deltas) return null
    row.push(next)
    bytes += next.target.length
    at = next.edition
  }
  return bytes <= shardBytes ? row : null
}
