import { footLines } from '../poster-foot.ts'
import { setBlock } from '../poster-block.ts'
import {
  box,
  disc,
  polygon,
  SHEET,
  straight,
  WIDE,
  type Layout,
  type Shape,
} from '../poster-plan.ts'

const GAP = 10

/** A strip for each episode, and a sun that crosses them: the story as its path. */
export const frames: Layout = {
  poster(matter) {
    const { number } = matter
    const count = Math.min(6, Math.max(3, matter.record.episodeCount))
    const { lines, top } = setBlock(matter, {
      face: 'display',
      width: 82,
      most: 110,
      lead: 0.92,
      height: 200,
      bottom: 806,
      anchor: 'start',
    })
    const room = Math.max(240, top - 46 - SHEET.margin)
    const height = (room - GAP * (count - 1)) / count
    const r = Math.min(66, height * 0.42)
    const horizon = number(0.52, 0.66)
    const shapes: Shape[] = []
    for (let frame = 0; frame < count; frame++) {
      const y = SHEET.margin + frame * (height + GAP)
      const isSwapped = frame % 2 === 1
      const part = (frame + 0.5) / count
      const rise = Math.sin(part * Math.PI)
      shapes.push(
        box(SHEET.margin, y, SHEET.measure, height * horizon, isSwapped ? 'second' : 'ink'),
        box(
          SHEET.margin,
          y + height * horizon,
          SHEET.measure,
          height * (1 - horizon),
          isSwapped ? 'ink' : 'second',
        ),
        disc(
          SHEET.margin + r + 14 + part * (SHEET.measure - 2 * r - 28),
          y + height * (0.62 - 0.16 * rise),
          r,
          'spot',
        ),
      )
    }
    return [straight(shapes, [...lines, ...footLines(matter)])]
  },
  art({ record }) {
    const count = Math.min(7, Math.max(4, record.episodeCount))
    const shapes: Shape[] = [box(0, WIDE.floor - 40, WIDE.width, WIDE.height, 'ink')]
    for (let at = 0; at < count; at++) {
      const part = (at + 0.5) / count
      const y = 300 - Math.sin(part * Math.PI) * 150
      const x = part * WIDE.width
      const isNow = at === Math.floor(count / 2)
      // What the sun throws on the water.
      if (isNow)
        shapes.push(
          polygon(
            [
              [x - 40, WIDE.floor - 40],
              [x + 40, WIDE.floor - 40],
              [x + 78, WIDE.height],
              [x - 78, WIDE.height],
            ],
            'spot',
          ),
        )
      shapes.unshift(
        isNow ? disc(x, y, 78, 'spot') : { kind: 'circle', x, y, r: 76, ink: 'spot', width: 5 },
      )
    }
    return [straight(shapes)]
  },
}
