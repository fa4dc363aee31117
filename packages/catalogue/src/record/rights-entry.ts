import {
  ACTS,
  COMPONENTS,
  EVIDENCE_KINDS,
  EVIDENCE_SPEAKERS,
  RIGHTS_STATEMENT_IDS,
} from '@matinee/rights'
import * as z from 'zod/mini'
import { parseSha1, parseSha256 } from '../name/hash-text.ts'
import {
  day,
  licence,
  line,
  list,
  oneOf,
  parsed,
  scope,
  sha256,
  someOf,
  webAddress,
} from '../schema/field.ts'
import type { Immutable } from '../schema/immutable.ts'

const termsSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('licence'), licence }),
  z.object({
    kind: z.literal('own-text'),
    sha256: z.nullable(sha256),
    acts: list(oneOf(ACTS), ACTS.length),
  }),
])

/** feed-format 6.3. */
const basisSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('licence'), licence }),
  z.object({ kind: z.literal('submission'), terms: termsSchema }),
  z.object({ kind: z.literal('public-domain-term') }),
  z.object({ kind: z.literal('public-domain-mark'), by: oneOf(['holder', 'other']) }),
  z.object({ kind: z.literal('rights-statement'), statement: oneOf(RIGHTS_STATEMENT_IDS) }),
  z.object({ kind: z.literal('in-copyright') }),
  z.object({ kind: z.literal('disputed') }),
])

/** The kinds of basis that this version knows (feed-format 2.3). */
export const BASIS_KINDS: readonly string[] = [
  'licence',
  'submission',
  'public-domain-term',
  'public-domain-mark',
  'rights-statement',
  'in-copyright',
  'disputed',
] satisfies z.output<typeof basisSchema>['kind'][]

/** feed-format 6.4. */
const evidenceSchema = z.object({
  kind: oneOf(EVIDENCE_KINDS),
  speaker: oneOf(EVIDENCE_SPEAKERS),
  url: z.nullable(webAddress),
  on: day,
  sha256: z.nullable(sha256),
})

/** feed-format 6.5. */
const attributionSchema = z.object({
  title: z.optional(line(300)),
  creators: list(line(200), 20),
  notice: z.optional(line(300)),
  source: z.optional(webAddress),
  requested: z.optional(line(1000)),
  changes: z.optional(line(300)),
  creditsMustPlay: z.optional(z.boolean()),
})

/** feed-format 6.2. */
export const rightsEntrySchema = z.object({
  component: oneOf(COMPONENTS),
  territories: someOf(scope, 60),
  except: list(scope, 60),
  basis: basisSchema,
  from: z.optional(day),
  until: z.optional(day),
  covers: list(
    parsed('hash', 'is no hash', (text) => parseSha256(text) ?? parseSha1(text)),
    200,
  ),
  evidence: list(evidenceSchema, 20),
  checks: list(z.object({ by: line(80), on: day }), 10),
  verified: z.boolean(),
  attribution: z.optional(attributionSchema),
  note: z.optional(line(1000)),
})

/** What is known about the rights in one component of a work in some places, and from whom. */
export type RightsEntry = Immutable<z.output<typeof rightsEntrySchema>>
/** Why a work is free, or isn't. */
export type RightsBasis = RightsEntry['basis']
/** Why an entry is believed. */
export type RightsEvidence = RightsEntry['evidence'][number]
/** Who is to be named, and how. */
export type Attribution = Immutable<z.output<typeof attributionSchema>>

/** Whether an entry says that something isn't free. */
export function deniesRights(entry: RightsEntry): boolean {
  return entry.basis.kind === 'in-copyright' || entry.basis.kind === 'disputed'
}
