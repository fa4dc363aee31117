import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { frameCodeFilter, readFrameNumber } from './frame-code.ts'

const run = promisify(execFile)

/** The film to make. */
export interface FilmOptions {
  /** An existing folder of the caller's; nothing is written anywhere else. */
  readonly folder: string
  /** File name; its ending is the container: `.mp4`, `.mkv` or `.webm`. */
  readonly name: string
  readonly durationSeconds: number
  /** Default 384 × 216: cells of the frame code are then 16 pixels wide. */
  readonly width?: number
  readonly height?: number
  /** Default 24. */
  readonly framesPerSecond?: number
  /** Default 2. */
  readonly keyframeEverySeconds?: number
  /** About this rate, for films of a certain size. Default: whatever a good picture needs. */
  readonly videoBitsPerSecond?: number
  /** Where an MP4 has its index: `first` for streaming, `last` as cameras write it. Default `first`. */
  readonly moov?: 'first' | 'last'
  /** Default `h264`, in WebM `vp9`. */
  readonly videoCodec?: 'h264' | 'vp9' | 'av1' | 'vp8'
  /** Default `aac`, in WebM `opus`; `null` = no sound. */
  readonly audioCodec?: 'aac' | 'opus' | 'vorbis' | 'ac3' | null
  /** Pitch of the sound. Default 440. */
  readonly toneHz?: number
  /** An existing subtitle file to put in as a track (MKV: SRT, WebM: WebVTT). */
  readonly subtitlePath?: string
}

const VIDEO_ARGUMENTS = {
  h264: ['libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p'],
  vp9: ['libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-pix_fmt', 'yuv420p'],
  av1: ['libsvtav1', '-preset', '12', '-pix_fmt', 'yuv420p'],
  vp8: ['libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-pix_fmt', 'yuv420p'],
}

const AUDIO_ENCODERS = { aac: 'aac', opus: 'libopus', vorbis: 'libvorbis', ac3: 'ac3' }

/**
 * Makes a film with `ffmpeg` from the PATH: a moving pattern, each frame's number in it for machines and
 * people (frame-code.ts), and a tone. Returns its path. The same options give the same film.
 */
export async function makeFilm(options: FilmOptions): Promise<string> {
  const path = join(options.folder, options.name)
  await run('ffmpeg', [...filmArguments(options), path], { maxBuffer: 1 << 24 })
  return path
}

function filmArguments(options: FilmOptions): string[] {
  const isWebm = options.name.endsWith('.webm')
  const rate = options.framesPerSecond ?? 24
  const size = `${options.width ?? 384}x${options.height ?? 216}`
  const video = options.videoCodec ?? (isWebm ? 'vp9' : 'h264')
  const audio = options.audioCodec === undefined ? (isWebm ? 'opus' : 'aac') : options.audioCodec
  const bits = options.videoBitsPerSecond
  const out: string[] = ['-nostdin', '-loglevel', 'error', '-y', '-bitexact']
  out.push('-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=${rate}`)
  if (audio !== null) {
    out.push('-f', 'lavfi', '-i', `sine=frequency=${options.toneHz ?? 440}:sample_rate=48000`)
  }
  if (options.subtitlePath !== undefined) out.push('-i', options.subtitlePath)
  out.push('-t', String(options.durationSeconds), '-vf', frameCodeFilter(), '-map', '0:v')
  out.push('-c:v', ...VIDEO_ARGUMENTS[video])
  out.push('-g', String(Math.round(rate * (options.keyframeEverySeconds ?? 2))))
  if (bits !== undefined)
    out.push('-b:v', String(bits), '-maxrate', String(bits), '-bufsize', String(bits))
  if (audio !== null) out.push('-map', '1:a', '-c:a', AUDIO_ENCODERS[audio], '-b:a', '96k')
  if (options.subtitlePath !== undefined) {
    out.push('-map', `${audio === null ? 1 : 2}:s`, '-c:s', isWebm ? 'webvtt' : 'srt')
  }
  if (options.name.endsWith('.mp4') && options.moov !== 'last') out.push('-movflags', '+faststart')
  out.push('-fflags', '+bitexact', '-flags:v', '+bitexact', '-flags:a', '+bitexact')
  return out
}

/**
 * The numbers of `count` frames of a film from a moment on, in the order they are shown; `null` where a
 * picture has none. For judging what came out of a player or a server.
 */
export async function frameNumbersOf(
  path: string,
  fromSeconds: number,
  count: number,
): Promise<(number | null)[]> {
  const width = 384
  const height = 216
  const input = ['-nostdin', '-loglevel', 'error', '-ss', String(fromSeconds), '-i', path]
  const picture = ['-frames:v', String(count), '-vf', `scale=${width}:${height}`]
  const { stdout } = await run(
    'ffmpeg',
    [...input, ...picture, '-f', 'rawvideo', '-pix_fmt', 'rgba', '-'],
    { encoding: 'buffer', maxBuffer: 4 * width * height * (count + 1) },
  )
  const frameBytes = 4 * width * height
  const frames = Math.floor(stdout.length / frameBytes)
  return Array.from({ length: frames }, (_, i) =>
    readFrameNumber(stdout.subarray(i * frameBytes, (i + 1) * frameBytes), width, height),
  )
}
