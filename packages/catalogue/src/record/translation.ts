import * as z from 'zod/mini'
import { language, line, list, paragraphs } from '../schema/field.ts'
import type { Immutable } from '../schema/immutable.ts'

/** feed-format 4.1: the original title. */
export const originalTitleSchema = z.object({ text: line(300), language: z.optional(language) })

/** feed-format 4.1: what a work is called and about in one language. */
export const translationSchema = z.object({
  title: z.optional(line(300)),
  otherTitles: list(line(300), 20),
  tagline: z.optional(line(200)),
  synopsis: z.optional(paragraphs(4000)),
})

/** feed-format 4.3: the same for a season or an episode. */
export const partTranslationSchema = z.object({
  title: z.optional(line(300)),
  synopsis: z.optional(paragraphs(2000)),
})

/** A title in the script it was published in; its language when that is known. */
export type OriginalTitle = Immutable<z.output<typeof originalTitleSchema>>
/** Titles and texts of a work in one language. */
export type Translation = Immutable<z.output<typeof translationSchema>>
/** Title and text of a season or an episode in one language. */
export type PartTranslation = Immutable<z.output<typeof partTranslationSchema>>
