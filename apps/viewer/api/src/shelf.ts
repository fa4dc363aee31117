import * as z from 'zod/mini'
import { continueCardSchema } from './programme.ts'
import { withdrawalSchema } from './withdrawal.ts'
import { workCardSchema } from './work-card.ts'

const workId = z.string().check(z.maxLength(200))
const partId = z.nullable(z.string().check(z.maxLength(200)))

/** PUT `paths.shelfProgress`: where a film is, from the player, every few seconds and at its end. */
export const progressSchema = z.object({
  workId,
  episodeId: partId,
  seconds: z.number().check(z.gte(0), z.lte(604_800)),
  durationSeconds: z.number().check(z.gt(0), z.lte(604_800)),
})
export type Progress = z.infer<typeof progressSchema>

/** PUT `paths.shelfWatched`: a film, an episode, or (with `seasonId`) a whole season. */
export const watchedSchema = z.object({
  workId,
  episodeId: partId,
  seasonId: partId,
  watched: z.boolean(),
})
export type Watched = z.infer<typeof watchedSchema>

/** PUT `paths.shelfFavourite`. */
export const favouriteSchema = z.object({ workId, favourite: z.boolean() })
export type Favourite = z.infer<typeof favouriteSchema>

/** POST `paths.shelfLists`, PUT `paths.shelfList`. Names are unique on the shelf. */
export const listNameSchema = z.object({ name: z.string().check(z.minLength(1), z.maxLength(80)) })
export type ListName = z.infer<typeof listNameSchema>

/** A list of the viewer's own. */
export const ownListSchema = z.object({
  id: z.string(),
  name: z.string(),
  works: z.array(workCardSchema),
  /** Works on it that no feed offers at the moment. */
  missing: z.number(),
})
export type OwnList = z.infer<typeof ownListSchema>

/** GET `paths.shelf`. */
export const shelfSchema = z.object({
  carryOn: z.array(continueCardSchema),
  favourites: z.array(workCardSchema),
  lists: z.array(ownListSchema),
  watchedCount: z.number(),
  /** What was begun, is a favourite or on a list, and was withdrawn. */
  withdrawn: z.array(
    z.object({
      workId: z.string(),
      title: z.string(),
      isFavourite: z.boolean(),
      withdrawal: withdrawalSchema,
    }),
  ),
})
export type Shelf = z.infer<typeof shelfSchema>

/** GET `paths.shelfHistory` with `offset`, `limit`: newest first. */
export const historySchema = z.object({
  total: z.number(),
  entries: z.array(
    z.object({
      id: z.string(),
      /** Null = no feed offers it any more; `title` is what it was called. */
      work: z.nullable(workCardSchema),
      title: z.string(),
      /** Why no feed offers it; null = it is offered, or nobody said. */
      withdrawal: z.nullable(withdrawalSchema),
      episodeId: z.nullable(z.string()),
      /** Milliseconds since 1970. */
      watchedAtMs: z.number(),
    }),
  ),
})
export type History = z.infer<typeof historySchema>

/** Everything on the shelf in one file: GET `paths.shelfFile`, and POST the same back. Ids, no addresses. */
export const shelfFileSchema = z.object({
  type: z.literal('matinee-shelf'),
  version: z.literal(1),
  progress: z
    .array(
      z.object({
        ...progressSchema.shape,
        /** 0 = only marked, never played. */
        durationSeconds: z.number().check(z.gte(0), z.lte(604_800)),
        watched: z.boolean(),
        title: z.string().check(z.maxLength(600)),
        changedAtMs: z.number().check(z.gte(0)),
      }),
    )
    .check(z.maxLength(200_000)),
  favourites: z
    .array(z.object({ workId, addedAtMs: z.number().check(z.gte(0)) }))
    .check(z.maxLength(100_000)),
  lists: z
    .array(
      z.object({ ...listNameSchema.shape, workIds: z.array(workId).check(z.maxLength(10_000)) }),
    )
    .check(z.maxLength(1000)),
  history: z
    .array(
      z.object({
        workId,
        episodeId: partId,
        title: z.string().check(z.maxLength(600)),
        watchedAtMs: z.number().check(z.gte(0)),
      }),
    )
    .check(z.maxLength(200_000)),
})
export type ShelfFile = z.infer<typeof shelfFileSchema>

/** Shortest passphrase of a sealed shelf. */
export const LEAST_PASSPHRASE = 10

const passphrase = z.string().check(z.minLength(LEAST_PASSPHRASE), z.maxLength(200))
const base64 = z.string().check(z.regex(/^[\w-]+$/u))

/** POST `paths.shelfSealed`: the answer is {@link sealedShelfSchema}. */
export const sealRequestSchema = z.object({ passphrase })

/** A shelf for another device of one's own, closed by a passphrase: argon2id, AES-256-GCM. */
export const sealedShelfSchema = z.object({
  type: z.literal('matinee-sealed-shelf'),
  version: z.literal(1),
  salt: base64,
  nonce: base64,
  sealed: base64,
})
export type SealedShelf = z.infer<typeof sealedShelfSchema>

/** POST `paths.shelfMerge`: what a device of one's own wrote is taken over; of each thing the last word holds. */
export const mergeRequestSchema = z.object({ passphrase, file: z.unknown() })
/** Its answer: how many things are other ones now. */
export const mergeAnswerSchema = z.object({ changed: z.number() })
export type MergeAnswer = z.infer<typeof mergeAnswerSchema>

/** The answer of an import: what was added or made newer. Nothing is ever taken away. */
export const importedSchema = z.object({
  progress: z.number(),
  favourites: z.number(),
  lists: z.number(),
  history: z.number(),
})
export type Imported = z.infer<typeof importedSchema>
