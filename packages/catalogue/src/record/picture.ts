import * as z from 'zod/mini'
import { IMAGE_LIMITS } from '../limits.ts'
import {
  byLanguage,
  language,
  licence,
  line,
  oneOf,
  sha256,
  token,
  whole,
} from '../schema/field.ts'
import type { Immutable } from '../schema/immutable.ts'

/** feed-format 4.5: rasters only, each with the end of its file's name. */
export const PICTURE_TYPES = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/avif': 'avif',
} as const

/** A type a picture may have. */
export type PictureType = keyof typeof PICTURE_TYPES

/** feed-format 4.5. */
export const pictureSchema = z.object({
  role: token,
  sha256,
  type: oneOf(['image/png', 'image/jpeg', 'image/webp', 'image/avif']),
  width: whole(1, IMAGE_LIMITS.pixelsEachWay),
  height: whole(1, IMAGE_LIMITS.pixelsEachWay),
  length: whole(1, IMAGE_LIMITS.bytes),
  language: z.optional(language),
  alt: byLanguage(line(300), 80),
  credit: z.optional(line(300)),
  licence: z.optional(licence),
})

/** A picture that comes with the feed, by its hash; there is no address to fetch one from. */
export type Picture = Immutable<z.output<typeof pictureSchema>>

/** The name of a picture's file in a feed's folder (feed-format 7.1). */
export function picturePath(picture: Pick<Picture, 'sha256' | 'type'>): string {
  return `images/${picture.sha256}.${PICTURE_TYPES[picture.type]}`
}
