import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { messageOf } from '@matinee/base'
import { IMAGE_LIMITS, PICTURE_TYPES, readRaster, type PictureType } from '@matinee/catalogue'
import { runFfmpeg } from './ffmpeg.ts'
import { ReleaseError, type BuiltPicture, type PictureSource } from './release-order.ts'

/** A picture that somebody hands in. */
const MOST_SOURCE_BYTES = 64 * 1024 * 1024
/** Before it is decoded: an A1 sheet at 300 dots an inch. */
const MOST_SOURCE_PIXELS = 80_000_000
/** From good to just bearable, until a picture fits (feed-format 4.5: 512 KiB). */
const QUALITIES = [3, 5, 8, 12, 18, 25] as const

/** The most a picture has in each direction, by what it is for. */
const SIZES: Readonly<Record<string, readonly [width: number, height: number]>> = {
  poster: [1000, 1500],
  backdrop: [1920, 1080],
  still: [1920, 1080],
}
const OTHER_SIZE = [1024, 1024] as const

/** How ffmpeg is told to read each type: by what the first bytes are, not by what it guesses. */
const DEMUXERS: Readonly<Record<PictureType, string>> = {
  'image/png': 'png_pipe',
  'image/jpeg': 'jpeg_pipe',
  'image/webp': 'webp_pipe',
  'image/avif': 'mov',
}

/**
 * Makes a picture anew from its pixels, so that nothing else of the file is handed on: JPEG, and PNG for a
 * logo, which may be see-through. Throws {@link ReleaseError} `picture`, `unreadable`, and the signal's reason.
 */
export async function remakePicture(
  ffmpeg: string,
  source: PictureSource,
  signal: AbortSignal,
): Promise<BuiltPicture> {
  const { path, role, language, alt, credit, licence } = source
  const type = judgedType(await readWhole(path), path)
  const input = { path, options: ['-f', DEMUXERS[type]] }
  const made = await encodePicture(ffmpeg, input, role, [], signal)
  const picture = {
    ...made.picture,
    ...(language === undefined ? {} : { language }),
    ...(alt === undefined ? {} : { alt }),
    ...(credit === undefined ? {} : { credit }),
    ...(licence === undefined ? {} : { licence }),
  }
  return { ...made, picture }
}

/** One frame of whatever ffmpeg reads, as a picture for a role. Throws as {@link remakePicture}. */
export async function encodePicture(
  ffmpeg: string,
  input: { readonly path: string; readonly options?: readonly string[] },
  role: string,
  filters: readonly string[],
  signal: AbortSignal,
): Promise<BuiltPicture> {
  const [width, height] = SIZES[role] ?? OTHER_SIZE
  const scale = `scale='min(${width},iw)':'min(${height},ih)':force_original_aspect_ratio=decrease`
  const type = role === 'logo' ? 'image/png' : 'image/jpeg'
  for (const quality of QUALITIES) {
    const coding =
      type === 'image/png'
        ? ['-c:v', 'png', '-pix_fmt', 'rgba']
        : ['-c:v', 'mjpeg', '-pix_fmt', 'yuvj420p', '-q:v', String(quality)]
    const bytes = await runFfmpeg(
      ffmpeg,
      input,
      [
        ['-map_metadata', '-1', '-frames:v', '1', '-vf', [...filters, scale].join(',')],
        coding,
        ['-fflags', '+bitexact', '-flags:v', '+bitexact', '-f', 'image2pipe', 'pipe:1'],
      ].flat(),
      signal,
    )
    if (bytes.length <= IMAGE_LIMITS.bytes) return describe(bytes, type, role, input.path)
    if (type === 'image/png') break
  }
  throw new ReleaseError('picture', `${input.path} doesn't fit into ${IMAGE_LIMITS.bytes} bytes`)
}

function describe(bytes: Uint8Array, type: PictureType, role: string, path: string): BuiltPicture {
  const raster = readRaster(bytes, type)
  if (raster.kind === 'broken')
    throw new ReleaseError('picture', `ffmpeg makes no picture of ${path}: ${raster.why}`)
  const { width, height } = raster
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { picture: { role, sha256, type, width, height, length: bytes.length }, bytes }
}

async function readWhole(path: string): Promise<Uint8Array> {
  try {
    await using file = await open(path)
    const { size } = await file.stat()
    if (size <= MOST_SOURCE_BYTES) return new Uint8Array(await file.readFile())
  } catch (cause) {
    throw new ReleaseError('unreadable', `${path} can't be read: ${messageOf(cause)}`, { cause })
  }
  throw new ReleaseError('picture', `${path} has more than ${MOST_SOURCE_BYTES} bytes`)
}

/** C17: a whole still raster of a bearable size, by its own header, before anything decodes it. */
function judgedType(bytes: Uint8Array, path: string): PictureType {
  for (const type of Object.keys(PICTURE_TYPES) as PictureType[]) {
    const raster = readRaster(bytes, type)
    if (raster.kind === 'broken') continue
    if (raster.isMoving) throw new ReleaseError('picture', `${path} moves: give a still picture`)
    if (raster.width * raster.height > MOST_SOURCE_PIXELS)
      throw new ReleaseError('picture', `${path} has more than ${MOST_SOURCE_PIXELS} pixels`)
    return type
  }
  throw new ReleaseError('picture', `${path} is no whole PNG, JPEG, WebP or AVIF`)
}
