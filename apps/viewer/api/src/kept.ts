import * as z from 'zod/mini'
import { withdrawalSchema } from './withdrawal.ts'
import { workCardSchema } from './work-card.ts'

/** Episodes that may be kept by one press. */
export const MOST_KEPT_AT_ONCE = 2000

/** POST `paths.keepWork` and `paths.keepPrice`: what of a work is to be kept. */
export const keepWishSchema = z.object({
  /** Null = the film, or every episode. */
  episodeIds: z.nullable(
    z
      .array(z.string().check(z.maxLength(200)))
      .check(z.minLength(1), z.maxLength(MOST_KEPT_AT_ONCE)),
  ),
  /** The whole release, given out before others where few have it. */
  adopt: z.boolean(),
})
export type KeepWish = z.infer<typeof keepWishSchema>

/**
 * Why something can't be kept.
 * - `budget`: what is kept would take more than films may
 * - `disk`: the disk hasn't so much room
 * - `web-only`: the viewer wants no swarm, and it has to be fetched
 * - `most`: as many releases are kept as can be
 * - `newer`: what is kept was written by a newer Matinee, and is left alone
 */
export const KEEP_REFUSALS = ['budget', 'disk', 'web-only', 'most', 'newer'] as const
export type KeepRefusal = (typeof KEEP_REFUSALS)[number]

/** What keeping something takes. */
export const keepPriceSchema = z.object({
  /** Of all its files. */
  bytes: z.number(),
  /** Of these, what isn't here. */
  missingBytes: z.number(),
  /** What everything that is kept takes when it's whole, this not counted. */
  keptBytes: z.number(),
  budgetBytes: z.number(),
  /** Null = the system doesn't say. */
  freeBytes: z.nullable(z.number()),
  /** Films that were watched, aren't kept, and would make room: how many, and what they take. */
  goes: z.object({ count: z.number(), bytes: z.number() }),
  /** Others who have it whole; null = nobody tells. */
  others: z.nullable(z.number()),
  refused: z.nullable(z.enum(KEEP_REFUSALS)),
  /** How much room is wanting; 0 unless that is why. */
  wantingBytes: z.number(),
})
export type KeepPrice = z.infer<typeof keepPriceSchema>

/** Why nothing comes of what is to be kept. */
export const KEEP_WAITS = ['people', 'network', 'disk-full', 'disk', 'film', 'hours'] as const
export type KeepWait = (typeof KEEP_WAITS)[number]

/**
 * - `fetching`: it comes; `waitsFor`: why nothing does
 * - `giving`: it's here, and given to whoever asks
 * - `here`: it's here, and not given out: the viewer gives nothing back
 * - `paused`, `web-only`: by the viewer's word
 * - `withdrawn`: its feed forbade giving it out; nothing of it is fetched or given
 * - `gone`: no feed that is followed has it any more
 * - `failed`: what came isn't the film
 */
export const keptStateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('fetching'), waitsFor: z.nullable(z.enum(KEEP_WAITS)) }),
  z.object({ kind: z.literal('giving') }),
  z.object({ kind: z.literal('here') }),
  z.object({ kind: z.literal('paused') }),
  z.object({ kind: z.literal('web-only') }),
  z.object({ kind: z.literal('withdrawn'), withdrawal: z.nullable(withdrawalSchema) }),
  z.object({ kind: z.literal('gone') }),
  z.object({ kind: z.literal('failed') }),
])
export type KeptState = z.infer<typeof keptStateSchema>

const ratesSchema = z.object({ downBytesPerSecond: z.number(), upBytesPerSecond: z.number() })

/** A release that is kept. */
export const keptWorkSchema = z.object({
  /** Names it for what is done with it. */
  id: z.string(),
  workId: z.string(),
  title: z.string(),
  /** Null = its feed doesn't offer it any more. */
  card: z.nullable(workCardSchema),
  /** Ids of episodes; null = all of it. */
  episodeIds: z.nullable(z.array(z.string())),
  isAdopted: z.boolean(),
  /** Others who have it whole; null = nobody tells. */
  others: z.nullable(z.number()),
  /** Whether that is few. */
  isRare: z.boolean(),
  bytes: z.number(),
  hereBytes: z.number(),
  /** People who are connected. */
  people: z.number(),
  rates: ratesSchema,
  takenBytes: z.number(),
  givenBytes: z.number(),
  isPaused: z.boolean(),
  state: keptStateSchema,
})
export type KeptWork = z.infer<typeof keptWorkSchema>

/** GET `paths.kept`. */
export const keptPageSchema = z.object({
  /** False: a newer Matinee wrote it; nothing of it is changed, and nothing is kept or given. */
  isReadable: z.boolean(),
  /** Everything rests until the viewer says otherwise. */
  isPaused: z.boolean(),
  /** Whether this computer has a network. */
  hasNetwork: z.boolean(),
  /** Whether the quiet hours are now. */
  isQuiet: z.boolean(),
  works: z.array(keptWorkSchema),
  /** Of all films, kept or not, and of catalogues. */
  overall: z.object({
    rates: ratesSchema,
    takenBytes: z.number(),
    givenBytes: z.number(),
  }),
  /** Null = the viewer doesn't want it counted. */
  audience: z.nullable(
    z.object({
      /** Of the last seven days together: who came on two days counts twice. */
      week: z.number(),
      /** The last seven days, the oldest first. `YYYY-MM-DD`, as clocks here say. */
      days: z.array(z.object({ day: z.string(), people: z.number() })),
    }),
  ),
})
export type KeptPage = z.infer<typeof keptPageSchema>

/** GET `paths.keptOfWork`: what of a work is kept, for its page. */
export const keptOfWorkSchema = z.object({
  releases: z.array(
    z.object({
      id: z.string(),
      episodeIds: z.nullable(z.array(z.string())),
      isAdopted: z.boolean(),
      bytes: z.number(),
      hereBytes: z.number(),
      state: keptStateSchema,
    }),
  ),
})
export type KeptOfWork = z.infer<typeof keptOfWorkSchema>

/** GET `paths.keptRoom` with `?budget=` in bytes: what another budget would do. */
export const keptRoomSchema = z.object({
  keptBytes: z.number(),
  goes: z.object({ count: z.number(), bytes: z.number() }),
})
export type KeptRoom = z.infer<typeof keptRoomSchema>

/** PUT `paths.keptOne`: what isn't named stays. */
export const keptChangeSchema = z.object({
  isPaused: z.optional(z.boolean()),
  isAdopted: z.optional(z.boolean()),
})
export type KeptChange = z.infer<typeof keptChangeSchema>

/** PUT `paths.kept`: of everything. */
export const keptPauseSchema = z.object({ isPaused: z.boolean() })
export type KeptPause = z.infer<typeof keptPauseSchema>

/** POST `paths.keptRemoval`. For some seconds it can be taken back with POST `paths.keptReturn`. */
export const keptRemovalSchema = z.object({ withData: z.boolean() })
export type KeptRemoval = z.infer<typeof keptRemovalSchema>
