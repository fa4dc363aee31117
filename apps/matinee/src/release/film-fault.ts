import { KIB } from '@matinee/base'
import type { ContainerIndex } from '@matinee/media'
import type { FilmFacts } from './film-facts.ts'

/** Why a browser doesn't play a film, or not at once. */
export type FilmFault =
  | { readonly kind: 'container'; readonly container: FilmFacts['container'] }
  | { readonly kind: 'no-video' }
  | { readonly kind: 'video-codec'; readonly codec: string }
  | { readonly kind: 'audio-codec'; readonly codec: string }
  /** The index isn't before the film, or can't be read. */
  | { readonly kind: 'index' }
  /** From one picture that a player can begin with to the next. */
  | { readonly kind: 'key-frames'; readonly apartSeconds: number; readonly atSeconds: number }

/** The container that a film is in or is to be in, of those that browsers read. */
export type PlayingContainer = 'mp4' | 'webm'

/** Seconds between key frames, and what a rate of pictures that doesn't divide them adds. */
export const KEY_FRAME_SECONDS = 2
const KEY_FRAME_SLACK_SECONDS = 0.1

/**
 * Codecs that every browser decodes without help of the machine: H.264 of 8 bits and 4:2:0 (profiles
 * Baseline, Main, Extended, High), VP8, VP9 profile 0, AV1 Main.
 */
const VIDEO: Readonly<Record<PlayingContainer, RegExp>> = {
  mp4: /^(?:avc[13]\.(?:42|4d|58|64)[0-9a-f]{4}|vp09\.00\..+|av01\.0\..+)$/iu,
  webm: /^(?:vp8|vp09\.00\..+|av01\.0\..+)$/iu,
}
/** AAC in its three usual kinds, MP3, Opus, FLAC; Vorbis in WebM. */
const AUDIO: Readonly<Record<PlayingContainer, RegExp>> = {
  mp4: /^(?:mp4a\.(?:40\.(?:2|02|5|05|29)|6b|69)|mp3|opus|flac)$/iu,
  webm: /^(?:opus|vorbis)$/iu,
}

/** Everything that keeps a film from being a release (design: index first, a key frame every two seconds). */
export function filmFaults(film: FilmFacts): FilmFault[] {
  const { container, video, sounds } = film
  const playing = playingContainer(container)
  if (container === 'other') return [{ kind: 'container', container }]
  if (video === null) return [{ kind: 'no-video' }]
  const faults: FilmFault[] = []
  if (playing === null) faults.push({ kind: 'container', container })
  if (!playsVideo(video.codec, playing)) faults.push({ kind: 'video-codec', codec: video.codec })
  for (const { codec } of sounds)
    if (!playsAudio(codec, playing)) faults.push({ kind: 'audio-codec', codec })
  if (!isIndexFirst(film)) faults.push({ kind: 'index' })
  const gap = widestGap(film)
  if (gap.apartSeconds > KEY_FRAME_SECONDS + KEY_FRAME_SLACK_SECONDS)
    faults.push({ kind: 'key-frames', ...gap })
  return faults
}

/** Whether browsers decode a picture in a container; `null` = in any of them. */
export function playsVideo(codec: string, container: PlayingContainer | null): boolean {
  return container === null
    ? VIDEO.mp4.test(codec) || VIDEO.webm.test(codec)
    : VIDEO[container].test(codec)
}

/** Whether browsers decode sound in a container; `null` = in any of them. */
export function playsAudio(codec: string, container: PlayingContainer | null): boolean {
  return container === null
    ? AUDIO.mp4.test(codec) || AUDIO.webm.test(codec)
    : AUDIO[container].test(codec)
}

/** What a browser is told that the container is; `null` = none that it reads. */
export function playingContainer(container: FilmFacts['container']): PlayingContainer | null {
  return container === 'mp4' || container === 'webm' ? container : null
}

/** Where the index ends, at most: before the first picture, of what a player reads before it. */
export function indexEnd({ index }: FilmFacts): number {
  const [first] = index?.keyPoints ?? []
  return Math.min(readEnd(index), first?.offset ?? Infinity)
}

/** As much as is read of every file, to see what it is. */
const FIRST_READ_BYTES = 16 * KIB

function isIndexFirst({ index }: FilmFacts): boolean {
  const [first] = index?.keyPoints ?? []
  return first !== undefined && readEnd(index) <= Math.max(first.offset, FIRST_READ_BYTES)
}

function readEnd(index: ContainerIndex | null): number {
  return Math.max(0, ...(index?.spans ?? []).map(({ end }) => end))
}

/** The longest wait for a key frame, the film's end among them. */
function widestGap({ index, durationSeconds }: FilmFacts): {
  readonly apartSeconds: number
  readonly atSeconds: number
} {
  let widest = { apartSeconds: 0, atSeconds: 0 }
  let last = 0
  const moments = (index?.keyPoints ?? []).map(({ seconds }) => seconds)
  for (const seconds of [...moments, durationSeconds]) {
    if (seconds - last > widest.apartSeconds)
      widest = { apartSeconds: seconds - last, atSeconds: last }
    last = seconds
  }
  return widest
}
