/** The record that a candidate would have, with an entry of rights that nobody verified. Pure. */
import { utf8Bytes } from '@matinee/base'
import {
  isJsonObject,
  parseRecord,
  rightsWorkOf,
  type JsonObject,
  type JsonValue,
  type WorkRecord,
} from '@matinee/catalogue'
import {
  missingText,
  placesOf,
  verdict,
  type CalendarDate,
  type Missing,
  type Scope,
} from '@matinee/rights'
import type { BuiltRelease } from '../release/release-order.ts'
import type { FilmPlan } from './film-plan.ts'
import type { KeptPage } from './harvest-state.ts'
import type { RightsClaim } from './rights-claim.ts'

/** From here on a film is a feature. */
const FEATURE_SECONDS = 40 * 60
/** Who is said to have checked when it's worked out what a check would change. */
const SUPPOSED = ['one', 'another'] as const

/** A page with whose word it is. */
export interface EvidencePage extends KeptPage {
  readonly speaker: 'rightholder' | 'institution' | 'third-party'
}

/** Everything that a draft is made of. */
export interface DraftParts {
  readonly plan: FilmPlan
  readonly claim: RightsClaim
  readonly built: BuiltRelease
  readonly pages: readonly EvidencePage[]
}

/** The draft of a candidate's record. Throws CatalogueError when what strangers typed fits no record. */
export function draftRecord({ plan, claim, built, pages }: DraftParts): WorkRecord {
  const { title, titleLanguage, year, creators, sourceUrl, internetArchive } = plan
  const kind = plan.workKind ?? (built.durationSeconds >= FEATURE_SECONDS ? 'feature' : 'short')
  const draft: JsonObject = {
    type: 'matinee-record',
    version: 1,
    id: plan.workId,
    kind,
    title: { text: title, ...(titleLanguage === null ? {} : { language: titleLanguage }) },
    ...(year === null ? {} : { year }),
    languages: [...new Set(plan.languages)],
    durationSeconds: Math.max(1, Math.round(built.durationSeconds)),
    releases: [built.release],
    rights: claim.basis === null ? [] : [rightsEntry(claim.basis, built, pages, draftCredit())],
    ...(internetArchive === null ? {} : { ids: { internetArchive } }),
    ...(sourceUrl.startsWith('https:')
      ? { links: [{ kind: 'source-files', url: sourceUrl }] }
      : {}),
  }
  return recordOf(draft)

  function draftCredit(): JsonObject {
    return { title, creators: [...creators], source: sourceUrl }
  }
}

function rightsEntry(
  basis: NonNullable<RightsClaim['basis']>,
  built: BuiltRelease,
  pages: readonly EvidencePage[],
  attribution: JsonObject,
): JsonObject {
  const { infoHashes } = built.release
  const hashes = infoHashes !== undefined && isJsonObject(infoHashes) ? infoHashes : {}
  return {
    component: 'film',
    territories: ['worldwide'],
    basis: JSON.parse(JSON.stringify(basis)) as JsonValue,
    // These bytes and no others: another cut or restoration may have other rights.
    covers: [hashes['v2'], hashes['v1']].filter((hash) => typeof hash === 'string'),
    evidence: pages.slice(0, 20).map(({ speaker, url, on, sha256 }) => ({
      kind: 'page',
      speaker,
      url,
      on,
      sha256,
    })),
    checks: [],
    verified: false,
    attribution,
  }
}

/** What the verdict would be if two people confirmed the draft as it is. */
export interface SupposedVerdict {
  /** Empty = confirming isn't enough. */
  readonly places: readonly Scope[]
  /** What would still be missing, in words. */
  readonly missing: readonly string[]
}

/** Asks packages/rights what a person's check would change. */
export function supposedVerdict(record: WorkRecord, on: CalendarDate): SupposedVerdict {
  const text = JSON.stringify(record)
  const fields = JSON.parse(text) as JsonObject
  const rights = record.rights.map((entry) => ({
    ...(JSON.parse(JSON.stringify(entry)) as JsonObject),
    verified: entry.evidence.length > 0,
    checks: SUPPOSED.map((by) => ({ by, on })),
  }))
  return judgeRecord(recordOf({ ...fields, rights }), on)
}

/** Where a record may be offered as it is, and what else it would take. */
export function judgeRecord(record: WorkRecord, on: CalendarDate): SupposedVerdict {
  const work = rightsWorkOf(record)
  const judged = verdict(work, null, on)
  return { places: placesOf(work, on), missing: judged.missing.map(wordsOf) }
}

function wordsOf(missing: Missing): string {
  return missingText('en', missing)
}

function recordOf(fields: JsonObject): WorkRecord {
  const parsed = parseRecord(utf8Bytes(JSON.stringify(fields)))
  if (parsed.kind !== 'record') throw new Error('a draft is of our own version')
  return parsed.record
}
