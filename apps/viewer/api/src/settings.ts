import * as z from 'zod/mini'
import { PROFILE_PICTURES } from './profiles.ts'

/**
 * How films come. `share`: over BitTorrent, passing on while they play. `web-only`: from web servers that
 * hold the film, no swarm at all.
 */
export const SHARINGS = ['share', 'web-only'] as const
export type Sharing = (typeof SHARINGS)[number]

/** Smallest disk budget: less doesn't hold a film. */
export const MIN_DISK_BUDGET_BYTES = 1_000_000_000

/** Slowest limit of any kind, in bytes a second: with less nothing comes to an end. */
export const MIN_BYTES_PER_SECOND = 10_000

const bytesPerSecond = z.number().check(z.int(), z.gte(MIN_BYTES_PER_SECOND), z.lte(1e9))
/** Null = no limit. */
const rateLimit = z._default(z.nullable(bytesPerSecond), null)

const languageTag = z
  .string()
  .check(z.regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/u), z.maxLength(35))

/** Hours of the day in which less is passed on. Minutes since midnight, as clocks here say; they may go over midnight. */
export const quietHoursSchema = z.object({
  startMinute: z.number().check(z.int(), z.gte(0), z.lt(1440)),
  endMinute: z.number().check(z.int(), z.gte(0), z.lt(1440)),
  /** What may be passed on at most meanwhile. */
  uploadBytesPerSecond: bytesPerSecond,
  /** What is to be kept waits until they are over. */
  keepsWait: z.boolean(),
})
export type QuietHours = z.infer<typeof quietHoursSchema>

/** What the viewer decided; kept in the data folder. */
export const settingsSchema = z.object({
  sharing: z.enum(SHARINGS),
  /** ISO 3166-1, or null: then only works that are free everywhere are offered. Never looked up. */
  country: z.nullable(z.string().check(z.regex(/^[A-Z]{2}$/u))),
  /** Languages of the pages, of titles and of synopses, best first. */
  languages: z.array(languageTag).check(z.maxLength(20)),
  /** Subtitles shown by themselves, best first; empty = none. */
  subtitles: z.array(languageTag).check(z.maxLength(20)),
  /** Absolute; where films are kept. */
  mediaFolder: z.string().check(z.minLength(1), z.maxLength(4096)),
  diskBudgetBytes: z.number().check(z.int(), z.gte(MIN_DISK_BUDGET_BYTES), z.lte(1e15)),
  /** What may be passed on at most, of all films together; null = no limit. */
  uploadBytesPerSecond: rateLimit,
  /** How fast what is kept may be fetched, all of it together; null = as fast as it comes. */
  keepBytesPerSecond: rateLimit,
  /** Ask strangers' computers who has a film, too (the DHT); only where `sharing` is `share`. */
  dht: z._default(z.boolean(), true),
  /** Fetch a little when a work's page opens. */
  prepare: z.boolean(),
  /** Start the next episode by itself after a countdown. */
  playNext: z.boolean(),
  /** Show at the end of a film how its makers take thanks. */
  thanks: z._default(z.boolean(), true),
  /** Give to others what was watched or is kept, also when it isn't playing; only where `sharing` is `share`. */
  giveBack: z._default(z.boolean(), true),
  /** Count by day how many people were given something. */
  countAudience: z._default(z.boolean(), true),
  /** Null = every hour is like the others. */
  quietHours: z._default(z.nullable(quietHoursSchema), null),
})
export type Settings = z.infer<typeof settingsSchema>

/** GET `paths.settings`; PUT it with {@link settingsSchema} answers the same. */
export const settingsPageSchema = z.object({
  settings: settingsSchema,
  /** False until the viewer has answered the first run: then `settings` is what we propose. */
  isSettled: z.boolean(),
  /** Bytes free where films are kept; null = the system doesn't say. */
  freeBytes: z.nullable(z.number()),
  usedBytes: z.number(),
  /** ISO 3166-1: what `country` may be. */
  countries: z.array(z.string()),
  /** What needs a new start of Matinee to hold. */
  needsRestart: z.boolean(),
  /** Whose page this is; its languages are its own. */
  profile: z.object({
    id: z.string(),
    /** Empty = the first one, which nobody named yet. */
    name: z.string(),
    picture: z.enum(PROFILE_PICTURES),
    /** Under an age limit: settings, catalogues and profiles are a grown-up's. */
    isChild: z.boolean(),
    /** There is no other one. */
    isAlone: z.boolean(),
  }),
})
export type SettingsPage = z.infer<typeof settingsPageSchema>
