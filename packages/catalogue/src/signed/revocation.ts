import * as z from 'zod/mini'
import { CatalogueError } from '../catalogue-error.ts'
import { parseStrictJson } from '../json/strict-json.ts'
import { MANIFEST_LIMITS } from '../limits.ts'
import { parseSha1, parseSha256 } from '../name/hash-text.ts'
import { parseWorkId } from '../name/id.ts'
import { FORMAT_VERSION } from '../record/work-record.ts'
import {
  byLanguage,
  day,
  list,
  line,
  oneOf,
  parsed,
  token,
  versions,
  whole,
} from '../schema/field.ts'
import { readHead } from '../schema/file-head.ts'
import { parseFields, throwIfAny } from '../schema/file-parser.ts'
import type { Immutable } from '../schema/immutable.ts'
import { repeated } from '../schema/problem.ts'
import type { RoleName } from './role-name.ts'
import { refuse } from './tuf-json.ts'

/** feed-format 14.1. */
const ENTRIES = 10_000
const COVERS = 200

/** feed-format 14.3: from the mildest to the strongest. */
export const EFFECTS = ['delisted', 'unshared', 'blocked'] as const

/**
 * What a revocation does: `blocked` = not offered, played or seeded; `unshared` = not offered or seeded, the own copy
 * plays; `delisted` = not offered, the own copy plays and may be seeded. No feed deletes a file.
 */
export type Effect = (typeof EFFECTS)[number]

/** feed-format 14.2. */
const entrySchema = z.object({
  work: parsed('id', 'is no id', parseWorkId),
  serial: whole(1, Number.MAX_SAFE_INTEGER),
  state: oneOf(['revoked', 'reinstated']),
  effect: oneOf(EFFECTS),
  reason: token,
  on: day,
  note: byLanguage(line(1000), 80),
  covers: list(
    parsed('hash', 'is no hash', (text) => parseSha256(text) ?? parseSha1(text)),
    COVERS,
  ),
})

const fileSchema = z.object({
  type: z.literal('matinee-revocations'),
  ...versions,
  entries: list(entrySchema, ENTRIES),
})

/**
 * A work that a feed withdraws, or takes back. `serial` grows with every decision about the work under one authority;
 * `covers` are info-hashes and file roots by which other feeds' same work is known.
 */
export type Revocation = Immutable<z.output<typeof entrySchema>>

/** Where a role's revocations lie. */
export function revocationsPath(role: RoleName): string {
  return `packs/${role}/revocations.json`
}

/**
 * Reads a role's revocations (section 14 of docs/feed-format.md); `null` = they need a newer reader. Throws
 * {@link TrustError}.
 */
export function parseRevocations(bytes: Uint8Array, file: string): readonly Revocation[] | null {
  try {
    const head = readHead(
      parseStrictJson(bytes, MANIFEST_LIMITS),
      'matinee-revocations',
      FORMAT_VERSION,
    )
    if (head.kind === 'closed') return null
    const { fields } = parseFields(fileSchema, head.fields, head.kind === 'known')
    const works = fields.entries.map(({ work }) => work)
    throwIfAny(repeated(works, (index) => `/entries/${index}/work`))
    return fields.entries
  } catch (error) {
    if (error instanceof CatalogueError) return refuse(file, error.code, error.message)
    throw error
  }
}
