import * as z from 'zod/mini'
import { rightsSlipSchema } from './rights-slip.ts'
import { withdrawalSchema } from './withdrawal.ts'
import { workCardSchema } from './work-card.ts'
import { thanksSchema } from './thanks.ts'

/** A part of a film. It ends where the next one starts. */
export const partSchema = z.object({ startSeconds: z.number(), title: z.string() })
export type Part = z.infer<typeof partSchema>

/** One way to get a film: a torrent's video with what belongs to it. */
export const releaseCardSchema = z.object({
  id: z.string(),
  /** "1080p, stereo" as far as the record says it; else the file's name. */
  label: z.string(),
  /** `legacy` = an older torrent, checked less strictly. */
  kind: z.enum(['release', 'legacy']),
  lengthBytes: z.nullable(z.number()),
  height: z.nullable(z.number()),
  /** Spoken. */
  languages: z.array(z.string()),
  subtitles: z.array(z.string()),
  /** Languages of audio description. */
  descriptions: z.array(z.string()),
  /** False with the reason that the page says: our browser can't play such a file. */
  plays: z.boolean(),
  webSeedCount: z.number(),
})
export type ReleaseCard = z.infer<typeof releaseCardSchema>

export const episodeSchema = z.object({
  id: z.string(),
  number: z.number(),
  title: z.string(),
  synopsis: z.nullable(z.string()),
  durationSeconds: z.nullable(z.number()),
  /** 16:9 picture, or null: the page draws a frame. */
  stillUrl: z.nullable(z.string()),
  releases: z.array(releaseCardSchema),
  seconds: z.nullable(z.number()),
  watched: z.boolean(),
})
export type EpisodeCard = z.infer<typeof episodeSchema>

export const seasonSchema = z.object({
  id: z.string(),
  number: z.number(),
  title: z.nullable(z.string()),
  year: z.nullable(z.number()),
  episodes: z.array(episodeSchema),
})
export type SeasonCard = z.infer<typeof seasonSchema>

/** GET `paths.work`: everything that the page of a work shows, in the language that was asked for. */
export const workDetailsSchema = z.object({
  card: workCardSchema,
  synopsis: z.nullable(z.string()),
  /** Language of `synopsis`: not always the one asked for. */
  synopsisLanguage: z.nullable(z.string()),
  /** In the record's order; `as` is the part of an actor. */
  people: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      roles: z.array(z.string()),
      as: z.nullable(z.string()),
    }),
  ),
  /** Of a film; a series has them in its episodes. */
  releases: z.array(releaseCardSchema),
  chapters: z.array(partSchema),
  /** Empty unless it's a series. */
  seasons: z.array(seasonSchema),
  /** The first episode that isn't watched, the one that was begun before all; null = no series, or all watched. */
  nextEpisodeId: z.nullable(z.string()),
  /** Where the film was left, else null. */
  resumeSeconds: z.nullable(z.number()),
  advisories: z.array(
    z.object({ kind: z.string(), degree: z.enum(['mild', 'moderate', 'strong']) }),
  ),
  ages: z.array(z.object({ scheme: z.string(), label: z.string() })),
  links: z.array(z.object({ kind: z.string(), url: z.string(), title: z.nullable(z.string()) })),
  rights: rightsSlipSchema,
  /** Its maker's own channels for thanks, each a page of theirs. */
  /** Null = its record names no way to thank the makers. */
  thanks: z.nullable(thanksSchema),
  /** False: shown with the reason (rights), but not to be played. */
  offered: z.boolean(),
  /** It was withdrawn, and the copy on this disk may be played all the same. */
  ownCopy: z.boolean(),
  /** Those that act first. Not empty and the first one acts: it is offered no more. */
  withdrawals: z.array(withdrawalSchema),
  /** The same work in other feeds, in the viewer's order of them; `feed` is a stranger's text. */
  alsoIn: z.array(z.object({ workId: z.string(), feed: z.string() })),
  similar: z.array(workCardSchema),
  /** The curated lists that hold it. */
  lists: z.array(z.object({ id: z.string(), title: z.string() })),
})
export type WorkDetails = z.infer<typeof workDetailsSchema>

/**
 * GET `paths.workHealth`, while its page is open: how it would play now. `off` = preparing is switched off, so
 * nothing was asked.
 */
export const workHealthSchema = z.object({
  kind: z.enum([
    'off',
    'measuring',
    'straight',
    'may-pause',
    'slow-start',
    'web-only',
    'nobody',
    'here',
  ]),
  /** Who was found to hold the film; trackers' counts included. */
  people: z.number(),
  connected: z.number(),
  webSeeds: z.number(),
  /** 0 to 1 on this disk. */
  onDisk: z.number(),
})
export type WorkHealth = z.infer<typeof workHealthSchema>

/** POST `paths.warmWork` when a work's page opens (DELETE when it closes): fetch a little, so that Play is quick. */
export const warmRequestSchema = z.object({
  episodeId: z.nullable(z.string().check(z.maxLength(200))),
  releaseId: z.nullable(z.string().check(z.maxLength(200))),
})
export type WarmRequest = z.infer<typeof warmRequestSchema>
