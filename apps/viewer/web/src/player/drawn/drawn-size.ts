import type { DrawnSize } from './draw-message.ts'

/** Larger is stretched: finer than this nobody sees. */
const HIGHEST = 1080
const WIDEST = 1920

/** A picture, and the box that it's fitted into. */
export interface ShownPicture {
  readonly videoWidth: number
  readonly videoHeight: number
  readonly clientWidth: number
  readonly clientHeight: number
}

/** As many pixels as the film's picture takes on the screen, in its own proportions; null = there is none. */
export function drawnSize(
  { videoWidth, videoHeight, clientWidth, clientHeight }: ShownPicture,
  pixelRatio: number,
): DrawnSize | null {
  if (videoWidth <= 0 || videoHeight <= 0 || clientWidth <= 0 || clientHeight <= 0) return null
  const width = Math.min(clientWidth * pixelRatio, WIDEST)
  const height = Math.min(clientHeight * pixelRatio, HIGHEST)
  const scale = Math.min(width / videoWidth, height / videoHeight)
  return {
    width: Math.max(1, Math.round(videoWidth * scale)),
    height: Math.max(1, Math.round(videoHeight * scale)),
  }
}
