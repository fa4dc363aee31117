import type { Palette } from './ink.ts'
import { disc, type Canvas } from './pen.ts'

const RADIUS = 206

/** Two discs pass before each other; what they share is ink. */
export function colourPlate(pen: Canvas, seconds: number, palette: Palette): void {
  const turn = (seconds / 7) * Math.PI
  const apart = 330 * Math.cos(turn)
  const lift = 34 * Math.sin(turn)
  const left = { x: 760 - apart, y: 262 + lift }
  const right = { x: 760 + apart, y: 262 - lift }
  disc(pen, left.x, left.y, RADIUS, palette.spot)
  disc(pen, right.x, right.y, RADIUS, palette.second)
  pen.save()
  pen.beginPath()
  pen.arc(left.x, left.y, RADIUS, 0, 2 * Math.PI)
  pen.clip()
  disc(pen, right.x, right.y, RADIUS, palette.ink)
  pen.restore()
}
