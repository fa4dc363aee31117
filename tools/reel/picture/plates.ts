import { PLATE_SECONDS } from '../timeline.ts'
import { PALETTES, SLANT, type Palette } from './ink.ts'
import { ease, polygon, write, type Canvas } from './pen.ts'
import { colourPlate } from './colour-plate.ts'
import { detailPlate } from './detail-plate.ts'
import { motionPlate } from './motion-plate.ts'
import { shadePlate } from './shade-plate.ts'

interface Plate {
  readonly title: string
  readonly note: string
  readonly palette: Palette
  /** Draws the picture above the title; `seconds` count from the plate's start. */
  readonly draw: (pen: Canvas, seconds: number, palette: Palette) => void
}

const PLATES: readonly Plate[] = [
  {
    title: 'Motion',
    note: 'The beam glides. It never stutters.',
    palette: PALETTES.motion,
    draw: motionPlate,
  },
  {
    title: 'Colour',
    note: 'Green and coral meet, and where they meet it is dark.',
    palette: PALETTES.colour,
    draw: colourPlate,
  },
  {
    title: 'Shade',
    note: 'Sixteen steps, from night to noon. All are there.',
    palette: PALETTES.shade,
    draw: shadePlate,
  },
  {
    title: 'Detail',
    note: 'Fine lines stay lines, right to the middle.',
    palette: PALETTES.detail,
    draw: detailPlate,
  },
]

/** The four plates one after another; each is swept away by the next along the beam's edge. */
export function plates(pen: Canvas, seconds: number): void {
  const at = Math.min(PLATES.length - 1, Math.floor(seconds / PLATE_SECONDS))
  const since = seconds - at * PLATE_SECONDS
  const swept = at === 0 ? 1 : ease(since, 0, 0.9)
  if (swept < 1) plate(pen, at - 1, since + PLATE_SECONDS)
  pen.save()
  if (swept < 1) sweep(pen, swept, PLATES[at]?.palette.spot ?? '#000000')
  plate(pen, at, since)
  pen.restore()
}

/** Everything left of a leaning edge is the new picture; a band of its spot colour goes before. */
function sweep(pen: Canvas, part: number, band: string): void {
  const lean = 720 * SLANT
  const edge = -lean - 60 + part * (1280 + lean + 60)
  polygon(
    pen,
    [
      [edge + lean, 0],
      [edge + lean + 56, 0],
      [edge + 56, 720],
      [edge, 720],
    ],
    band,
  )
  pen.beginPath()
  pen.lineTo(-10, 0)
  pen.lineTo(edge + lean, 0)
  pen.lineTo(edge, 720)
  pen.lineTo(-10, 720)
  pen.closePath()
  pen.clip()
}

function plate(pen: Canvas, at: number, seconds: number): void {
  const shown = PLATES[at]
  if (!shown) return
  pen.fillStyle = shown.palette.ground
  pen.fillRect(0, 0, 1280, 720)
  shown.draw(pen, seconds, shown.palette)
  const fill = shown.palette.ink
  write(pen, shown.title, 70, 574, { face: 'Display', size: 132, fill })
  write(pen, shown.note, 74, 620, { face: 'Notes', size: 27, weight: 400, fill })
}
