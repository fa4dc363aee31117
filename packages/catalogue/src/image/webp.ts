import { ByteView } from './byte-view.ts'
import type { Raster } from './raster.ts'

interface Size {
  readonly width: number
  readonly height: number
}

const BROKEN: Raster = { kind: 'broken', why: 'is not one whole WebP' }

/** WebP (RFC 9649): one RIFF that fills the file, with one picture as large as its canvas. */
export function readWebp(bytes: Uint8Array): Raster {
  const view = new ByteView(bytes)
  if (view.name(0) !== 'RIFF' || view.name(8) !== 'WEBP' || view.little32(4) + 8 !== view.length)
    return BROKEN
  const pictures: Size[] = []
  let canvas: Size | null = null
  let isMoving = false
  let at = 12
  while (at + 8 <= view.length) {
    const name = view.name(at)
    const body = at + 8
    if (name === 'ANIM' || name === 'ANMF') isMoving = true
    if (name === 'VP8X') canvas = canvasSize(view, body)
    const size = name === 'VP8 ' ? lossySize(view, body) : losslessSize(view, body, name)
    if (size !== null) pictures.push(size)
    const length = view.little32(at + 4)
    // Chunks are filled up to an even length.
    at = body + length + (length % 2)
  }
  if (at !== view.length) return BROKEN
  if (isMoving && canvas !== null) return { kind: 'raster', ...canvas, isMoving }
  const [size, ...others] = pictures
  if (size === undefined || others.length > 0) return BROKEN
  const isWhole = canvas === null || (canvas.width === size.width && canvas.height === size.height)
  return isWhole ? { kind: 'raster', ...size, isMoving } : BROKEN
}

function canvasSize(view: ByteView, body: number): Size {
  return { width: view.little24(body + 4) + 1, height: view.little24(body + 7) + 1 }
}

/** RFC 6386 §9.1: a key frame's start code, then two sizes of 14 bits. */
function lossySize(view: ByteView, body: number): Size | null {
  const isKeyFrame = view.byte(body) % 2 === 0
  const hasStart = view.little24(body + 3) === 0x2a019d
  if (!isKeyFrame || !hasStart) return null
  return { width: view.little16(body + 6) % 2 ** 14, height: view.little16(body + 8) % 2 ** 14 }
}

/** RFC 9649 §3.4: a signature, then two sizes less one of 14 bits. */
function losslessSize(view: ByteView, body: number, name: string): Size | null {
  if (name !== 'VP8L' || view.byte(body) !== 0x2f) return null
  const bits = view.little32(body + 1)
  return { width: (bits % 2 ** 14) + 1, height: (Math.floor(bits / 2 ** 14) % 2 ** 14) + 1 }
}
