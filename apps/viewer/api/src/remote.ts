import { LIMITS } from '@matinee/base'
import * as z from 'zod/mini'

/** Phones that may work one player at once. */
export const MAX_PHONES = 3

/** Speeds that a phone offers; the player has more. */
export const PHONE_RATES = [0.75, 1, 1.25, 1.5, 2] as const

/** What a phone may ask of the player, whole: whatever isn't here can't be said. */
export const remoteCommandSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('play') }),
  z.object({ kind: z.literal('pause') }),
  z.object({ kind: z.literal('seek-by'), seconds: z.literal([-10, 10]) }),
  z.object({ kind: z.literal('seek-to-fraction'), fraction: z.number().check(z.gte(0), z.lte(1)) }),
  z.object({ kind: z.literal('volume-to'), volume: z.number().check(z.gte(0), z.lte(1)) }),
  z.object({ kind: z.literal('mute'), isMuted: z.boolean() }),
  z.object({ kind: z.literal('subtitles'), areShown: z.boolean() }),
  z.object({ kind: z.literal('next-episode') }),
  z.object({ kind: z.literal('rate-to'), rate: z.literal(PHONE_RATES) }),
])
export type RemoteCommand = z.infer<typeof remoteCommandSchema>

const secondsSchema = z.number().check(z.gte(0), z.lte(LIMITS.filmSeconds))
const titleSchema = z.string().check(z.maxLength(500))

/** What a phone is shown: the film that plays, and nothing else of who watches. */
export const remoteStateSchema = z.object({
  title: titleSchema,
  /** Season and episode; empty = none. */
  subtitle: titleSchema,
  phase: z.enum(['opening', 'playing', 'paused', 'waiting', 'ended', 'failed']),
  /** Whether the viewer wants it to play, whatever it does now. */
  wantsToPlay: z.boolean(),
  positionSeconds: secondsSchema,
  /** 0 = not known yet. */
  durationSeconds: secondsSchema,
  volume: z.number().check(z.gte(0), z.lte(1)),
  isMuted: z.boolean(),
  rate: z.number().check(z.gte(0), z.lte(10)),
  hasSubtitles: z.boolean(),
  areSubtitlesShown: z.boolean(),
  hasNext: z.boolean(),
})
export type RemoteState = z.infer<typeof remoteStateSchema>

/** POST `paths.remotes`: let a phone work this player. The one before ends. */
export const remoteRequestSchema = z.object({
  /** One of the addresses that were offered. Default: the likeliest. */
  host: z.optional(z.string().check(z.maxLength(64))),
})

/** An address for one phone, once. */
const phoneCodeSchema = z.object({
  /** With the secret in its fragment. */
  url: z.string(),
  /** How long it's good for. */
  lastsSeconds: z.number(),
})
export type PhoneCode = z.infer<typeof phoneCodeSchema>

export const remoteOpenedSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('open'),
    remoteId: z.string(),
    host: z.string(),
    /** This computer's addresses in home networks, the likeliest first. */
    hosts: z.array(z.string()),
    code: phoneCodeSchema,
  }),
  /** This computer is in no home network where a phone could be. */
  z.object({ kind: z.literal('no-network') }),
])
export type RemoteOpened = z.infer<typeof remoteOpenedSchema>

/** POST `paths.remoteCode`: for one more phone; the code before is worth nothing. Null = as many as may be are there. */
export const remoteCodeSchema = z.object({ code: z.nullable(phoneCodeSchema) })
export type RemoteCode = z.infer<typeof remoteCodeSchema>

/** POST `paths.remoteTurn`: how it goes here, for what phones ask. Null = nothing plays just now. */
export const remoteTurnSchema = z.object({ state: z.nullable(remoteStateSchema) })
export type RemoteTurn = z.infer<typeof remoteTurnSchema>

/** The answer; it waits a second for something to say. */
export const remoteNewsSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('on'),
    phones: z.number(),
    /** A code is shown that some phone could still use. */
    isCodeGood: z.boolean(),
    /** In the order in which they were asked. */
    commands: z.array(remoteCommandSchema),
  }),
  /** There is no such remote (any more). */
  z.object({ kind: z.literal('over') }),
])
export type RemoteNews = z.infer<typeof remoteNewsSchema>

/** From a phone: the secret out of its QR code. */
export const pairRequestSchema = z.object({ secret: z.string().check(z.maxLength(64)) })

/** To a phone: what it says from now on. */
export interface Pairing {
  readonly token: string
}

/** To a phone. Null = the player is there, and nothing plays just now. */
export interface PhoneView {
  readonly state: RemoteState | null
}
