import { LIMITS } from '@matinee/base'
import * as z from 'zod/mini'

/** GET `paths.castScreens`: screens of the home network. Asking is what keeps the search going. */
export const screensSchema = z.object({
  screens: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['chromecast', 'dlna']),
      /** What it calls itself; empty when it doesn't. Text, whatever it looks like. */
      name: z.string(),
      model: z.string(),
      /** Its IP address: names can be alike. */
      address: z.string(),
    }),
  ),
  /** This computer is in no home network that could be searched. */
  hasNetwork: z.boolean(),
})
export type Screens = z.infer<typeof screensSchema>

/** The subtitles that go along, as the viewer has them: chosen, in step, and looking so. */
const captionsSchema = z.object({
  vtt: z.string().check(z.maxLength(LIMITS.subtitleBytes)),
  label: z.string().check(z.maxLength(200)),
  /** BCP 47; empty = nobody knows. */
  language: z.string().check(z.regex(/^[A-Za-z0-9-]{0,35}$/u)),
  style: z.object({
    /** 1 = usual. */
    scale: z.number().check(z.gte(0.5), z.lte(3)),
    colour: z.string().check(z.regex(/^#[0-9a-f]{6}$/u)),
    background: z.enum(['box', 'shade', 'outline']),
  }),
})
export type CastCaptionsWish = z.infer<typeof captionsSchema>

/** POST `paths.streamCast`: show this film on a screen. */
export const castRequestSchema = z.object({
  screenId: z.string().check(z.maxLength(100)),
  title: z.string().check(z.maxLength(500)),
  subtitle: z.string().check(z.maxLength(500)),
  durationSeconds: z.nullable(z.number().check(z.gte(0), z.lte(LIMITS.filmSeconds))),
  startSeconds: z.number().check(z.gte(0), z.lte(LIMITS.filmSeconds)),
  captions: z.nullable(captionsSchema),
})
export type CastRequest = z.infer<typeof castRequestSchema>

/** PUT `paths.streamCastCaptions`: other subtitles, or none; the film goes on where it is. */
export const castCaptionsSchema = z.object({ captions: z.nullable(captionsSchema) })

/** POST `paths.streamCastAct`. */
export const castActSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('play') }),
  z.object({ kind: z.literal('pause') }),
  z.object({
    kind: z.literal('seek'),
    seconds: z.number().check(z.gte(0), z.lte(LIMITS.filmSeconds)),
  }),
  z.object({
    kind: z.literal('volume'),
    volume: z.number().check(z.gte(0), z.lte(1)),
    isMuted: z.boolean(),
  }),
])
export type CastAct = z.infer<typeof castActSchema>

/**
 * Why a film isn't on the screen (any more).
 * - `away`: the screen doesn't answer
 * - `refused`: it won't be told
 * - `film`: it can't play this film
 * - `taken`: it was stopped there, or shows something else
 * - `no-way`: it can't be reached from an address of this computer
 */
export const CAST_FAULTS = ['away', 'refused', 'film', 'taken', 'no-way'] as const
export type CastFault = (typeof CAST_FAULTS)[number]

/** GET `paths.streamCast`, and the answer to all that changes it. */
export const castStatusSchema = z.object({
  screen: z.object({ name: z.string(), address: z.string() }),
  phase: z.enum(['connecting', 'playing', 'paused', 'buffering', 'ended', 'over']),
  /** Of `over`. */
  fault: z.nullable(z.enum(CAST_FAULTS)),
  positionSeconds: z.number(),
  durationSeconds: z.nullable(z.number()),
  /** From 0 to 1; null = it can't be told from here. */
  volume: z.nullable(z.number()),
  isMuted: z.boolean(),
})
export type CastStatus = z.infer<typeof castStatusSchema>
