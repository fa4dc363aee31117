import * as z from 'zod/mini'

/** The word on top. `depends`: elsewhere, not here; `no-longer`: withdrawn. */
export const SLIP_ANSWERS = ['yes', 'yes-but', 'depends', 'no-longer', 'no'] as const
export type SlipAnswer = (typeof SLIP_ANSWERS)[number]

/**
 * The card "May I watch and share this?". Its sentences are made by the server in the language that was asked
 * for; the page gives them their places.
 */
export const rightsSlipSchema = z.object({
  answer: z.enum(SLIP_ANSWERS),
  /** One or two sentences under the answer. */
  sentence: z.string(),
  /** What one may do: watch, share, screen in public, translate, remix, sell. */
  permissions: z.array(
    z.object({
      use: z.string(),
      label: z.string(),
      kind: z.enum(['yes', 'yes-if', 'no', 'unknown']),
      words: z.string(),
    }),
  ),
  /** Name with version; the deed's https address, or null. */
  licence: z.object({ name: z.string(), url: z.nullable(z.string()) }),
  /** "Everywhere", or names of places. */
  where: z.string(),
  /** How sure we are, and why, in words. */
  confidence: z.string(),
  evidence: z.array(
    z.object({ words: z.string(), url: z.nullable(z.string()), date: z.nullable(z.string()) }),
  ),
  /** Who checked it and when, in words; null = nobody yet. */
  checked: z.nullable(z.string()),
  /** Where the record came from: "came with Matinee". */
  source: z.string(),
  /** What isn't known or not settled, a sentence each. */
  missing: z.array(z.string()),
  /** Ready to copy: title, author, source, licence. */
  attribution: z.string(),
})
export type RightsSlip = z.infer<typeof rightsSlipSchema>
