import * as z from 'zod/mini'

/** What a stretch of a film looks like: a part of a sheet, in its pixels. */
export const seekPictureSchema = z.object({
  startSeconds: z.number(),
  endSeconds: z.number(),
  /** A place in the sheets. */
  sheet: z.number(),
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
})
export type SeekPicture = z.infer<typeof seekPictureSchema>

/** GET `paths.streamPictures`: in the film's order; none when the release has none. Addresses die with the stream. */
export const seekPicturesSchema = z.object({
  pictures: z.array(seekPictureSchema),
  sheetUrls: z.array(z.string()),
})
export type SeekPictures = z.infer<typeof seekPicturesSchema>
