import { utf8Bytes } from '@matinee/base'
import {
  canonicalJson,
  isJsonObject,
  parseRecord,
  type JsonObject,
  type JsonValue,
  type WorkRecord,
} from '@matinee/catalogue'
import { UsageError } from '../command.ts'
import type { BuiltPicture, ChapterSource } from '../release/release-order.ts'
import type { IntakeFacts } from './intake-facts.ts'
import { listIn } from './json-fields.ts'

/** feed-format 6.2. */
const MOST_COVERED = 200

/** What a record is put together from. */
export interface WorkDraft {
  readonly facts: IntakeFacts
  /** feed-format 5. */
  readonly release: JsonObject
  readonly pictures: readonly BuiltPicture[]
  /** Empty = as the record that is there has them. */
  readonly chapters: readonly ChapterSource[]
  /** An entry without what it covers: feed-format 6.2. */
  readonly rights: JsonObject
  /** feed-format 6.6; `null` = as the record that is there has it. */
  readonly term: JsonObject | null
}

/**
 * The record of a work: what was known of it, with one more release, new pictures and an entry of rights about exactly
 * that release. Throws CatalogueError when it isn't one.
 */
export function draftWork(draft: WorkDraft): WorkRecord {
  const { facts, release, pictures, chapters, rights, term } = draft
  const { fields } = facts
  const added = pictures.map(({ picture }) => picture)
  const replaced: ReadonlySet<JsonValue | undefined> = new Set(
    added.flatMap(({ role, sha256 }) => (role === 'poster' ? [role, sha256] : [sha256])),
  )
  const kept = listIn(fields, 'images').filter(
    (each) => !isJsonObject(each) || !(replaced.has(each['role']) || replaced.has(each['sha256'])),
  )
  const record = {
    ...fields,
    releases: [...listIn(fields, 'releases'), release],
    images: [...kept, ...added],
    ...(chapters.length === 0 ? {} : { chapters: [...chapters] }),
    rights: rightsWith(fields, rights, hashesOf(release)),
    ...(term === null ? {} : { term }),
  }
  const parsed = parseRecord(utf8Bytes(JSON.stringify(record)))
  if (parsed.kind === 'newer') throw new UsageError('the record needs a newer Matinee')
  return parsed.record
}

/** One entry more; in a series, one that says the very same is about these bytes as well: episodes may come one by one. */
function rightsWith(fields: JsonObject, rights: JsonObject, covers: JsonValue[]): JsonValue[] {
  const there = listIn(fields, 'rights')
  if (fields['kind'] !== 'series') return [...there, { ...rights, covers }]
  const said = statementOf(rights)
  const same = there.findIndex(
    (each) =>
      isJsonObject(each) &&
      statementOf(each) === said &&
      listIn(each, 'covers').length > 0 &&
      listIn(each, 'covers').length + covers.length <= MOST_COVERED,
  )
  const old = there[same]
  if (old === undefined || !isJsonObject(old)) return [...there, { ...rights, covers }]
  return there.with(same, { ...old, covers: [...listIn(old, 'covers'), ...covers] })
}

/** What an entry says, as one text that doesn't depend on the order of its fields. */
function statementOf(entry: JsonObject): string {
  return new TextDecoder().decode(canonicalJson({ ...entry, covers: [] }))
}

/** What the entry of a release's rights is about: these bytes and no others (feed-format 6.2). */
function hashesOf(release: JsonObject): JsonValue[] {
  const infoHashes = release['infoHashes']
  const named =
    infoHashes !== undefined && isJsonObject(infoHashes) ? Object.values(infoHashes) : []
  const twin = release['twin']
  return twin === undefined ? named : [...named, twin]
}

/** A release that stands for the one that isn't made yet, so that a record which can't be one is known beforehand. */
export function rehearsedRelease(
  id: string,
  label: string | undefined,
  episodes: readonly string[],
): JsonObject {
  const sha256 = '0'.repeat(64)
  return {
    kind: 'release',
    id,
    ...(label === undefined ? {} : { label }),
    infoHashes: { v1: '1'.repeat(40), v2: sha256 },
    twin: '2'.repeat(40),
    videos: (episodes.length === 0 ? [null] : episodes).map((episode) => ({
      path: `${episode ?? 'film'}.mp4`,
      length: 1,
      root: sha256,
      container: 'mp4',
      durationSeconds: 1,
      width: 1,
      height: 1,
      codecs: ['avc1.64001f'],
      ...(episode === null ? {} : { episode }),
    })),
  }
}
