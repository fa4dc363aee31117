import { FLASH_FRAMES, FRAMES_PER_SECOND } from '../timeline.ts'
import { HOUSE } from './ink.ts'
import { disc, line, ring, slice, turnAngle, write, type Canvas } from './pen.ts'

export interface ClockStyle {
  readonly x: number
  readonly y: number
  readonly radius: number
  readonly figure: string
  readonly ground: string
}

/** The leader's clock: one turn a second, and a rim that lights up while the beep is heard. */
export function clock(pen: Canvas, seconds: number, style: ClockStyle): void {
  const { x, y, radius } = style
  const outer = radius * 1.095
  const second = Math.floor(seconds)
  const turn = seconds - second
  const [before, after] = second % 2 === 0 ? [style.ground, HOUSE.warm] : [HOUSE.warm, style.ground]

  disc(pen, x, y, outer, flash(seconds) ? '#FFFFFF' : style.ground)
  disc(pen, x, y, radius, before)
  slice(pen, x, y, radius, 0, turn, after)
  const reach = radius * 1.28
  line(pen, [x - reach, y], [x + reach, y], 1.5, HOUSE.edge)
  line(pen, [x, y - reach], [x, y + reach], 1.5, HOUSE.edge)
  ring(pen, x, y, radius, 3, HOUSE.text)
  ring(pen, x, y, outer, 3, HOUSE.text)
  const angle = turnAngle(turn)
  line(pen, [x, y], [x + Math.cos(angle) * radius, y + Math.sin(angle) * radius], 4.5, HOUSE.lamp)
  write(pen, style.figure, x, y + radius * 0.405, {
    face: 'Display',
    size: radius * 1.14,
    fill: HOUSE.text,
    align: 'center',
    tracking: 0,
  })
}

/** Whether the lamp is white: the first frames of every second. */
export function flash(seconds: number): boolean {
  return (seconds - Math.floor(seconds)) * FRAMES_PER_SECOND < FLASH_FRAMES - 0.5
}
