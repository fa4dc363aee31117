import * as z from 'zod/mini'

/**
 * Why a film can't go on, whatever comes:
 * - `source`: the process that gives the reel out didn't start or ended
 * - `disk-full`, `disk`: the disk has no room, or failed
 * - `damaged`: what arrives isn't the film
 * - `other-file`: the torrent holds no file as the record describes it
 * - `web-only`: the viewer wants web servers only, and none of them can give this film
 * - `withdrawn`: its feed forbade it while it was open
 * - `internal`: our fault
 */
export const STUCK_REASONS = [
  'source',
  'disk-full',
  'disk',
  'damaged',
  'other-file',
  'web-only',
  'withdrawn',
  'internal',
] as const
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

/** Parts of a film that are named one by one. */
export const MOST_MISSING_PARTS = 20

/** Why nothing more comes just now. It may pass by itself: Matinee goes on asking. */
export const streamTroubleSchema = z.discriminatedUnion('kind', [
  /** This computer has no network. */
  z.object({ kind: z.literal('network-off') }),
  /** Not one of the trackers (`asked` of them) answers, and nobody else knows anybody. */
  z.object({ kind: z.literal('no-tracker'), asked: z.number() }),
  /** Trackers answer, and know nobody who has it. */
  z.object({ kind: z.literal('nobody') }),
  /** `known` addresses, none of which can be reached. */
  z.object({ kind: z.literal('unreachable'), known: z.number() }),
  /**
   * Nobody who is connected has what comes next. `had` is the share of the film's file that is on this disk or with
   * somebody; `missing` is the rest, as fractions of the file, in order, at most {@link MOST_MISSING_PARTS}.
   */
  z.object({
    kind: z.literal('part-missing'),
    had: z.number(),
    missing: z.array(z.object({ start: z.number(), end: z.number() })),
  }),
])
export type StreamTrouble = z.infer<typeof streamTroubleSchema>

/** Why nothing is kept on the disk, so that films play from memory. `refused`: it can't be written to. */
export const DISK_TROUBLES = ['full', 'refused'] as const
export type DiskTrouble = (typeof DISK_TROUBLES)[number]

/** GET `paths.streamStatus`: what the swarm is doing. The page turns it into words. */
export const streamStatusSchema = z.object({
  phase: streamPhaseSchema,
  /** Null while things come, or may still come. */
  trouble: z.nullable(streamTroubleSchema),
  /** Null while what comes is kept. */
  diskTrouble: z.nullable(z.enum(DISK_TROUBLES)),
  /** True when the torrent's own table of files is here: until then only it is asked for. */
  isDescribed: z.boolean(),
  people: z.object({
    /** Addresses that we know of. */
    known: z.number(),
    connected: z.number(),
    /** Connected, and allowing us to ask. */
    sending: z.number(),
  }),
  /** Web servers that hold the film and are asked beside people; 0 while we ask none. */
  webSeeds: z.number(),
  /** Of the film's own file. */
  bytes: z.object({
    length: z.number(),
    have: z.number(),
    received: z.number(),
    passedOn: z.number(),
  }),
  /**
   * What is here without a gap from where the film is being read. `seconds` by the film's average; null = its
   * length isn't known.
   */
  ahead: z.object({ bytes: z.number(), seconds: z.nullable(z.number()) }),
  rates: z.object({ downBytesPerSecond: z.number(), upBytesPerSecond: z.number() }),
  /** What is on this disk, as fractions of the film's file, in order; at most 200. */
  onDisk: z.array(z.object({ start: z.number(), end: z.number() })),
})
export type StreamStatus = z.infer<typeof streamStatusSchema>
