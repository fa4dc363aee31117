import { footLines } from '../poster-foot.ts'
import { MEASURES } from '../poster-measure.ts'
import {
  box,
  hasMarks,
  n,
  SHEET,
  straight,
  WIDE,
  type InkName,
  type Layout,
  type PosterMatter,
  type Shape,
} from '../poster-plan.ts'
import { breaksOf, titleUnits } from '../title-block.ts'

/** Clockwise from noon; two hours are one turn. */
const FULL_MINUTES = 119
const BOTTOM = 796
const [NARROWEST, WIDEST] = [50, 150]
/** Height of capitals, as a part of the size. */
const CAPITALS = 0.69

/** A sun that rises over the title, each line of which fills the measure. */
export const facade: Layout = {
  poster(matter) {
    const { number } = matter
    const block = facadeBlock(matter.title)
    const last = block.lines.length - 1
    const lines = block.lines.map(({ text, width }, at) => ({
      text,
      x: SHEET.margin,
      y: BOTTOM - (last - at) * block.size * block.lead,
      size: block.size,
      face: 'stretch' as const,
      width,
      ink: 'ink' as const,
      on: 'ground' as const,
      room: SHEET.measure,
      isStretched: true,
    }))
    const top =
      BOTTOM -
      last * block.size * block.lead -
      block.size * (hasMarks(block.lines[0]?.text ?? '') ? 0.84 : CAPITALS)
    const base = top - 20
    const r = Math.min(264, Math.max(60, base - SHEET.margin - 20))
    const places = [SHEET.margin + r, SHEET.width / 2, SHEET.width - SHEET.margin - r]
    const x = places[Math.floor(number(0, 3))] ?? SHEET.width / 2
    return [
      straight(
        [
          ...(base > 130 ? halfSun(matter, x, base, r, 'spot', 'second') : []),
          box(SHEET.margin, 822, SHEET.measure, 3, 'ink'),
        ],
        [...lines, ...footLines(matter)],
      ),
    ]
  },
  art(matter) {
    const x = WIDE.width / 2 + matter.side * 40
    return [
      straight([
        box(0, 0, WIDE.width, WIDE.height, 'spot'),
        ...halfSun(matter, x, WIDE.floor, 330, 'ink', 'second'),
        box(0, WIDE.floor, WIDE.width, WIDE.height - WIDE.floor, 'second'),
      ]),
    ]
  },
}

/** The upper half of a disc with the slice that the running time is of two hours. */
function halfSun(
  { record }: PosterMatter,
  x: number,
  base: number,
  r: number,
  ink: InkName,
  slice: InkName,
): readonly Shape[] {
  const shapes: Shape[] = [
    { kind: 'path', d: `M${n(x - r)} ${n(base)}a${n(r)} ${n(r)} 0 0 1 ${n(2 * r)} 0z`, ink },
  ]
  const minutes = (record.durationSeconds ?? 0) / 60
  const turn = Math.min(FULL_MINUTES, minutes) / 120
  const wedge = (from: number, to: number): void => {
    if (to <= from) return
    const point = (part: number): string =>
      `${n(x + r * Math.sin(part * 2 * Math.PI))} ${n(base - r * Math.cos(part * 2 * Math.PI))}`
    shapes.push({
      kind: 'path',
      d: `M${n(x)} ${n(base)}L${point(from)}A${n(r)} ${n(r)} 0 0 1 ${point(to)}z`,
      ink: slice,
    })
  }
  wedge(0, Math.min(turn, 0.25))
  wedge(0.75, turn)
  return shapes
}

interface FacadeBlock {
  readonly lines: readonly { readonly text: string; readonly width: number }[]
  readonly size: number
  readonly lead: number
}

/** The break whose lines fill the measure with the least force on the width axis. */
export function facadeBlock(title: string): FacadeBlock {
  const capitals = title.toLocaleUpperCase('en')
  const glued = titleUnits(capitals)
  const units = glued.length > 1 ? glued : capitals.split(' ')
  const lead = hasMarks(capitals) ? 0.96 : 0.8
  let best: { block: FacadeBlock; cost: number } | null = null
  for (let count = 1; count <= Math.min(5, units.length); count++) {
    const most = count === 1 ? 230 : count === 2 ? 260 : 250
    const size = Math.min(620 / (lead * count), most)
    for (const texts of breaksOf(units, count)) {
      let cost = 0
      const lines = texts.map((text) => {
        const width = widthThatFills(text, size)
        const misfit = (MEASURES.stretch(text, width) * size) / SHEET.measure
        cost += (Math.abs(Math.log(misfit)) * 4 + Math.abs(width - 85) / 100) / texts.length
        return { text, width }
      })
      cost -= size / 260
      if (best === null || cost < best.cost) best = { block: { lines, size, lead }, cost }
    }
  }
  const { block } = best ?? { block: { lines: [{ text: capitals, width: 85 }], size: 80, lead } }
  return smaller(block)
}

/** Lines that even the narrowest width can't hold make all lines smaller. */
function smaller(block: FacadeBlock): FacadeBlock {
  const widest = Math.max(
    ...block.lines.map(({ text, width }) => MEASURES.stretch(text, width) * block.size),
  )
  const factor = Math.min(1, (SHEET.measure * 1.12) / widest)
  if (factor === 1) return block
  const size = block.size * factor
  return {
    ...block,
    size,
    lines: block.lines.map(({ text }) => ({ text, width: widthThatFills(text, size) })),
  }
}

/** The width axis at which a line fills the measure, found by halving; at the ends, the end. */
function widthThatFills(text: string, size: number): number {
  let [low, high] = [NARROWEST, WIDEST]
  for (let step = 0; step < 18; step++) {
    const middle = (low + high) / 2
    if (MEASURES.stretch(text, middle) * size > SHEET.measure) high = middle
    else low = middle
  }
  return Math.round(low * 10) / 10
}
