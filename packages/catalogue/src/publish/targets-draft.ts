/**
 * What a publisher or a curator signs next: made of the works and decisions of today, and of what was published last. Nothing
 * here reads a file or knows a secret.
 */
import type { CalendarDate } from '@matinee/rights'
import { type Hash, assert } from '@matinee/base'
import type { JsonObject, JsonValue } from '../json/json-pointer.ts'
import { canonicalJson } from '../json/canonical-json.ts'
import type { WorkId } from '../name/id.ts'
import { FORMAT_VERSION } from '../record/work-record.ts'
import { FEED_HEAD } from '../signed/feed-head.ts'
import { type FeedCrypto, keyIdOf, tufKey } from '../signed/role-key.ts'
import type { RoleName } from '../signed/role-name.ts'
import { type Revocation, parseRevocations, revocationsPath } from '../signed/revocation.ts'
import { type TargetPath, parseTargetPath } from '../signed/target-path.ts'
import { targetFileName } from '../signed/target-search.ts'
import type { TargetFile } from '../signed/targets-role.ts'
import type { Edition } from './edition.ts'
import { type PackTools, nextEdition, targetOf } from './next-edition.ts'
import { type HeadOrder, dayOf, nextHead } from './next-head.ts'
import { type PublishedRole, type RoleDraft, draftRole } from './role-draft.ts'
import type { Signatories } from './root-draft.ts'
import type { PublishedWork } from './work-source.ts'

/** What one role signs for besides packs of works. */
export interface TargetsOrder {
  readonly role: RoleName
  /** What it published last; `null` = nothing. */
  readonly published: PublishedRole | null
  readonly edition: Edition | null
  readonly works: readonly Pick<PublishedWork, 'id' | 'bytes'>[]
  /** Days on which works came into the feed, where `edition` doesn't say; today otherwise. */
  readonly added: ReadonlyMap<WorkId, CalendarDate>
  /** The newest decision about each work. */
  readonly revocations: readonly Revocation[]
  readonly days: number
  readonly nowMs: number
}

/** A curator as the publisher names them (feed-format 11.4). */
export interface CuratorOrder extends Signatories {
  readonly name: RoleName
  readonly paths: readonly string[]
  readonly isTerminating: boolean
}

/** A role of targets that may have to be signed, and the files that it names anew. */
export interface TargetsDraft {
  readonly role: RoleName
  readonly draft: RoleDraft
  /** By their names in the feed. */
  readonly files: ReadonlyMap<string, Uint8Array>
  /** Whether a work changed. */
  readonly isNewEdition: boolean
}

/** The publisher's own file: works, head, decisions and curators. Throws {@link TrustError} when the head isn't right. */
export function draftPublisher(
  order: TargetsOrder,
  head: HeadOrder,
  curators: readonly CuratorOrder[],
  tools: PackTools & FeedCrypto,
): TargetsDraft {
  const bytes = nextHead(head, order.nowMs)
  const target = targetOf(pathOf(FEED_HEAD), bytes, tools)
  const files = new Map([[targetFileName(target), bytes]])
  const delegations = curators.length === 0 ? {} : { delegations: delegationsOf(curators, tools) }
  return draftTargets(order, [target], files, delegations, tools)
}

/** A curator's own file: works and decisions. */
export function draftCurator(order: TargetsOrder, tools: PackTools & FeedCrypto): TargetsDraft {
  return draftTargets(order, [], new Map(), {}, tools)
}

function draftTargets(
  order: TargetsOrder,
  targets: readonly TargetFile[],
  files: ReadonlyMap<string, Uint8Array>,
  fields: JsonObject,
  tools: PackTools,
): TargetsDraft {
  const { role, published, edition, works, added, revocations, days, nowMs } = order
  const today = dayOf(nowMs)
  const next = nextEdition({ role, previous: edition, works, added, today }, tools)
  const decided = revocations.length === 0 ? [] : [revocationsOf(role, revocations)]
  const all = [
    ...targets,
    ...next.targets,
    ...decided.map(([path, bytes]) => targetOf(path, bytes, tools)),
  ]
  const draft = draftRole(
    {
      type: 'targets',
      fields: {
        matinee: next.summary,
        targets: Object.fromEntries(all.map((target) => [target.path, targetJson(target)])),
        ...fields,
      },
      days,
      nowMs,
    },
    published,
  )
  const decisions = decided.map(([path, bytes]): [string, Uint8Array] => [
    targetFileName(targetOf(path, bytes, tools)),
    bytes,
  ])
  return {
    role,
    draft,
    files: new Map([...files, ...next.files, ...decisions]),
    isNewEdition: next.isNew,
  }
}

function revocationsOf(
  role: RoleName,
  entries: readonly Revocation[],
): readonly [TargetPath, Uint8Array] {
  const sorted = entries.toSorted((a, b) => (a.work < b.work ? -1 : 1))
  const json = JSON.parse(JSON.stringify(sorted)) as JsonValue
  const bytes = canonicalJson({
    type: 'matinee-revocations',
    version: FORMAT_VERSION,
    entries: json,
  })
  const path = revocationsPath(role)
  parseRevocations(bytes, path)
  return [pathOf(path), bytes]
}

function delegationsOf(curators: readonly CuratorOrder[], hash: Pick<Hash, 'sha256'>): JsonObject {
  const keys = curators.flatMap((curator) => curator.keys)
  return {
    keys: Object.fromEntries(keys.map((key) => [keyIdOf(key, hash), tufKey(key)])),
    roles: curators.map(({ name, keys: own, threshold, paths, isTerminating }) => ({
      name,
      keyids: [...new Set(own.map((key) => keyIdOf(key, hash)))],
      threshold,
      terminating: isTerminating,
      paths,
    })),
  }
}

function targetJson({ length, sha256, custom }: TargetFile): JsonObject {
  const target = { length, hashes: { sha256 } }
  return Object.keys(custom).length === 0 ? target : { ...target, custom }
}

function pathOf(text: string): TargetPath {
  const path = parseTargetPath(text)
  assert(path !== null, `${text} is a path`)
  return path
}
