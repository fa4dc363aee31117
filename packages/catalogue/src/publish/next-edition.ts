/**
 * The packs of a role's next edition: feed-format 12. Works stand in shards by the hash of their ids, so that a change touches few
 * of them, and what differs from the edition before stands in a delta.
 */
import { type Deflate, type Hash, KIB, MIB, assert, utf8Bytes } from '@matinee/base'
import type { CalendarDate } from '@matinee/rights'
import type { JsonObject } from '../json/json-pointer.ts'
import type { Sha256Text } from '../name/hash-text.ts'
import type { WorkId } from '../name/id.ts'
import type { RoleName } from '../signed/role-name.ts'
import { type TargetPath, parseTargetPath } from '../signed/target-path.ts'
import { targetFileName } from '../signed/target-search.ts'
import type { TargetFile } from '../signed/targets-role.ts'
import { TRUST_LIMITS } from '../signed/trust-limits.ts'
import { type PackHead, type PackedWork, hashedBytes, writePack } from '../signed/work-pack.ts'
import { sha256Of, stateOf } from '../signed/works-state.ts'
import type { Edition } from './edition.ts'
import type { PublishedWork } from './work-source.ts'

/** What an edition is made from. */
export interface EditionOrder {
  readonly role: RoleName
  /** What the role published last; `null` = nothing yet. */
  readonly previous: Edition | null
  /** All works that the role has from now on. */
  readonly works: readonly Pick<PublishedWork, 'id' | 'bytes'>[]
  /** Days on which works came into the feed, where that is known and `previous` doesn't say. */
  readonly added: ReadonlyMap<WorkId, CalendarDate>
  readonly today: CalendarDate
}

/** What a role signs for, and the files that are new. */
export interface NextEdition {
  /** Whether a work changed since the edition before. */
  readonly isNew: boolean
  /** The field `matinee` (feed-format 12.2). */
  readonly summary: JsonObject
  readonly targets: readonly TargetFile[]
  /** Files that weren't there before, by their names in the feed. */
  readonly files: ReadonlyMap<string, Uint8Array>
}

/** What making packs is injected with. */
export type PackTools = Pick<Hash, 'sha256'> & Deflate

/** Works in a shard at most, until there are {@link USUAL_SHARDS} of them: every one costs a line in what everybody reads daily. */
const SHARD_WORKS = 800
const USUAL_SHARDS = 256
/** Bytes that a shard is meant to have at most, far below what a reader would take. */
const SHARD_BYTES = 24 * MIB

/** A work with what is signed of it. */
interface Line extends PackedWork {
  readonly sha256: Sha256Text
}

/** Makes the packs of an edition. Pure, and the same for the same works. */
export function nextEdition(order: EditionOrder, tools: PackTools): NextEdition {
  const { previous } = order
  const lines = linesOf(order, tools)
  const before = previous?.works ?? new Map<WorkId, never>()
  const changed = lines.filter(({ id, sha256 }) => before.get(id)?.sha256 !== sha256)
  const ids = new Set(lines.map(({ id }) => id))
  const removed = [...before.keys()].filter((id) => !ids.has(id)).toSorted()
  const shards = shardCount(lines)
  const state = stateOf(new Map(lines.map(({ id, sha256 }) => [id, sha256])), tools)
  const summaryOf = (edition: number): JsonObject => ({
    edition,
    works: lines.length,
    shards,
    state,
  })
  const isNew = changed.length + removed.length > 0 || previous === null
  if (previous !== null && !isNew && previous.shards === shards)
    return {
      isNew,
      summary: summaryOf(previous.edition),
      targets: [...previous.packs.values()],
      files: new Map(),
    }

  const edition = (previous?.edition ?? 0) + 1
  const packs = new Packs(order.role, tools)
  const stale = new Set(
    [...changed.map(({ id }) => id), ...removed].map((id) => shardOf(id, shards, tools)),
  )
  const byShard = Map.groupBy(lines, ({ id }) => shardOf(id, shards, tools))
  for (let number = 0; number < shards; number++) {
    const kept = previous?.packs.get(packs.path(`shard-${number}.gz`))
    if (kept !== undefined && previous?.shards === shards && !stale.has(number)) packs.keep(kept)
    else {
      const works = byShard.get(number) ?? []
      packs.add(`shard-${number}.gz`, { kind: 'shard', works: works.length }, works, {})
    }
  }
  if (previous !== null) addDeltas(packs, previous, edition, changed, removed)
  return { isNew: true, summary: summaryOf(edition), targets: packs.targets, files: packs.files }
}

