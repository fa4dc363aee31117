import * as z from 'zod/mini'
import { parseEpisodeId } from '../name/id.ts'
import { byLanguage, day, line, list, parsed, seconds, whole, year } from '../schema/field.ts'
import type { Immutable } from '../schema/immutable.ts'
import { personSchema } from './person.ts'
import { partTranslationSchema } from './translation.ts'

/** feed-format 3.5. */
export const episodeIdSchema = parsed('id', 'is no id', parseEpisodeId)

/** feed-format 4.1. */
export const chapterSchema = z.object({
  startSeconds: seconds,
  titles: byLanguage(line(200), 80),
})

/** feed-format 4.3. */
export const episodeSchema = z.object({
  id: episodeIdSchema,
  number: whole(0, 9999),
  aired: z.optional(day),
  durationSeconds: z.optional(whole(1, 604_800)),
  translations: byLanguage(partTranslationSchema, 80),
  people: list(personSchema, 400),
  chapters: list(chapterSchema, 400),
})

/** feed-format 4.3. */
export const seasonSchema = z.object({
  number: whole(0, 999),
  year: z.optional(year),
  translations: byLanguage(partTranslationSchema, 80),
  episodes: list(episodeSchema, 1000),
})

/** Where a part of a film begins, and what it's called. */
export type Chapter = Immutable<z.output<typeof chapterSchema>>
/** One episode. Its files are in the record's releases, under its id. */
export type Episode = Immutable<z.output<typeof episodeSchema>>
/** One season; number 0 holds specials. */
export type Season = Immutable<z.output<typeof seasonSchema>>
