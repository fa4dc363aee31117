import { assert } from '@matinee/base'
import * as z from 'zod/mini'
import { CatalogueError } from '../catalogue-error.ts'
import { headFields, headProblems } from '../feed/feed-manifest.ts'
import { parseStrictJson } from '../json/strict-json.ts'
import type { JsonLimits } from '../limits.ts'
import type { Sha256Text } from '../name/hash-text.ts'
import { type FeedId, parseFeedId } from '../name/id.ts'
import { FORMAT_VERSION } from '../record/work-record.ts'
import { byLanguage, line, link, list, paragraphs, sha256, whole } from '../schema/field.ts'
import { readHead } from '../schema/file-head.ts'
import { parseFields, throwIfAny } from '../schema/file-parser.ts'
import type { Immutable } from '../schema/immutable.ts'
import { refuse } from './tuf-json.ts'

/** feed-format 12.7. */
export const HEAD_LIMITS: JsonLimits = { bytes: 2 * 1024 * 1024, depth: 16, values: 100_000 }

/** Where a signed feed says what it is. */
export const FEED_HEAD = 'feed.json'

/** feed-format 12.7. */
const sourceSchema = z.object({
  version: line(40),
  infoHash: sha256,
  length: whole(1, Number.MAX_SAFE_INTEGER),
  sha256,
  notes: byLanguage(paragraphs(2000), 80),
})

const headSchema = z.object({
  ...headFields,
  trust: z.literal('signed'),
  mirrors: list(link, 20),
  source: z.optional(sourceSchema),
})

/**
 * What a signed feed says of itself. `id` is a wish: a reader knows the feed by its fingerprint. `mirrors` are addresses of
 * folders that hold `metadata/` and `targets/`. `source` is the archive of the program's source, by the v2 info-hash of its torrent.
 */
export type FeedHead = Immutable<z.output<typeof headSchema>>

/** What a feed's head is for this reader. */
export type ParsedHead =
  | { readonly kind: 'head'; readonly head: FeedHead }
  /** It needs a reader of version `minVersion` (feed-format 2.3). */
  | { readonly kind: 'newer'; readonly minVersion: number }

/** Reads a signed feed's head: feed-format 12.7. Throws {@link TrustError}. */
export function parseFeedHead(bytes: Uint8Array): ParsedHead {
  try {
    const head = readHead(parseStrictJson(bytes, HEAD_LIMITS), 'matinee-feed', FORMAT_VERSION)
    if (head.kind === 'closed') return { kind: 'newer', minVersion: head.minVersion }
    const { fields } = parseFields(headSchema, head.fields, head.kind === 'known')
    throwIfAny(headProblems(fields))
    return { kind: 'head', head: fields }
  } catch (error) {
    if (error instanceof CatalogueError) return refuse(FEED_HEAD, error.code, error.message)
    throw error
  }
}

/**
 * The id under which a signed feed stands here. It comes from the fingerprint alone: whatever a feed calls itself, it can't
 * stand in another's place.
 */
export function followedFeedId(fingerprint: Sha256Text): FeedId {
  const id = parseFeedId(`feed-${fingerprint.slice(0, 32)}`)
  assert(id !== null, 'hexadecimal digits make an id')
  return id
}
