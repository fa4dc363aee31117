import { type Hash, toHex } from '@matinee/base'
import { readRaster } from '../image/raster.ts'
import { IMAGE_LIMITS } from '../limits.ts'
import { type Picture, picturePath } from '../record/picture.ts'
import { type FeedProblem, fileProblem } from './feed-problem.ts'

/** What keeps the file of a picture from being shown, or `null` (feed-format 7.6). */
export function pictureProblem(
  picture: Picture,
  bytes: Uint8Array | undefined,
  hash: Pick<Hash, 'sha256'>,
): FeedProblem | null {
  const file = picturePath(picture)
  if (bytes === undefined) return fileProblem(file, 'image-missing', 'is not there')
  if (bytes.length > IMAGE_LIMITS.bytes)
    return fileProblem(file, 'image-too-large', `has more than ${IMAGE_LIMITS.bytes} bytes`)
  if (bytes.length !== picture.length || toHex(hash.sha256(bytes)) !== picture.sha256)
    return fileProblem(file, 'image-hash', "is not the record's")
  const raster = readRaster(bytes, picture.type)
  if (raster.kind === 'broken') return fileProblem(file, 'image-type', raster.why)
  if (raster.isMoving) return fileProblem(file, 'image-animated', 'holds more than one picture')
  const { width, height } = raster
  // The record's own numbers are within the limit: its schema says so.
  if (width !== picture.width || height !== picture.height)
    return fileProblem(file, 'image-size', `is ${width} x ${height}, which the record denies`)
  return null
}
