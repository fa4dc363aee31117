import { ByteView } from './byte-view.ts'
import type { Raster } from './raster.ts'

const START_OF_IMAGE = 0xd8
const END_OF_IMAGE = 0xd9
const START_OF_SCAN = 0xda

/** JPEG (ITU-T T.81): segments from SOI to EOI, one frame header, and nothing behind it. */
export function readJpeg(bytes: Uint8Array): Raster {
  const view = new ByteView(bytes)
  if (view.big16(0) !== 0xff00 + START_OF_IMAGE)
    return { kind: 'broken', why: 'does not begin as a JPEG does' }
  let frame: { readonly width: number; readonly height: number } | null = null
  for (let at = 2; at + 2 <= view.length;) {
    if (view.byte(at) !== 0xff) break
    const marker = view.byte(at + 1)
    // Any number of FF may fill the place before a marker.
    if (marker === 0xff) {
      at++
      continue
    }
    if (marker === END_OF_IMAGE) {
      if (at + 2 !== view.length || frame === null) break
      return { kind: 'raster', ...frame, isMoving: false }
    }
    const length = view.big16(at + 2)
    if (length < 2 || isBare(marker)) break
    if (isFrame(marker)) {
      if (frame !== null) break
      frame = { height: view.big16(at + 5), width: view.big16(at + 7) }
    }
    at += 2 + length
    if (marker === START_OF_SCAN) at = endOfScan(view, at)
  }
  return { kind: 'broken', why: 'is not one whole JPEG' }
}

/** SOF0 to SOF15 without the tables that are numbered among them (DHT, JPG, DAC). */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
}

/** Markers without a length: none of them stands between segments. */
function isBare(marker: number): boolean {
  return marker <= 0x01 || (marker >= 0xd0 && marker <= START_OF_IMAGE)
}

/** The place of the first marker behind coded data, where FF is followed by 00 or a restart marker. */
function endOfScan(view: ByteView, from: number): number {
  let at = from
  while (at < view.length) {
    const next = view.byte(at + 1)
    if (view.byte(at) === 0xff && next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at
    at++
  }
  return at
}
