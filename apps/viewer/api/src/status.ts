import * as z from 'zod/mini'

/**
 * Why a film can't go on:
 * - `source`: the process that gives the film out didn't start or ended
 * - `disk-full`, `disk`: the disk has no room, or failed
 * - `damaged`: what arrives isn't the film
 * - `internal`: our fault
 */
export const STUCK_REASONS = ['source', 'disk-full', 'disk', 'damaged', 'internal'] as const
export type StuckReason = (typeof STUCK_REASONS)[number]

/** Where a stream is, in the order in which it happens. */
export const streamPhaseSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('starting') }),
  z.object({ kind: z.literal('finding-people') }),
  z.object({ kind: z.literal('checking'), fraction: z.number() }),
  z.object({ kind: z.literal('live') }),
  z.object({ kind: z.literal('failed'), reason: z.enum(STUCK_REASONS) }),
])
export type StreamPhase = z.infer<typeof streamPhaseSchema>

/** GET `paths.streamStatus`: what the swarm is doing. The page turns it into words. */
export const streamStatusSchema = z.object({
  phase: streamPhaseSchema,
  people: z.object({
    /** Addresses that we know of. */
    known: z.number(),
    connected: z.number(),
    /** Connected, and allowing us to ask. */
    sending: z.number(),
  }),
  /** Of the film's own file. */
  bytes: z.object({
    length: z.number(),
    have: z.number(),
    received: z.number(),
    passedOn: z.number(),
  }),
  rates: z.object({ downBytesPerSecond: z.number(), upBytesPerSecond: z.number() }),
  /** What is on this disk, as fractions of the film's file, in order; at most 200. */
  onDisk: z.array(z.object({ start: z.number(), end: z.number() })),
})
export type StreamStatus = z.infer<typeof streamStatusSchema>
