import * as z from 'zod/mini'

/** What a work is: a feature, a short, or a series with seasons. */
export const WORK_KINDS = ['feature', 'short', 'series'] as const
export type WorkKind = (typeof WORK_KINDS)[number]

/** Where the viewer is in a work. `watched` of a series: every episode. */
export const watchStateSchema = z.object({
  /** 0 to 1 of the film, or of the episode that is next; null = never begun, or watched to its end. */
  fraction: z.nullable(z.number()),
  watched: z.boolean(),
  favourite: z.boolean(),
})
export type WatchState = z.infer<typeof watchStateSchema>

/**
 * A work as lists show it, in the language that was asked for. Text is a stranger's: it's shown as text and
 * nothing else.
 */
export const workCardSchema = z.object({
  /** Feed and work; a single path segment. */
  id: z.string(),
  kind: z.enum(WORK_KINDS),
  title: z.string(),
  /** Language of `title` (BCP 47), for `lang`; null = not known. */
  titleLanguage: z.nullable(z.string()),
  /** In its own script, when `title` is a translation; else null. */
  originalTitle: z.nullable(z.string()),
  /** Whom a poster names: directors, else makers; may be empty. */
  makers: z.array(z.string()),
  year: z.nullable(z.number()),
  /** Of a series: the last season's year; null = it goes on, or no series. */
  endYear: z.nullable(z.number()),
  /** Null for a series, and when nobody knows. */
  durationSeconds: z.nullable(z.number()),
  /** Of a series, else 0. */
  episodeCount: z.number(),
  /** ISO 3166-1. */
  countries: z.array(z.string()),
  /** Spoken (BCP 47); `zxx` = no words. */
  languages: z.array(z.string()),
  /** Tokens of docs/feed-format.md 4.9; a page has a word for those it knows. */
  genres: z.array(z.string()),
  /** 2:3 picture; null = the page draws the poster. */
  posterUrl: z.nullable(z.string()),
  /** 16:9 picture, or null. */
  stillUrl: z.nullable(z.string()),
  watch: watchStateSchema,
})
export type WorkCard = z.infer<typeof workCardSchema>
