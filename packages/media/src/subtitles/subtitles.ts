import { LIMITS } from '@matinee/base'
import { parseAss } from './ass.ts'
import { decodeText, type CharsetHints } from './charset.ts'
import type { Cue } from './cue.ts'
import { parseSrt } from './srt.ts'
import { SubtitleError } from './subtitle-error.ts'
import { parseWebVtt } from './webvtt.ts'

/** The formats that are read: SubRip, WebVTT, and SubStation Alpha in both versions. */
export type SubtitleFormat = 'srt' | 'webvtt' | 'ass'

/** Subtitles, whatever they were written as. */
export interface Subtitles {
  readonly format: SubtitleFormat
  /** The charset they were read with (a label of the Encoding Standard). */
  readonly charset: string
  /** Sorted by their start, at least one, at most 20 000. At no moment more than 16 at once. */
  readonly cues: readonly Cue[]
  /** Cues that were left out: without readable times, without length, without text, or over a cap. */
  readonly droppedCues: number
}

/**
 * Reads subtitles of unknown format and charset. What a cue says is only ever text and styles of text.
 * Throws {@link SubtitleError} when they are none, compressed, or larger than 2 MiB.
 */
export function parseSubtitles(bytes: Uint8Array, hints: CharsetHints = {}): Subtitles {
  if (bytes.length > LIMITS.subtitleBytes)
    throw new SubtitleError('too-large', `subtitles of ${bytes.length} bytes`)
  refuseArchive(bytes)
  const { text, charset } = decodeText(bytes, hints)
  const format = formatOf(text)
  if (format === null) throw new SubtitleError('unknown-format', 'neither SRT nor WebVTT nor ASS')
  const { cues, droppedCues } = collect(PARSERS[format](text))
  if (cues.length === 0) throw new SubtitleError('no-cues', `${format} with nothing to show`)
  return { format, charset, cues, droppedCues }
}

const PARSERS = { srt: parseSrt, webvtt: parseWebVtt, ass: parseAss } as const

/** gzip, zip, RAR, 7z, xz: archives are refused, never looked into (S5). */
function refuseArchive(bytes: Uint8Array): void {
  const head = bytes.subarray(0, 4).toHex()
  if (/^(?:1f8b|504b0[357]|52617221|377abcaf|fd377a58)/u.test(head))
    throw new SubtitleError('compressed', `a file that begins with ${head}`)
}

function formatOf(text: string): SubtitleFormat | null {
  const head = text.slice(0, 64 * 1024)
  if (/^\ufeff?WEBVTT(?:\s|$)/u.test(head)) return 'webvtt'
  if (/^(?:\[Script Info\]|\[Events\]|\[V4\+? Styles\])/imu.test(head)) return 'ass'
  return head.includes('-->') ? 'srt' : null
}

/** Sorts what the formats yield and keeps what a screen can show. */
function collect(found: Iterable<Cue | null>): {
  cues: readonly Cue[]
  droppedCues: number
} {
  const kept: Cue[] = []
  let droppedCues = 0
  for (const cue of found) {
    const isShown = cue !== null && cue.endSeconds > cue.startSeconds && cue.lines.length > 0
    if (isShown && kept.length < LIMITS.subtitleCues) kept.push(cue)
    else droppedCues++
  }
  const cues = shownCues(kept)
  return { cues, droppedCues: droppedCues + kept.length - cues.length }
}

/** Cues in order of their start, without those for which a screen has no room. */
export function shownCues(cues: readonly Cue[]): readonly Cue[] {
  return cues
    .toSorted((a, b) => a.startSeconds - b.startSeconds || a.endSeconds - b.endSeconds)
    .filter(withRoom())
}

/** Tells of cues in order of their start whether there is room on the screen: 16 at once are more than enough. */
function withRoom(): (cue: Cue) => boolean {
  let shown: Cue[] = []
  return (cue) => {
    shown = shown.filter((other) => other.endSeconds > cue.startSeconds)
    const isRoom = shown.length < LIMITS.cuesAtOnce
    if (isRoom) shown.push(cue)
    return isRoom
  }
}
