import { frameCells, REEL_CODE_PLACE } from '../../../packages/testkit/src/frame-code.ts'
import { FRAMES_PER_SECOND, HEIGHT, WIDTH } from '../timeline.ts'
import { flash } from './clock.ts'
import { HOUSE } from './ink.ts'
import { disc, ring, write, writeFigures, type Canvas } from './pen.ts'

const TOP = 656

/** The foot of every frame: film time, the frame's number as squares and as figures, the lamp. */
export function strip(pen: Canvas, frame: number): void {
  pen.fillStyle = '#0C0607'
  pen.fillRect(0, TOP, WIDTH, HEIGHT - TOP)
  frameCode(pen, frame)
  const second = Math.floor(frame / FRAMES_PER_SECOND)
  writeFigures(pen, `0:${String(second).padStart(2, '0')}`, 72, 701, {
    face: 'Display',
    size: 34,
    fill: HOUSE.lamp,
  })
  write(pen, 'film time', 140, 700, LABEL)
  write(pen, 'frame', 1028, 700, { ...LABEL, align: 'right' })
  writeFigures(pen, String(frame).padStart(4, '0'), 1040, 701, {
    face: 'Display',
    size: 34,
    fill: HOUSE.text,
  })
  const lit = flash(frame / FRAMES_PER_SECOND)
  if (lit) disc(pen, 1190, 688, 17, '#FFFFFF')
  else ring(pen, 1190, 688, 16, 2, HOUSE.edge)
}

/** The number as squares, for programs. Whole pixels, so that no seam shows between two of one colour. */
function frameCode(pen: Canvas, frame: number): void {
  const { left, right, top, bottom } = REEL_CODE_PLACE
  const cells = frameCells(frame)
  const edge = (cell: number): number =>
    Math.round(WIDTH * (left + ((right - left) * cell) / cells.length))
  const y = Math.round(HEIGHT * top)
  const height = Math.round(HEIGHT * bottom) - y
  for (const [cell, white] of cells.entries()) {
    pen.fillStyle = white ? '#FFFFFF' : '#000000'
    pen.fillRect(edge(cell), y, edge(cell + 1) - edge(cell), height)
  }
}

const LABEL = { face: 'Interface', size: 18, weight: 500, fill: HOUSE.faint } as const
