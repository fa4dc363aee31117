/** When everything in the reel happens. Frames count from 0; frame `n` is shown at `n / 24` seconds. */

export const FRAMES_PER_SECOND = 24
export const LENGTH_SECONDS = 60
export const FRAME_COUNT = FRAMES_PER_SECOND * LENGTH_SECONDS
export const WIDTH = 1280
export const HEIGHT = 720

/** Frames for which the lamp is white at the start of each second: as long as the beep is heard. */
export const FLASH_FRAMES = 2
export const BEEP_SECONDS = FLASH_FRAMES / FRAMES_PER_SECOND
export const BEEP_HERTZ = 1000

/** The leader's countdown, then the plates, then the test card, then the last words. */
export const LEADER_END_SECONDS = 8
export const PLATE_SECONDS = 7
export const PLATES_END_SECONDS = LEADER_END_SECONDS + 4 * PLATE_SECONDS
export const STEREO_SECONDS = { start: 44, end: 52 } as const
export const FAREWELL_SECONDS = 55

export interface Chapter {
  readonly title: string
  readonly startSeconds: number
  readonly endSeconds: number
}

export const CHAPTERS: readonly Chapter[] = [
  { title: 'Leader', startSeconds: 0, endSeconds: LEADER_END_SECONDS },
  { title: 'Plates', startSeconds: LEADER_END_SECONDS, endSeconds: PLATES_END_SECONDS },
  { title: 'Test card', startSeconds: PLATES_END_SECONDS, endSeconds: LENGTH_SECONDS },
]

/** Where the beep of a second is heard: both speakers, or one after the other while stereo is tried. */
export function beepSide(second: number): 'both' | 'left' | 'right' {
  if (second < STEREO_SECONDS.start || second >= STEREO_SECONDS.end) return 'both'
  return second % 2 === 0 ? 'left' : 'right'
}
