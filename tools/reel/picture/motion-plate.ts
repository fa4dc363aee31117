import type { Palette } from './ink.ts'
import { disc, polygon, type Canvas, type Point } from './pen.ts'

const FLOOR = 430
const LAMP_Y = -60

/** A projector's beam swings over three people on a floor; their shadows follow it. */
export function motionPlate(pen: Canvas, seconds: number, palette: Palette): void {
  const swing = Math.sin((seconds / 7) * 2 * Math.PI - Math.PI / 2)
  const lampX = 640 + 80 * swing
  const middle = 720 + 330 * swing
  wedge(pen, lampX, middle - 330, middle - 130, palette.second)
  wedge(pen, lampX, middle - 130, middle + 190, palette.spot)
  for (const person of PEOPLE) {
    const away = (person.x - lampX) / (FLOOR - LAMP_Y)
    const reach = 90 + 240 * away
    polygon(
      pen,
      [
        [person.x - person.width * 0.44, FLOOR + 2],
        [person.x + person.width * 0.44, FLOOR + 2],
        [person.x + person.width * 0.34 + reach * away * 2.4, FLOOR + 44],
        [person.x - person.width * 0.34 + reach * away * 2.4, FLOOR + 44],
      ],
      palette.second,
    )
    figure(pen, person.x, person.height, person.width, palette.ink)
  }
}

const PEOPLE = [
  { x: 560, height: 176, width: 58 },
  { x: 690, height: 208, width: 66 },
  { x: 800, height: 128, width: 48 },
] as const

function wedge(pen: Canvas, lampX: number, left: number, right: number, fill: string): void {
  const points: Point[] = [
    [lampX, LAMP_Y],
    [right, FLOOR],
    [left, FLOOR],
  ]
  polygon(pen, points, fill)
}

/** Somebody seen from behind: a coat that widens to the floor, and a head. */
function figure(pen: Canvas, x: number, height: number, width: number, fill: string): void {
  const head = width * 0.3
  const shoulders = FLOOR - height + head * 2.15
  polygon(
    pen,
    [
      [x - width * 0.32, shoulders],
      [x + width * 0.32, shoulders],
      [x + width * 0.5, FLOOR],
      [x - width * 0.5, FLOOR],
    ],
    fill,
  )
  disc(pen, x, shoulders, width * 0.32, fill)
  disc(pen, x, FLOOR - height + head, head, fill)
}
