import * as z from 'zod/mini'
import { workCardSchema } from './work-card.ts'

/** Why this film, tonight. The page has a sentence for each. */
export const tonightReasonSchema = z.discriminatedUnion('kind', [
  /** It came into the programme this week. */
  z.object({ kind: z.literal('new') }),
  /** On a curated list, by its title. */
  z.object({ kind: z.literal('list'), title: z.string() }),
  /** First shown this many round years ago. */
  z.object({ kind: z.literal('anniversary'), years: z.number() }),
  /** Over in this many minutes. */
  z.object({ kind: z.literal('short'), minutes: z.number() }),
  /** On the viewer's list of favourites, and never begun. */
  z.object({ kind: z.literal('favourite') }),
  /** From a country of which the viewer has seen nothing. */
  z.object({ kind: z.literal('elsewhere'), country: z.string() }),
  /** Without words: for everybody. */
  z.object({ kind: z.literal('wordless') }),
  z.object({ kind: z.literal('never-seen') }),
])
export type TonightReason = z.infer<typeof tonightReasonSchema>

/**
 * The header of an answer that was given while works are being loaded into the catalogue: `loading`. What it says may be another
 * thing soon, so whoever shows it asks again.
 */
export const CATALOGUE_HEADER = 'matinee-catalogue'

/** GET `paths.tonight` with `skip` = ids already refused, joined by commas: one film; null = there is none (left). */
export const tonightSchema = z.object({
  pick: z.nullable(z.object({ work: workCardSchema, reason: tonightReasonSchema })),
})
export type Tonight = z.infer<typeof tonightSchema>

/** What a row is about. The page has words for each but lists, which bring their own. */
export const rowHeadingSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('new') }),
  z.object({ kind: z.literal('silent') }),
  z.object({ kind: z.literal('genre'), genre: z.string() }),
  /** `decade` is its first year; a null country = of all. */
  z.object({
    kind: z.literal('place'),
    country: z.nullable(z.string()),
    decade: z.nullable(z.number()),
  }),
  z.object({ kind: z.literal('series') }),
  /** A curated list of a feed; two works make a double bill. */
  z.object({
    kind: z.literal('list'),
    listId: z.string(),
    title: z.string(),
    note: z.nullable(z.string()),
  }),
])
export type RowHeading = z.infer<typeof rowHeadingSchema>

export const programmeRowSchema = z.object({
  heading: rowHeadingSchema,
  /** The first of them, at most 24. */
  works: z.array(workCardSchema),
  total: z.number(),
  /** Search parameters of `/browse` that show all; null = `works` is all. */
  browse: z.nullable(z.string()),
})
export type ProgrammeRow = z.infer<typeof programmeRowSchema>

/** A film or an episode that was begun. */
export const continueCardSchema = z.object({
  work: workCardSchema,
  /** The episode, of a series. */
  episode: z.nullable(
    z.object({ id: z.string(), seasonNumber: z.number(), number: z.number(), title: z.string() }),
  ),
  seconds: z.number(),
  /** Null = nobody knows. */
  durationSeconds: z.nullable(z.number()),
})
export type ContinueCard = z.infer<typeof continueCardSchema>

/** GET `paths.programme`: the page Tonight without its feature, at most 12 rows. */
export const programmeSchema = z.object({
  carryOn: z.array(continueCardSchema),
  /** Films of at most 40 minutes, shortest first, at most 6. */
  shortTonight: z.array(workCardSchema),
  rows: z.array(programmeRowSchema),
  /** Works on offer here, by kind. */
  counts: z.object({ feature: z.number(), short: z.number(), series: z.number() }),
  /** Works of the feeds that aren't offered where the viewer is. */
  notOfferedHere: z.number(),
  /** Works are still coming into the catalogue: what isn't there may be soon. */
  isLoading: z.boolean(),
})
export type Programme = z.infer<typeof programmeSchema>
