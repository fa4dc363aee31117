import * as z from 'zod/mini'

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

/** POST `paths.updatePutOff`: not now, to this version. */
export const updateRequestSchema = z.object({
  version: z.string().check(z.minLength(1), z.maxLength(40)),
})
export type UpdateRequest = z.infer<typeof updateRequestSchema>
