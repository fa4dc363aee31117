import { footLines } from '../poster-foot.ts'
import { MEASURES } from '../poster-measure.ts'
import {
  box,
  disc,
  SHEET,
  straight,
  WIDE,
  type InkName,
  type Layout,
  type PosterMatter,
  type Shape,
} from '../poster-plan.ts'
import { fitBlock } from '../title-block.ts'

const LEAD = 0.86
const INKS: readonly InkName[] = ['spot', 'ink', 'second']

/** Bars and a disc, all turned with the title. */
export const montage: Layout = {
  poster(matter) {
    const { title, side, number } = matter
    const capitals = title.toLocaleUpperCase('en')
    const block = fitBlock(
      capitals,
      { width: 448, height: 420, most: 190, lead: LEAD, mostLines: 4 },
      (line) => MEASURES.tall(line, 100),
    )
    const bottom = 700
    const x = side === 1 ? 536 : 64
    const lines = block.lines.map((text, at) => ({
      text,
      x,
      y: bottom - (block.lines.length - 1 - at) * block.size * LEAD,
      size: block.size,
      face: 'tall' as const,
      anchor: side === 1 ? ('end' as const) : ('start' as const),
      ink: 'ink' as const,
      on: 'ground' as const,
      room: 448,
    }))
    const top = bottom - (block.lines.length - 1) * block.size * LEAD - block.size * 0.76
    return [
      { turnDegrees: side * 12, shapes: bars(matter, SHEET.width, top - 40), lines },
      straight(
        [box(0, 816, SHEET.width, 84, 'ink')],
        footLines({ ...matter, number }, 'ground', 'ink'),
      ),
    ]
  },
  art: (matter) => [
    {
      turnDegrees: matter.side * 12,
      shapes: bars(matter, WIDE.width, 470).map((shape): Shape =>
        shape.ink === 'second' ? { ...shape, ink: 'ground' } : shape,
      ),
      lines: [],
    },
  ],
}

/**
 * A stair of bars that run off the high edge, down to `foot`, and a disc with a hole that leans on it.
 * Drawn for a tilt to the right, then mirrored.
 */
function bars({ number, side }: PosterMatter, width: number, foot: number): readonly Shape[] {
  const flip = (x: number, length: number): number => (side === 1 ? x : width - x - length)
  const shapes: Shape[] = []
  const edge = width + 140
  const count = 6 + Math.floor(number(0, 3))
  const step = Math.max(34, (foot + 60) / count)
  let start = width * number(0.02, 0.2)
  for (let bar = 0; bar < count; bar++) {
    const thickness = Math.min(step * 0.72, number(0, 1) > 0.45 ? number(34, 58) : number(10, 18))
    const y = -60 + bar * step
    if (y + thickness > foot) break
    const length = edge - start
    shapes.push(box(flip(start, length), y, length, thickness, INKS[bar % 3] ?? 'ink'))
    start += width * number(0.04, 0.16)
  }
  const r = Math.min(width * number(0.13, 0.17), Math.max(54, foot * 0.32))
  const [x, y] = [width * number(0.2, 0.3), Math.min(foot - r - 10, Math.max(r + 90, foot * 0.66))]
  shapes.push(
    disc(flip(x, 0), y, r, 'spot'),
    disc(flip(x + r * 0.3, 0), y - r * 0.28, r * 0.42, 'ground'),
  )
  return shapes
}
