import { readFrameNumber } from '@matinee/testkit'
import type { Page } from 'playwright-core'

/** A picture is read at this size: the cells of the frame code are 16 pixels wide. */
const WIDTH = 384
const HEIGHT = 216

/** A frame of the film as it is on the screen. */
export interface ShownFrame {
  /** By the cells in the picture; null when they can't be read. */
  readonly number: number | null
  /** By the browser's own account of the frame. */
  readonly mediaSeconds: number
}

/** Waits for the next frame that is presented, draws it on a canvas, and reads its number out of the picture. */
export async function nextFrame(page: Page): Promise<ShownFrame> {
  const shown = await page.locator('video').evaluate(
    (element, size) =>
      new Promise<{ pixels: string; mediaSeconds: number }>((resolve, reject) => {
        if (!(element instanceof HTMLVideoElement)) throw new Error('no video')
        element.requestVideoFrameCallback((_, { mediaTime }) => {
          const canvas = new OffscreenCanvas(size.width, size.height)
          const context = canvas.getContext('2d')
          if (context === null) {
            reject(new Error('no canvas'))
            return
          }
          context.drawImage(element, 0, 0, size.width, size.height)
          // Throws when the picture came from another origin: a tainted canvas can't be read.
          const { data } = context.getImageData(0, 0, size.width, size.height)
          let pixels = ''
          for (let at = 0; at < data.length; at += 8192)
            pixels += String.fromCharCode(...data.subarray(at, at + 8192))
          resolve({ pixels: btoa(pixels), mediaSeconds: mediaTime })
        })
      }),
    { width: WIDTH, height: HEIGHT },
  )
  const pixels = new Uint8Array(Buffer.from(shown.pixels, 'base64'))
  return { number: readFrameNumber(pixels, WIDTH, HEIGHT), mediaSeconds: shown.mediaSeconds }
}
