import type { Palette } from './ink.ts'
import { disc, ring, slice, type Canvas } from './pen.ts'

const SPOKES = 36

/** A star of fine wedges that turns once in 28 seconds, and lines that draw together. */
export function detailPlate(pen: Canvas, seconds: number, palette: Palette): void {
  const x = 910
  const y = 300
  const turned = seconds / 28
  disc(pen, x, y, 232, '#F3F7EF')
  for (let spoke = 0; spoke < SPOKES; spoke++) {
    const from = spoke / SPOKES + turned
    slice(pen, x, y, 216, from, from + 0.5 / SPOKES, palette.ink)
  }
  disc(pen, x, y, 20, palette.spot)
  ring(pen, x, y, 224, 3, palette.ink)

  pen.fillStyle = palette.ink
  let at = 74
  for (const [index, width] of LINES.entries()) {
    pen.fillStyle = index % 2 === 0 ? palette.ink : palette.ground
    pen.fillRect(at, 96, width, 260)
    at += width
  }
  disc(pen, 560, 356 - 38, 38, palette.second)
}

/** Widths of dark and light stripes in turn, from broad to one pixel. */
const LINES = [32, 16, 10, 8, 6, 4, 3, 2, 1].flatMap((width) =>
  Array.from({ length: width > 8 ? 2 : width > 3 ? 6 : 14 }, () => width),
)
