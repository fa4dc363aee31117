/** In a drawn picture's own pixels: as wide as those that releases bring, for a fine screen. */
const DRAWN_WIDTH = 320
const DRAWN_HEIGHT = 240
const LEAST_SIDE = 8
/** A film of more pixels isn't decoded for a small picture: 8K has 33 million. */
const MOST_PIXELS = 40_000_000
/** A key frame of a film in 8K has some megabytes. */
const MOST_FRAME_BYTES = 16 * 1024 * 1024
/** What stands farther from where somebody points shows something else. */
const FARTHEST_SECONDS = 30

/** A key frame, as an index has it. */
export interface FrameFacts {
  readonly seconds: number
  readonly bytes: number
}

/** Whether a key frame may stand for a moment: it is near enough, and costs no more than an honest one. */
export function standsFor({ seconds, bytes }: FrameFacts, wantedSeconds: number): boolean {
  const apart = Math.abs(wantedSeconds - seconds)
  return bytes > 0 && bytes <= MOST_FRAME_BYTES && apart <= FARTHEST_SECONDS
}

/** Width and height, in pixels. */
export interface FrameSize {
  readonly width: number
  readonly height: number
}

/**
 * How large pictures of a film are drawn, in the proportions that it's shown in; `null` = it isn't one to be drawn.
 *
 * @param coded what the decoder must hold
 */
export function drawnSize(coded: FrameSize, shown: FrameSize): FrameSize | null {
  const { width, height } = shown
  if (!(width >= 1 && height >= 1 && coded.width * coded.height <= MOST_PIXELS)) return null
  const scale = Math.min(DRAWN_WIDTH / width, DRAWN_HEIGHT / height)
  const size = { width: Math.round(width * scale), height: Math.round(height * scale) }
  // Less than a line on the screen is no picture.
  return Math.min(size.width, size.height) < LEAST_SIDE ? null : size
}
