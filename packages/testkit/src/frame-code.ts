/**
 * A frame's number written into its picture, for machines: one row of 24 cells, black or white. It stands
 * either across the whole width below the top (made films), or small at the foot (the test reel).
 *
 * Cells from the left: white, black (the mark, and the measure of both colours) · 16 bits of the number,
 * highest first, white = 1 · 4 check bits, highest first: the exclusive or of the number's four groups
 * of 4 bits and of 1010 · black, white (the closing mark).
 *
 * Reading looks at the middle of each cell only, so scaling, blur and compression do no harm. The picture
 * must be the film alone: crop letterboxes first. This file uses nothing of Node: it also runs in a page.
 */

/** Numbers wrap here: 45 minutes at 24 frames per second. */
export const FRAME_NUMBERS = 2 ** 16
export const FRAME_CODE_CELLS = 24

/** The row of cells, in fractions of the picture's width and height. */
export interface FrameCodePlace {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** Where made films have it. */
export const FILM_CODE_PLACE: FrameCodePlace = { left: 0, right: 1, top: 1 / 9, bottom: 2 / 9 }
/** Where the test reel has it, on a black band. */
export const REEL_CODE_PLACE: FrameCodePlace = {
  left: 0.26,
  right: 0.74,
  top: 0.937,
  bottom: 0.971,
}

const CHECK_CONSTANT = 0b1010
/** White must be at least so much brighter than black, of 255. */
const MIN_CONTRAST = 64

/** The 24 cells of a frame, true = white. Numbers from {@link FRAME_NUMBERS} on wrap. */
export function frameCells(frame: number): boolean[] {
  const number = frame % FRAME_NUMBERS
  const cells = [true, false]
  for (let bit = 15; bit >= 0; bit--) cells.push(((number >> bit) & 1) === 1)
  const check = checkBits(number)
  for (let bit = 3; bit >= 0; bit--) cells.push(((check >> bit) & 1) === 1)
  return [...cells, false, true]
}

/**
 * The number in a picture, or `null` when there is none that can be trusted: no mark, too little
 * contrast, or wrong check bits. Looks below the top first, then at the foot.
 *
 * @param rgba four bytes per pixel, rows from the top, without gaps
 */
export function readFrameNumber(
  rgba: Uint8Array | Uint8ClampedArray,
  width: number,
  height: number,
): number | null {
  if (rgba.length < width * height * 4) return null
  const picture = { rgba, width, height }
  return readRow(picture, FILM_CODE_PLACE) ?? readRow(picture, REEL_CODE_PLACE)
}

interface Picture {
  readonly rgba: Uint8Array | Uint8ClampedArray
  readonly width: number
  readonly height: number
}

function readRow(picture: Picture, place: FrameCodePlace): number | null {
  const { width, height } = picture
  if (width * (place.right - place.left) < FRAME_CODE_CELLS) return null
  if (height * (place.bottom - place.top) < 1) return null
  const lights: number[] = []
  for (let cell = 0; cell < FRAME_CODE_CELLS; cell++) lights.push(cellLight(picture, place, cell))
  const [white = 0, black = 0] = lights
  if (white - black < MIN_CONTRAST) return null
  const middle = (white + black) / 2
  const bits = lights.map((light) => Number(light > middle))
  if (bits.at(-2) !== 0 || bits.at(-1) !== 1) return null
  const value = (from: number, to: number): number =>
    bits.slice(from, to).reduce((number, bit) => 2 * number + bit, 0)
  const number = value(2, 18)
  return value(18, 22) === checkBits(number) ? number : null
}

/**
 * The number, as {@link readFrameNumber} reads it and for people in digits below it, as a filter for
 * ffmpeg's `-vf`. It needs no font. `n` counts frames from 0 at the place of the filter.
 */
export function frameCodeFilter(): string {
  const rows = { y: 'ih/9', h: 'ih/9' }
  const boxes = [box({ x: '0', w: 'iw', ...rows, color: 'black' })]
  const number = `mod(n,${FRAME_NUMBERS})`
  const bit = (index: number): string => `mod(floor(${number}/${2 ** index}),2)`
  const white = (cell: number, enable?: string): void => {
    const x = `iw*${cell}/${FRAME_CODE_CELLS}`
    boxes.push(box({ x, w: `iw/${FRAME_CODE_CELLS}`, ...rows, color: 'white', enable }))
  }
  white(0)
  for (let index = 15; index >= 0; index--) white(17 - index, bit(index))
  for (let index = 3; index >= 0; index--) {
    const group = [0, 4, 8, 12].map((shift) => bit(index + shift)).join('+')
    white(21 - index, `mod(${group}+${(CHECK_CONSTANT >> index) & 1},2)`)
  }
  white(23)
  return [...boxes, ...digitBoxes(number)].join(',')
}

const DIGITS = 5
/** Segments of a digit in units of its width and height, and a bit per digit that lights it (bit 0: zero). */
const SEGMENTS = [
  { x: 0, y: 0, w: 1, h: 0.12, digits: 0b1111101101 },
  { x: 0.8, y: 0, w: 0.2, h: 0.5, digits: 0b1110011111 },
  { x: 0.8, y: 0.5, w: 0.2, h: 0.5, digits: 0b1111111011 },
  { x: 0, y: 0.88, w: 1, h: 0.12, digits: 0b1101101101 },
  { x: 0, y: 0.5, w: 0.2, h: 0.5, digits: 0b0101000101 },
  { x: 0, y: 0, w: 0.2, h: 0.5, digits: 0b1101110001 },
  { x: 0, y: 0.44, w: 1, h: 0.12, digits: 0b1101111100 },
]

function digitBoxes(number: string): string[] {
  const boxes = [box({ x: '0', y: 'ih*3/9', w: 'iw', h: 'ih*4/9', color: 'black' })]
  for (let place = 0; place < DIGITS; place++) {
    const left = 0.1 + place * 0.17
    const digit = `mod(floor(${number}/${10 ** (DIGITS - 1 - place)}),10)`
    for (const segment of SEGMENTS) {
      boxes.push(
        box({
          x: `iw*${round(left + segment.x * 0.11)}`,
          y: `ih*${round(0.37 + segment.y * 0.37)}`,
          w: `iw*${round(segment.w * 0.11)}`,
          h: `ih*${round(segment.h * 0.37)}`,
          color: 'white',
          enable: `mod(floor(${segment.digits}/pow(2,${digit})),2)`,
        }),
      )
    }
  }
  return boxes
}

interface Box {
  readonly x: string
  readonly y: string
  readonly w: string
  readonly h: string
  readonly color: string
  readonly enable?: string | undefined
}

function box({ x, y, w, h, color, enable }: Box): string {
  const when = enable === undefined ? '' : `:enable='${enable}'`
  return `drawbox=x='${x}':y='${y}':w='${w}':h='${h}':color=${color}:t=fill${when}`
}

function round(fraction: number): string {
  return fraction.toFixed(4)
}

function checkBits(number: number): number {
  const nibbles = (number >> 12) ^ (number >> 8) ^ (number >> 4) ^ number
  return (nibbles & 0b1111) ^ CHECK_CONSTANT
}

/** The mean light of the middle of a cell, 0–255. */
function cellLight(picture: Picture, place: FrameCodePlace, cell: number): number {
  const { rgba, width, height } = picture
  const cellWidth = (width * (place.right - place.left)) / FRAME_CODE_CELLS
  const first = width * place.left
  const left = Math.floor(first + (cell + 0.3) * cellWidth)
  const right = Math.max(left + 1, Math.floor(first + (cell + 0.7) * cellWidth))
  const rowHeight = height * (place.bottom - place.top)
  const top = Math.floor(height * place.top + 0.3 * rowHeight)
  const bottom = Math.max(top + 1, Math.floor(height * place.top + 0.7 * rowHeight))
  let sum = 0
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const at = 4 * (y * width + x)
      const [red = 0, green = 0, blue = 0] = rgba.subarray(at, at + 3)
      sum += 0.299 * red + 0.587 * green + 0.114 * blue
    }
  }
  return sum / ((right - left) * (bottom - top))
}
