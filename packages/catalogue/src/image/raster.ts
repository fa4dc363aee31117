import type { PictureType } from '../record/picture.ts'
import { readAvif } from './avif.ts'
import { readJpeg } from './jpeg.ts'
import { readPng } from './png.ts'
import { readWebp } from './webp.ts'

/** What the header of a picture's file says; nothing is decoded (feed-format 7.6). */
export type Raster =
  | {
      readonly kind: 'raster'
      /** In pixels, from the header that decoders obey. */
      readonly width: number
      readonly height: number
      /** More than one picture, in time. */
      readonly isMoving: boolean
    }
  /** Not one whole file of this type. */
  | { readonly kind: 'broken'; readonly why: string }

/** Reads the header of a file that claims to be of a type, and walks to its end. Never throws. */
export function readRaster(bytes: Uint8Array, type: PictureType): Raster {
  switch (type) {
    case 'image/png':
      return readPng(bytes)
    case 'image/jpeg':
      return readJpeg(bytes)
    case 'image/webp':
      return readWebp(bytes)
    case 'image/avif':
      return readAvif(bytes)
  }
}
