import { SLANT } from './ink.ts'

/** A canvas to draw on; the page and the poster share it. */
export type Canvas = OffscreenCanvasRenderingContext2D

export type Point = readonly [x: number, y: number]

/** The three voices of Matinee's type: titles, everything you operate, notes. */
export type Face = 'Display' | 'Interface' | 'Notes'

export interface TextStyle {
  readonly face: Face
  readonly size: number
  readonly fill: string
  readonly weight?: number
  readonly align?: CanvasTextAlign
  /** In parts of the size; negative is tighter. */
  readonly tracking?: number
}

export function disc(pen: Canvas, x: number, y: number, radius: number, fill: string): void {
  pen.beginPath()
  pen.arc(x, y, radius, 0, 2 * Math.PI)
  pen.fillStyle = fill
  pen.fill()
}

export function ring(
  pen: Canvas,
  x: number,
  y: number,
  radius: number,
  width: number,
  stroke: string,
): void {
  pen.beginPath()
  pen.arc(x, y, radius, 0, 2 * Math.PI)
  pen.strokeStyle = stroke
  pen.lineWidth = width
  pen.stroke()
}

/** A slice of a disc, clockwise from noon; `from` and `to` are parts of a turn. */
export function slice(
  pen: Canvas,
  x: number,
  y: number,
  radius: number,
  from: number,
  to: number,
  fill: string,
): void {
  if (to <= from) return
  pen.beginPath()
  pen.moveTo(x, y)
  pen.arc(x, y, radius, turnAngle(from), turnAngle(to))
  pen.closePath()
  pen.fillStyle = fill
  pen.fill()
}

/** The canvas's angle of a part of a turn, clockwise from noon. */
export function turnAngle(turn: number): number {
  return turn * 2 * Math.PI - Math.PI / 2
}

export function polygon(pen: Canvas, points: readonly Point[], fill: string): void {
  pen.beginPath()
  for (const [x, y] of points) pen.lineTo(x, y)
  pen.closePath()
  pen.fillStyle = fill
  pen.fill()
}

export function line(pen: Canvas, from: Point, to: Point, width: number, stroke: string): void {
  pen.beginPath()
  pen.moveTo(...from)
  pen.lineTo(...to)
  pen.strokeStyle = stroke
  pen.lineWidth = width
  pen.stroke()
}

/** A box whose upright sides lean by the one diagonal: the top stands further right than the foot. */
export function leaningBox(
  pen: Canvas,
  x: number,
  y: number,
  width: number,
  height: number,
  fill: string,
): void {
  const shift = height * SLANT
  polygon(
    pen,
    [
      [x + shift, y],
      [x + shift + width, y],
      [x + width, y + height],
      [x, y + height],
    ],
    fill,
  )
}

/** Writes one line on its base line; returns its width. */
export function write(pen: Canvas, words: string, x: number, y: number, style: TextStyle): number {
  dip(pen, style)
  pen.textAlign = style.align ?? 'left'
  pen.fillText(words, x, y)
  return pen.measureText(words).width
}

/** Writes figures in cells of equal width, so that a running number doesn't shake. */
export function writeFigures(
  pen: Canvas,
  figures: string,
  x: number,
  y: number,
  style: TextStyle,
): void {
  dip(pen, style)
  pen.letterSpacing = '0px'
  const cell = pen.measureText('0').width
  const cells = figures.split('')
  const widths = cells.map((figure) => (figure === ':' ? cell * 0.6 : cell))
  const total = widths.reduce((sum, width) => sum + width, 0)
  const align = style.align ?? 'left'
  let at = align === 'left' ? x : align === 'right' ? x - total : x - total / 2
  pen.textAlign = 'center'
  for (const [i, figure] of cells.entries()) {
    const width = widths[i] ?? cell
    pen.fillText(figure, at + width / 2, y)
    at += width
  }
}

function dip(pen: Canvas, style: TextStyle): void {
  const weight = style.weight ?? (style.face === 'Display' ? 800 : 500)
  pen.font = `${weight} ${style.size}px ${style.face}`
  pen.fontStretch = style.face === 'Display' ? 'condensed' : 'normal'
  const tracking = style.tracking ?? (style.face === 'Display' ? -0.02 : 0)
  pen.letterSpacing = `${tracking * style.size}px`
  pen.fillStyle = style.fill
  pen.textBaseline = 'alphabetic'
}

/** 0 before `from`, 1 after `to`, and a smooth way between. */
export function ease(value: number, from: number, to: number): number {
  const part = Math.min(1, Math.max(0, (value - from) / (to - from)))
  return part * part * (3 - 2 * part)
}

/** A colour between two `#RRGGBB`, as `rgb()`. */
export function blend(from: string, to: string, part: number): string {
  const channel = (at: number): number => {
    const a = Number.parseInt(from.slice(at, at + 2), 16)
    const b = Number.parseInt(to.slice(at, at + 2), 16)
    return Math.round(a + (b - a) * part)
  }
  return `rgb(${channel(1)} ${channel(3)} ${channel(5)})`
}
