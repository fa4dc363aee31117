import { PALETTES, SLANT } from './ink.ts'
import {
  disc,
  line,
  polygon,
  ring,
  slice,
  turnAngle,
  write,
  type Canvas,
  type Point,
} from './pen.ts'

export const POSTER = { width: 1000, height: 1500 } as const

/** The reel's poster: the projector's beam on the leader's clock. */
export function drawPoster(pen: Canvas): void {
  const { ground, ink, spot, second } = PALETTES.poster
  const { width, height } = POSTER
  pen.fillStyle = ground
  pen.fillRect(0, 0, width, height)
  const x = 500
  const y = 520
  const radius = 318
  polygon(
    pen,
    [
      [x + radius - 40 + y * SLANT * 1.9, -60],
      [x + radius * 0.985, y + 60],
      [x - radius * 0.955, y - 100],
    ],
    second,
  )
  disc(pen, x, y, radius, spot)
  slice(pen, x, y, radius, 0, 0.375, ink)
  ring(pen, x, y, radius + 34, 5, ink)
  line(pen, [x - radius - 90, y], [x + radius + 90, y], 3, ink)
  line(pen, [x, y - radius - 90], [x, y + radius + 90], 3, ink)
  const angle = turnAngle(0.375)
  const toward = (part: number): Point => [
    x + Math.cos(angle) * radius * part,
    y + Math.sin(angle) * radius * part,
  ]
  line(pen, toward(0.6), toward(1), 12, second)
  write(pen, '60', x, y + 142, {
    face: 'Display',
    size: 400,
    fill: second,
    align: 'center',
    tracking: -0.03,
  })
  write(pen, 'The Matinee', 60, 1164, { face: 'Display', size: 196, fill: ink })
  write(pen, 'Test Reel', 60, 1340, { face: 'Display', size: 196, fill: ink })
  const foot = { face: 'Interface', size: 42, weight: 600, fill: ink } as const
  write(pen, 'One minute of test film', 62, 1440, foot)
  write(pen, '2026', width - 62, 1440, { ...foot, align: 'right' })
}
