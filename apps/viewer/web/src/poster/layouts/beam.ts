import { footLines } from '../poster-foot.ts'
import { setBlock } from '../poster-block.ts'
import {
  BEAM,
  box,
  disc,
  polygon,
  SHEET,
  straight,
  WIDE,
  type InkName,
  type Layout,
  type PosterMatter,
  type Shape,
} from '../poster-plan.ts'

const FLOOR = 588

/** Light from a lamp above falls on people who stand in it. */
export const beam: Layout = {
  poster(matter) {
    const { side } = matter
    const { lines, top } = setBlock(matter, {
      face: 'didone',
      width: 100,
      most: 136,
      lead: 0.98,
      height: 205,
      bottom: 806,
      anchor: side === 1 ? 'start' : 'end',
    })
    // Long titles push the floor up.
    const floor = Math.min(FLOOR, top - 52)
    return [straight(light(matter, SHEET.width, floor), [...lines, ...footLines(matter)])]
  },
  art(matter) {
    const [shade, wedge, ...people] = light(matter, WIDE.width, WIDE.floor)
    const floor = box(0, WIDE.floor, WIDE.width, WIDE.height - WIDE.floor, 'ink')
    return [straight([shade, wedge, floor, ...people].filter((shape) => shape !== undefined))]
  },
}

/** The wedge, its dark side, and who stands in it. Drawn for a lamp at the left, then mirrored. */
function light(matter: PosterMatter, width: number, floor: number): readonly Shape[] {
  const { number, side, record } = matter
  const flip = (x: number): number => (side === 1 ? x : width - x)
  const isWide = width === WIDE.width
  const lamp = isWide ? number(240, 330) : number(60, 150)
  const near = lamp + floor * BEAM
  const far = Math.min(width - 40, near + number(230, 320) * (floor / FLOOR) * (isWide ? 1.5 : 1))
  const shade = far + number(150, 230) * (floor / FLOOR) * (isWide ? 1.4 : 1)
  const point = (x: number, y: number): readonly [number, number] => [flip(x), y]
  const shapes: Shape[] = [
    polygon([point(lamp, 0), point(far, floor), point(shade, floor)], 'second'),
    polygon([point(lamp, 0), point(near, floor), point(far, floor)], 'spot'),
  ]
  // The wide drawing stands on second.
  if (isWide)
    shapes[0] = polygon([point(lamp, 0), point(far, floor), point(shade, floor)], 'ground')
  const people = 1 + Math.floor(number(0, 3))
  const step = (far - near) / (people + 1)
  const most = Math.min(210, floor * 0.36)
  const hasHats = record.year !== null && record.year >= 1930 && record.year < 1970
  for (let person = 0; person < people; person++) {
    const x = near + step * (person + 1) + number(-6, 6)
    const height = number(0.72, 1) * most
    const lean = (x - lamp) / floor
    shapes.push(
      ...shadow(x, floor, height, lean, flip),
      ...figure(
        flip(x),
        floor,
        height,
        'ink',
        hasHats && (person === 0 || number(0, 1) > 0.5),
        side,
      ),
    )
  }
  return shapes
}

/** Falls on along the light: a thin wedge on the floor. */
function shadow(
  x: number,
  floor: number,
  height: number,
  lean: number,
  flip: (x: number) => number,
): readonly Shape[] {
  const [half, drop] = [height * 0.115, height * 0.15]
  const end = x + drop * (1.6 + lean * 3)
  return [
    polygon(
      [
        [flip(x - half), floor],
        [flip(x + half), floor],
        [flip(end + half * 1.3), floor + drop],
        [flip(end), floor + drop],
      ],
      'spot',
    ),
  ]
}

/** Somebody, seen from behind: a coat, shoulders, a head; with a hat in the days of hats. */
function figure(
  x: number,
  floor: number,
  height: number,
  ink: InkName,
  hasHat: boolean,
  side: 1 | -1,
): readonly Shape[] {
  const head = height * 0.115
  const neck = floor - height + head * 2.15
  const [foot, shoulder] = [height * 0.15, height * 0.118]
  const shapes: Shape[] = [
    {
      kind: 'path',
      d: `M${x - foot} ${floor}L${x - shoulder} ${neck + head * 0.7}Q${x - shoulder} ${neck} ${x - shoulder + head * 0.7} ${neck}H${x + shoulder - head * 0.7}Q${x + shoulder} ${neck} ${x + shoulder} ${neck + head * 0.7}L${x + foot} ${floor}z`.replaceAll(
        /\d+\.\d+/gu,
        (value) => String(Math.round(Number(value) * 10) / 10),
      ),
      ink,
    },
    disc(x, floor - height + head, head, ink),
  ]
  if (hasHat)
    shapes.push(
      box(x - head * 1.75, floor - height + head * 0.42, head * 3.5, head * 0.34, ink),
      polygon(
        [
          [x - head * 1.02, floor - height + head * 0.5],
          [x - head * 0.82, floor - height - head * 0.55],
          [x + head * 0.82, floor - height - head * (0.55 - 0.2 * side)],
          [x + head * 1.02, floor - height + head * 0.5],
        ],
        ink,
      ),
    )
  return shapes
}
