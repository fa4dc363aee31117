import { beepSide, FAREWELL_SECONDS, STEREO_SECONDS } from '../timeline.ts'
import { clock, flash } from './clock.ts'
import { HOUSE, PALETTES, SLANT } from './ink.ts'
import { disc, ease, leaningBox, line, ring, write, type Canvas } from './pen.ts'
import { wordmark } from './wordmark.ts'

const FLOOR = 656
const CLOCK = { x: 640, y: 316, radius: 196 } as const

/** A test card in Matinee's inks: bars of colour and of grey that lean, a grid, a clock, two speakers. */
export function testCard(pen: Canvas, seconds: number): void {
  pen.fillStyle = HOUSE.ground
  pen.fillRect(0, 0, 1280, FLOOR)
  grid(pen)
  bars(pen, 84, 64, 150, COLOURS)
  bars(pen, 84, FLOOR - 150, 86, GREYS)
  disc(pen, CLOCK.x, CLOCK.y, CLOCK.radius * 1.3, HOUSE.ground)
  ring(pen, CLOCK.x, CLOCK.y, CLOCK.radius * 1.3, 1.5, HOUSE.edge)
  clock(pen, seconds, { ...CLOCK, figure: String(Math.floor(seconds)), ground: HOUSE.surface })
  write(pen, 'The Matinee', 84, 304, TITLE)
  write(pen, 'Test Reel', 84, 362, TITLE)
  write(pen, '1280 × 720, 24 frames a second', 86, 412, FACT)
  write(pen, 'H.264, AAC stereo at 48 kHz', 86, 440, FACT)
  wordmark(pen, 1036, 300, 52, HOUSE.text, HOUSE.lamp)
  speakers(pen, seconds)
}

/** The last words: the card goes dark and the film says what it has shown. */
export function farewell(pen: Canvas, seconds: number): void {
  const dark = ease(seconds, FAREWELL_SECONDS, FAREWELL_SECONDS + 0.6)
  if (dark <= 0) return
  pen.save()
  pen.beginPath()
  const lean = FLOOR * SLANT
  const edge = -lean - 10 + dark * (1290 + lean)
  pen.lineTo(-10, 0)
  pen.lineTo(edge + lean, 0)
  pen.lineTo(edge, FLOOR)
  pen.lineTo(-10, FLOOR)
  pen.closePath()
  pen.fillStyle = HOUSE.curtain
  pen.fill()
  pen.clip()
  write(pen, 'That was', 70, 250, { face: 'Display', size: 150, fill: '#FCE9D6' })
  write(pen, 'one minute.', 70, 386, { face: 'Display', size: 150, fill: '#FCE9D6' })
  const note = { face: 'Notes', size: 32, weight: 400, fill: '#FCE9D6' } as const
  write(pen, 'Numbers seen, beeps heard, words read?', 74, 468, note)
  write(pen, 'Then this computer is ready for a film.', 74, 508, note)
  wordmark(pen, 1044, 104, 46, '#FCE9D6', HOUSE.lamp)
  clock(pen, seconds, {
    x: 1090,
    y: 420,
    radius: 104,
    figure: String(60 - Math.floor(seconds)),
    ground: HOUSE.curtain,
  })
  pen.restore()
}

function grid(pen: Canvas): void {
  for (let x = 40; x < 1280; x += 80) line(pen, [x, 0], [x, FLOOR], 1, HOUSE.raised)
  for (let y = 28; y < FLOOR; y += 80) line(pen, [0, y], [1280, y], 1, HOUSE.raised)
}

function bars(pen: Canvas, x: number, y: number, height: number, fills: readonly string[]): void {
  const lean = height * SLANT
  const width = (1280 - 2 * x - lean) / fills.length
  for (const [index, fill] of fills.entries())
    leaningBox(pen, x + index * width, y, width + 0.6, height, fill)
}

/** L and R: the one that sounds is lit. */
function speakers(pen: Canvas, seconds: number): void {
  const trying = seconds >= STEREO_SECONDS.start && seconds < STEREO_SECONDS.end
  const side = beepSide(Math.floor(seconds))
  const half = seconds - Math.floor(seconds) < 0.5
  for (const [letter, x, name] of [
    ['L', 1064, 'left'],
    ['R', 1152, 'right'],
  ] as const) {
    const sounds = trying ? side === name && half : flash(seconds)
    disc(pen, x, 378, 34, sounds ? HOUSE.lamp : HOUSE.ground)
    ring(pen, x, 378, 34, 2, sounds ? HOUSE.lamp : HOUSE.edge)
    write(pen, letter, x, 391, {
      face: 'Display',
      size: 38,
      fill: sounds ? '#26140A' : HOUSE.text,
      align: 'center',
    })
  }
  const words = trying ? `Beep in the ${side} speaker` : 'Beep in both speakers'
  write(pen, words, 1108, 446, { ...FACT, align: 'center' })
}

const TITLE = { face: 'Display', size: 62, fill: HOUSE.text } as const
const FACT = { face: 'Interface', size: 19, weight: 500, fill: HOUSE.note } as const

const COLOURS = [
  '#FFFFFF',
  PALETTES.colour.ground,
  PALETTES.detail.ground,
  '#8AC4E6',
  PALETTES.colour.spot,
  PALETTES.motion.second,
  PALETTES.poster.ground,
  PALETTES.motion.ground,
] as const
const GREYS = Array.from({ length: 12 }, (_, step) => {
  const level = Math.round((step * 255) / 11)
  return `rgb(${level} ${level} ${level})`
})
