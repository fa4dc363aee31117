import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readRaster } from '@matinee/catalogue'
import { USUAL_PLACE, writeVtt } from '@matinee/media'
import { runFfmpeg } from './ffmpeg.ts'
import type { FilmFacts } from './film-facts.ts'
import { encodePicture } from './picture-maker.ts'
import { ReleaseError, type BuiltPicture } from './release-order.ts'

/** A file of the release that shows what is where in the film. */
export interface ThumbnailFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Where the sheets are described, as players have it: a cue is a stretch of the film, its text a part of a sheet. */
export const THUMBNAILS_FILE = 'thumbnails.vtt'

const WIDTH = 160
const COLUMNS = 10
const MOST_ROWS = 10
/** As many as a bar is wide in pixels, about; more only make the torrent larger. */
const MOST = 400
const FINEST_SECONDS = 2
/** Where in a film its candidates for a poster are looked for: behind titles, before the end. */
const CANDIDATE_PARTS = [0.08, 0.2, 0.35, 0.5, 0.65] as const
/** Of so many pictures the most telling one is taken (ffmpeg's `thumbnail`). */
const CANDIDATE_PICTURES = 48

/**
 * Sheets of small pictures for the bar under the film, and the file that says which is when. Only key frames are
 * decoded. Throws {@link ReleaseError} `picture` and the signal's reason.
 *
 * @param prefix of every file's name: a series has such files for each episode
 */
export async function makeThumbnails(
  ffmpeg: string,
  film: FilmFacts,
  prefix: string,
  signal: AbortSignal,
): Promise<ThumbnailFile[]> {
  const { durationSeconds, path } = film
  const step = Math.max(FINEST_SECONDS, Math.ceil(durationSeconds / MOST))
  const count = Math.ceil(durationSeconds / step)
  const rows = Math.min(MOST_ROWS, Math.ceil(count / COLUMNS))
  const folder = await mkdtemp(join(tmpdir(), 'matinee-thumbnails-'))
  try {
    // Without it the last stretch has no picture: only key frames come, and the last one counts as short.
    const steps = `fps=1/${step}:eof_action=pass`
    const filter = `${steps},scale=${WIDTH}:-2,tile=${COLUMNS}x${rows}`
    await runFfmpeg(
      ffmpeg,
      { path, options: [...demuxerOf(film), '-skip_frame', 'nokey'] },
      [
        ['-map', '0:v:0', '-map_metadata', '-1', '-vf', filter, '-fps_mode', 'passthrough'],
        ['-c:v', 'mjpeg', '-pix_fmt', 'yuvj420p', '-q:v', '6'],
        ['-fflags', '+bitexact', '-flags:v', '+bitexact', '-f', 'image2'],
        [`file:${join(folder, 'thumbnails-%02d.jpg')}`],
      ].flat(),
      signal,
    )
    const names = (await readdir(folder)).toSorted()
    const sheets = await Promise.all(
      names.map(async (name) => ({
        name: `${prefix}${name}`,
        bytes: new Uint8Array(await readFile(join(folder, name))),
      })),
    )
    const text = sheetText(sheets, { count, rows, step, durationSeconds })
    return [
      ...sheets,
      { name: `${prefix}${THUMBNAILS_FILE}`, bytes: new TextEncoder().encode(text) },
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function sheetText(
  sheets: readonly ThumbnailFile[],
  plan: Readonly<Record<'count' | 'rows' | 'step' | 'durationSeconds', number>>,
): string {
  const { rows, step, durationSeconds } = plan
  const [first] = sheets
  const raster = first === undefined ? null : readRaster(first.bytes, 'image/jpeg')
  if (raster?.kind !== 'raster')
    throw new ReleaseError('picture', 'ffmpeg makes no thumbnails of the film')
  const width = raster.width / COLUMNS
  const height = raster.height / rows
  const count = Math.min(plan.count, sheets.length * COLUMNS * rows)
  return writeVtt(
    Array.from({ length: count }, (_, at) => {
      const place = at % (COLUMNS * rows)
      const x = (place % COLUMNS) * width
      const y = Math.floor(place / COLUMNS) * height
      const sheet = sheets[Math.floor(at / (COLUMNS * rows))]?.name ?? ''
      return {
        startSeconds: at * step,
        endSeconds: Math.min((at + 1) * step, durationSeconds),
        lines: [
          [{ text: `${sheet}#xywh=${x},${y},${width},${height}`, isItalic: false, isBold: false }],
        ],
        place: USUAL_PLACE,
      }
    }),
  )
}

/** ffmpeg reads a film as what we found it to be, not as what it guesses. */
function demuxerOf({ container }: FilmFacts): string[] {
  return ['-f', container === 'webm' ? 'matroska' : 'mov']
}

/** Frames that could become a poster, in their order in the film. Throws as {@link makeThumbnails}. */
export async function posterCandidates(
  ffmpeg: string,
  film: FilmFacts,
  signal: AbortSignal,
): Promise<BuiltPicture[]> {
  const { path, durationSeconds } = film
  const made: BuiltPicture[] = []
  for (const part of CANDIDATE_PARTS) {
    const options = [...demuxerOf(film), '-ss', (durationSeconds * part).toFixed(3)]
    const filters = [`thumbnail=${CANDIDATE_PICTURES}`]
    const found = await encodePicture(ffmpeg, { path, options }, 'still', filters, signal)
    if (!made.some(({ picture }) => picture.sha256 === found.picture.sha256)) made.push(found)
  }
  return made
}