/** feed-format 12.6: the newest delta and those before it, at most 30 in a row. One that is too large ends the row. */
function addDeltas(
  packs: Packs,
  previous: Edition,
  edition: number,
  changed: readonly Line[],
  removed: readonly WorkId[],
): void {
  const from = previous.edition
  const head: PackHead = { kind: 'delta', works: changed.length, from, edition, removed }
  if (!packs.add(`delta-${edition}.gz`, head, changed, { from })) return
  for (let at = from, kept = 1; kept < TRUST_LIMITS.deltas; kept++, at--) {
    const delta = previous.packs.get(packs.path(`delta-${at}.gz`))
    if (delta === undefined || delta.custom['from'] !== at - 1) return
    packs.keep(delta)
  }
}

/** The packs of a role while they are collected. */
class Packs {
  readonly targets: TargetFile[] = []
  readonly files = new Map<string, Uint8Array>()
  readonly #role: RoleName
  readonly #tools: PackTools

  constructor(role: RoleName, tools: PackTools) {
    this.#role = role
    this.#tools = tools
  }

  path(name: string): TargetPath {
    const path = parseTargetPath(`packs/${this.#role}/${name}`)
    assert(path !== null, 'a role and a pack make a path')
    return path
  }

  keep(target: TargetFile): void {
    this.targets.push(target)
  }

  /** Adds a pack; false = a delta that no reader would take. */
  add(name: string, head: PackHead, works: readonly Line[], custom: JsonObject): boolean {
    const unpacked = writePack(head, works)
    const bytes = this.#tools.gzip(unpacked)
    const isTaken =
      unpacked.length <= TRUST_LIMITS.unpackedBytes && bytes.length <= TRUST_LIMITS.packBytes
    assert(isTaken || head.kind === 'delta', 'shards are made to be small enough')
    if (!isTaken) return false
    const target = targetOf(this.path(name), bytes, this.#tools, {
      ...custom,
      bytes: unpacked.length,
    })
    this.targets.push(target)
    this.files.set(targetFileName(target), bytes)
    return true
  }
}

/** What a role says of a file that it signs for. */
export function targetOf(
  path: TargetPath,
  bytes: Uint8Array,
  hash: Pick<Hash, 'sha256'>,
  custom: JsonObject = {},
): TargetFile {
  return { path, length: bytes.length, sha256: sha256Of(bytes, hash), custom }
}

function linesOf(
  { previous, works, added, today }: EditionOrder,
  hash: Pick<Hash, 'sha256'>,
): Line[] {
  const lines = works.map(({ id, bytes }): Line => {
    const work = { added: previous?.works.get(id)?.added ?? added.get(id) ?? today, bytes }
    return { id, ...work, sha256: sha256Of(hashedBytes(work), hash) }
  })
  const sorted = lines.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  assert(new Set(sorted.map(({ id }) => id)).size === sorted.length, 'a role has a work once')
  return sorted
}

/** A power of two, so that a few works more don't move all others to other shards. */
function shardCount(lines: readonly Line[]): number {
  const bytes = lines.reduce((sum, line) => sum + line.bytes.length + KIB, 0)
  const wanted = Math.max(
    Math.min(lines.length / SHARD_WORKS, USUAL_SHARDS),
    bytes / SHARD_BYTES,
    1,
  )
  return Math.min(2 ** Math.ceil(Math.log2(wanted)), TRUST_LIMITS.shards)
}

function shardOf(id: WorkId, shards: number, hash: Pick<Hash, 'sha256'>): number {
  const [high = 0, low = 0] = hash.sha256(utf8Bytes(id))
  return (high * 256 + low) % shards
}
