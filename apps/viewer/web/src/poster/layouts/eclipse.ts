import { footLines } from '../poster-foot.ts'
import { setBlock } from '../poster-block.ts'
import { disc, n, SHEET, straight, WIDE, type Layout, type Shape } from '../poster-plan.ts'
import type { SeededNumbers } from '../seed.ts'

/** Two discs, one before the other; where they meet, ink. */
export const eclipse: Layout = {
  poster(matter) {
    const { number, side } = matter
    const { lines, top } = setBlock(matter, {
      face: 'display',
      width: 78,
      most: 150,
      lead: 0.9,
      height: 300,
      bottom: 806,
      anchor: 'start',
    })
    const room = Math.max(80, top - 44)
    const r = Math.min(number(190, 260), (room - 40) / 2)
    const discs = twoDiscs(SHEET.width / 2 + side * number(-50, 10), 40 + room / 2, r, side, number)
    return [straight(discs, [...lines, ...footLines(matter)])]
  },
  art({ number, side }) {
    const r = number(170, 215)
    const discs = twoDiscs(WIDE.width / 2 - side * 60, WIDE.height / 2, r, side, number)
    return [straight(discs.map((one) => (one.ink === 'second' ? { ...one, ink: 'ground' } : one)))]
  },
}

/** Discs of one radius about a middle, at most 36 degrees off the horizontal. */
function twoDiscs(
  middleX: number,
  middleY: number,
  r: number,
  side: 1 | -1,
  number: SeededNumbers,
): readonly Shape[] {
  const offset = number(0.45, 1.15) * r
  const angle = number(-36, 36) * (Math.PI / 180)
  const [dx, dy] = [(Math.cos(angle) * offset * side) / 2, (Math.sin(angle) * offset) / 2]
  const half = Math.sqrt(r * r - (offset * offset) / 4)
  // The points where the circles cross stand half the chord off the middle, across the line of centres.
  const [px, py] = [(-dy / (offset / 2)) * half, (dx / (offset / 2)) * half]
  const arc = `A${n(r)} ${n(r)} 0 0 1`
  return [
    disc(middleX - dx, middleY - dy, r, 'second'),
    disc(middleX + dx, middleY + dy, r, 'spot'),
    {
      kind: 'path',
      d: `M${n(middleX + px)} ${n(middleY + py)}${arc} ${n(middleX - px)} ${n(middleY - py)}${arc} ${n(middleX + px)} ${n(middleY + py)}z`,
      ink: 'ink',
    },
  ]
}
