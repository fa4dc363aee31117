import type { Palette } from './ink.ts'
import { blend, disc, ease, leaningBox, type Canvas } from './pen.ts'

const STEPS = 16
const HORIZON = 430

/** A sun rises over sixteen leaning steps from the palette's dark to its light. */
export function shadePlate(pen: Canvas, seconds: number, palette: Palette): void {
  const risen = ease(seconds, -0.6, 7.6)
  pen.save()
  pen.beginPath()
  pen.rect(0, 0, 1280, HORIZON)
  pen.clip()
  const sunY = HORIZON + 150 - 310 * risen
  for (let halo = 3; halo >= 0; halo--)
    disc(pen, 760, sunY, 150 + halo * 62, blend(palette.ground, palette.spot, SUN[halo] ?? 1))
  pen.restore()
  const width = 1420 / STEPS
  pen.save()
  pen.beginPath()
  pen.rect(0, HORIZON, 1280, 34)
  pen.clip()
  for (let step = 0; step < STEPS; step++)
    leaningBox(pen, -60 + step * width, HORIZON, width + 1, 34, tone(step, palette))
  pen.restore()
}

const SUN = [1, 0.42, 0.22, 0.09]

function tone(step: number, palette: Palette): string {
  const part = step / (STEPS - 1)
  return part < 0.5
    ? blend(palette.second, palette.spot, part * 2)
    : blend(palette.spot, '#FFFFFF', part * 2 - 1)
}
