import { MEASURES } from '../poster-measure.ts'
import {
  disc,
  hasMarks,
  SHEET,
  sizeThatFits,
  straight,
  WIDE,
  type Layout,
  type Line,
  type Shape,
} from '../poster-plan.ts'
import type { SeededNumbers } from '../seed.ts'
import { fitBlock } from '../title-block.ts'

const [X, Y, R] = [300, 390, 268]
const LEAD = 1.02

/** A disc of light that closes on the title, in rings. */
export const iris: Layout = {
  poster({ record, title, makers, number }) {
    const block = fitBlock(
      title,
      { width: R * 1.6, height: R * 0.95, most: 120, lead: LEAD, mostLines: 4 },
      (line) => MEASURES.didone(line, 100),
    )
    const height = (block.lines.length - 1) * block.size * LEAD
    const common = { x: X, anchor: 'middle', face: 'didone' } as const
    const lines: Line[] = block.lines.map((text, at) => ({
      ...common,
      text,
      y: Y + block.size * (hasMarks(title) ? 0.4 : 0.3) - height / 2 + at * block.size * LEAD,
      size: block.size,
      // The plan gives it the better of ink and ground.
      ink: 'ink',
      on: 'spot',
      room: R * 1.6,
    }))
    if (record.year !== null)
      lines.push({
        ...common,
        text: String(record.year),
        y: 200,
        size: 28,
        face: 'foot',
        ink: 'ink',
        on: 'spot',
        room: 200,
        isFoot: true,
      })
    if (makers !== '')
      lines.push({
        ...common,
        text: makers,
        y: 846,
        size: sizeThatFits(makers, SHEET.measure, 36, MEASURES.didone),
        ink: 'ink',
        on: 'ground',
        room: SHEET.measure,
        isFoot: true,
      })
    return [straight([...rings(X, Y, R, number), disc(X, Y, R, 'spot')], lines)]
  },
  art({ number }) {
    const [x, y, r] = [WIDE.width / 2, WIDE.height / 2, 205]
    return [
      straight([
        ...rings(x, y, r, number).map((shape): Shape => ({ ...shape, ink: 'ground' })),
        disc(x, y, r, 'spot'),
        disc(x + number(-40, 40), y + number(-30, 30), 74, 'ink'),
      ]),
    ]
  },
}

/** Three to five rings, 22 apart, thick and thin in turn. */
function rings(x: number, y: number, r: number, number: SeededNumbers): readonly Shape[] {
  const count = 3 + Math.floor(number(0, 3))
  return Array.from({ length: count }, (_, at) => ({
    kind: 'circle' as const,
    x,
    y,
    r: r + 22 * (at + 1),
    ink: 'second' as const,
    width: at % 2 === 0 ? 10 : 3,
  }))
}
