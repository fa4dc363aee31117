import { parseSubtitles } from './subtitles.ts'
import { plainText } from './cue.ts'

/** What a stretch of a film looks like: a part of a sheet of small pictures. */
export interface SeekPicture {
  /** From the film's start. */
  readonly startSeconds: number
  readonly endSeconds: number
  /** The sheet's file, beside the file that says so. */
  readonly sheet: string
  /** Of the part, in pixels of the sheet. */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** More than a bar has pixels: what comes after is left out. */
const MOST_PICTURES = 2000
/** Media Fragments URI 4.2.2: a name, and a rectangle in pixels. */
const PART = /^([^/\\#?]{1,255})#xywh=(?:pixel:)?(\d{1,5}),(\d{1,5}),(\d{1,4}),(\d{1,4})$/u

/**
 * Reads a file of seek pictures: WebVTT whose cues name parts of sheets, in the film's order. Cues that say something
 * else, name a file elsewhere or a part without a size are left out. Throws {@link SubtitleError} when it's no WebVTT
 * or has nothing to show.
 */
export function parseSeekPictures(bytes: Uint8Array): readonly SeekPicture[] {
  return parseSubtitles(bytes)
    .cues.flatMap((cue): SeekPicture[] => {
      const [, sheet = '', ...numbers] = PART.exec(plainText(cue)) ?? []
      const [x = 0, y = 0, width = 0, height = 0] = numbers.map(Number)
      if (sheet === '' || width === 0 || height === 0) return []
      const { startSeconds, endSeconds } = cue
      return [{ startSeconds, endSeconds, sheet, x, y, width, height }]
    })
    .slice(0, MOST_PICTURES)
}
