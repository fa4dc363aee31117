import { LEADER_END_SECONDS } from '../timeline.ts'
import { HOUSE, SLANT } from './ink.ts'
import { clock } from './clock.ts'
import { ease, polygon, write, type Canvas } from './pen.ts'
import { wordmark } from './wordmark.ts'

const FLOOR = 656
const CLOCK = { x: 880, y: 318, radius: 236 } as const

/** The countdown: the title at left, the leader's clock at right, cut by the beam's edge. */
export function leader(pen: Canvas, seconds: number): void {
  pen.fillStyle = HOUSE.ground
  pen.fillRect(0, 0, 1280, 720)
  const cut = 560
  polygon(
    pen,
    [
      [cut + FLOOR * SLANT, 0],
      [1280, 0],
      [1280, FLOOR],
      [cut, FLOOR],
    ],
    HOUSE.surface,
  )
  wordmark(pen, 72, 104, 46, HOUSE.text, HOUSE.lamp)
  write(pen, 'The Test', 70, 300, { face: 'Display', size: 124, fill: HOUSE.text })
  write(pen, 'Reel', 70, 408, { face: 'Display', size: 124, fill: HOUSE.text })
  write(pen, 'One minute, to see whether', 72, 474, NOTE)
  write(pen, 'picture, sound and words arrive.', 72, 508, NOTE)
  clock(pen, seconds, {
    ...CLOCK,
    figure: String(LEADER_END_SECONDS - Math.floor(seconds)),
    ground: HOUSE.surface,
  })
}

/** The clock's disc opens until it has filled the picture with `fill`: how the leader ends. */
export function openIris(pen: Canvas, seconds: number, from: number, draw: () => void): void {
  const part = ease(seconds, from, from + 0.75)
  pen.save()
  pen.beginPath()
  pen.arc(CLOCK.x, CLOCK.y, 40 + part * 1080, 0, 2 * Math.PI)
  pen.clip()
  draw()
  pen.restore()
}

const NOTE = { face: 'Notes', size: 28, weight: 400, fill: HOUSE.note } as const
