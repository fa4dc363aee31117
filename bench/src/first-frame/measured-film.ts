import { execFile } from 'node:child_process'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** The film whose first frames are waited for: where it lies, and what its record says. */
export interface MeasuredFilm {
  readonly folder: string
  readonly name: string
  readonly path: string
  readonly lengthBytes: number
  readonly seconds: number
}

const run = promisify(execFile)
const FOLDER = fileURLToPath(new URL('../../../.cache/bench/first-frame', import.meta.url))
const NAME = 'first-frame.mp4'
const REEL_SECONDS = 30
const REELS = 10

/** 1080p at 24 frames a second and 5 Mbit/s, five minutes, a key frame every two seconds, its index first. Made once. */
export async function measuredFilm(): Promise<MeasuredFilm> {
  const path = join(FOLDER, NAME)
  const isThere = await stat(path).catch(() => null)
  if (isThere === null) await make(path)
  const { size } = await stat(path)
  return { folder: FOLDER, name: NAME, path, lengthBytes: size, seconds: REELS * REEL_SECONDS }
}

/** Half a minute is drawn and made ten times as long: its frames cost the same to decode wherever they are. */
async function make(path: string): Promise<void> {
  await mkdir(FOLDER, { recursive: true })
  const reel = `${path}.reel.mp4`
  const part = `${path}.part.mp4`
  await ffmpeg(
    '-f lavfi -i testsrc2=size=1920x1080:rate=24,noise=alls=14:allf=t:all_seed=1',
    `-f lavfi -i sine=frequency=330:sample_rate=48000 -t ${REEL_SECONDS}`,
    '-c:v libx264 -preset veryfast -profile:v high -pix_fmt yuv420p',
    '-g 48 -keyint_min 48 -sc_threshold 0 -b:v 5M -maxrate 6M -bufsize 6M -c:a aac -b:a 128k',
    reel,
  )
  await ffmpeg(`-stream_loop ${REELS - 1} -i`, reel, '-c copy -movflags +faststart', part)
  await rm(reel)
  await rename(part, path)
}

/** Each word of the arguments is one of ffmpeg's; a path is one whole. */
async function ffmpeg(...args: readonly string[]): Promise<void> {
  const words = args.flatMap((each) => (each.startsWith(FOLDER) ? [each] : each.split(' ')))
  await run('ffmpeg', ['-nostdin', '-loglevel', 'error', '-y', ...words])
}
