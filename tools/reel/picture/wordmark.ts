import { polygon, write, type Canvas } from './pen.ts'

/** The word Matinee with its accent, a wedge of light over the first of the two e's. */
export function wordmark(
  pen: Canvas,
  x: number,
  y: number,
  size: number,
  fill: string,
  lamp: string,
): void {
  const style = { face: 'Display', size, fill, tracking: -0.03 } as const
  const width = write(pen, 'Matin', x, y, style)
  write(pen, 'ee', x + width, y, style)
  const left = x + width + 0.14 * size
  const top = y - 0.79 * size
  polygon(
    pen,
    [
      [left, top + 0.25 * size],
      [left + 0.52 * size * 0.62, top],
      [left + 0.52 * size, top + 0.25 * size * 0.34],
    ],
    lamp,
  )
}
