import * as z from 'zod/mini'

/**
 * Why a version can't be fetched, or waits.
 * - `web-only`: the viewer wants no swarm
 * - `dht-off`: nobody but the DHT knows who has it, and the viewer wants none
 * - `unconfirmed`: the catalogue that names it has expired or can't be confirmed; it may be an old word
 * - `too-large`: more than Matinee takes for itself
 * - `no-room`: the disk hasn't the room
 */
export const updateHindranceSchema = z.enum([
  'web-only',
  'dht-off',
  'unconfirmed',
  'too-large',
  'no-room',
])
export type UpdateHindrance = z.infer<typeof updateHindranceSchema>

const hereBytes = z.number()

/**
 * How it stands with the archive of the version that is announced.
 * - `absent`: not here; it's fetched when somebody asks for it, unless something `hinders` that
 * - `fetching`: on its way. `people`: who is connected; `waitsFor` = why nothing comes, null = it comes, or people are looked for
 * - `paused`: what came of it stays
 * - `checking`: all of it is here, and compared with what the catalogue says
 * - `saved`: compared, and at `path`
 * - `failed`: `wrong-bytes` = it isn't what the catalogue says, and was deleted; `in-use` = a film of that name is here;
 *   `disk` = the disk refused
 */
export const updateFetchSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('absent'), hinders: z.nullable(updateHindranceSchema) }),
  z.object({
    kind: z.literal('fetching'),
    hereBytes,
    people: z.number(),
    waitsFor: z.nullable(updateHindranceSchema),
  }),
  z.object({ kind: z.literal('paused'), hereBytes }),
  z.object({ kind: z.literal('checking') }),
  z.object({ kind: z.literal('saved'), path: z.string() }),
  z.object({ kind: z.literal('failed'), why: z.enum(['wrong-bytes', 'in-use', 'disk']) }),
])
export type UpdateFetchState = z.infer<typeof updateFetchSchema>

/** A version of the program that is newer than this copy, as a verified catalogue names it. */
export const announcedVersionSchema = z.object({
  version: z.string(),
  /** Who publishes the catalogue. */
  from: z.string(),
  /** What's new, in the viewer's language as far as there is one; empty = nothing is said. */
  notes: z.string(),
  /** Of the torrent of its source. */
  magnet: z.string(),
  lengthBytes: z.number(),
  sha256: z.string(),
  /** The viewer said "not now" to this version. */
  isPutOff: z.boolean(),
  fetch: updateFetchSchema,
})
export type AnnouncedVersion = z.infer<typeof announcedVersionSchema>

/**
 * GET `paths.update`. Only the catalogue that this copy was published in may announce a newer one.
 * - `nowhere`: this copy names no such catalogue
 * - `not-followed`: it names one that the viewer doesn't follow, or of which nothing has come yet
 * - `newest`: that catalogue names no newer one
 * - `newer`: it does
 */
export const updateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('nowhere') }),
  z.object({ kind: z.literal('not-followed') }),
  z.object({ kind: z.literal('newest') }),
  z.object({ kind: z.literal('newer'), announced: announcedVersionSchema }),
])
export type Update = z.infer<typeof updateSchema>

/**
 * POST `paths.updatePutOff`: not now, to this version. Of `paths.updateFetch`: POST fetches it, or goes on; PUT pauses;
 * DELETE fetches it no more and deletes what is here of it. Another version than the one announced now is refused.
 */
export const updateRequestSchema = z.object({
  version: z.string().check(z.minLength(1), z.maxLength(40)),
})
export type UpdateRequest = z.infer<typeof updateRequestSchema>
