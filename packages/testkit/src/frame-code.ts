/**
 * A frame's number as squares in the picture, so that a program that sees only pixels knows the film's time.
 *
 *     quiet border (black)
 *       1 0 | 16 bits, highest first | even parity, its opposite
 *     quiet border (black)
 *
 * Twenty cells in one row, white = 1. Everything is in parts of the picture's size, so the same
 * reading works for a scaled picture. The row stands at the foot, where a player puts nothing of ours.
 */

const NUMBER_BITS = 16
const CELLS = NUMBER_BITS + 4
/** The row's place, in parts of the picture's width and height. */
const ROW = { left: 0.26, width: 0.48, top: 0.937, height: 0.034 } as const
/** The quiet border around the row, in parts of the picture's height. */
const BORDER = 0.014

/** The largest number that fits; the next frame starts again at 0. */
export const FRAME_CODE_LIMIT = 2 ** NUMBER_BITS

/** A box in pixels, not rounded. */
export interface CodeBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** One square of the code. */
export interface CodeCell extends CodeBox {
  readonly white: boolean
}

/** What to draw for a frame: first `quiet` in black, then the white cells of `cells`. */
export function frameCode(
  frame: number,
  width: number,
  height: number,
): { readonly quiet: CodeBox; readonly cells: readonly CodeCell[] } {
  const border = BORDER * height
  const quiet = {
    x: ROW.left * width - border,
    y: ROW.top * height - border,
    width: ROW.width * width + 2 * border,
    height: ROW.height * height + 2 * border,
  }
  return {
    quiet,
    cells: bitsOf(frame).map((white, cell) => ({ ...boxOf(cell, width, height), white })),
  }
}

/**
 * The number in a picture of RGBA bytes (4 a pixel, rows from the top), or `null` when there is no
 * readable code: a grey cell, wrong ends or wrong parity.
 */
export function readFrameNumber(
  rgba: Uint8Array | Uint8ClampedArray,
  width: number,
  height: number,
): number | null {
  const bits: boolean[] = []
  for (let cell = 0; cell < CELLS; cell++) {
    const light = meanLight(rgba, width, boxOf(cell, width, height))
    if (light > DARK && light < WHITE) return null
    bits.push(light >= WHITE)
  }
  let number = 0
  for (const bit of bits.slice(2, 2 + NUMBER_BITS)) number = number * 2 + (bit ? 1 : 0)
  const right = bitsOf(number)
  return bits.every((bit, cell) => bit === right[cell]) ? number : null
}

const DARK = 100
const WHITE = 155

function bitsOf(frame: number): readonly boolean[] {
  const number = frame % FRAME_CODE_LIMIT
  const bits = [true, false]
  let ones = 0
  for (let bit = NUMBER_BITS - 1; bit >= 0; bit--) {
    const one = Math.floor(number / 2 ** bit) % 2 === 1
    if (one) ones++
    bits.push(one)
  }
  const odd = ones % 2 === 1
  return [...bits, odd, !odd]
}

function boxOf(cell: number, width: number, height: number): CodeBox {
  const side = (ROW.width * width) / CELLS
  return {
    x: ROW.left * width + cell * side,
    y: ROW.top * height,
    width: side,
    height: ROW.height * height,
  }
}

/** Mean of red, green and blue over the middle of a box: edges blur when a picture is compressed. */
function meanLight(rgba: Uint8Array | Uint8ClampedArray, width: number, box: CodeBox): number {
  let sum = 0
  let count = 0
  const bottom = Math.max(box.y + box.height * 0.7, box.y + box.height * 0.3 + 1)
  const right = Math.max(box.x + box.width * 0.7, box.x + box.width * 0.3 + 1)
  for (let y = Math.floor(box.y + box.height * 0.3); y < bottom; y++)
    for (let x = Math.floor(box.x + box.width * 0.3); x < right; x++) {
      const at = (y * width + x) * 4
      sum += (rgba[at] ?? 0) + (rgba[at + 1] ?? 0) + (rgba[at + 2] ?? 0)
      count += 3
    }
  return sum / count
}
