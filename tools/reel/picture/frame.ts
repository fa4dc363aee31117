import {
  FAREWELL_SECONDS,
  FRAMES_PER_SECOND,
  LEADER_END_SECONDS,
  PLATES_END_SECONDS,
} from '../timeline.ts'
import { leader, openIris } from './leader.ts'
import { ease, type Canvas } from './pen.ts'
import { plates } from './plates.ts'
import { strip } from './strip.ts'
import { farewell, testCard } from './test-card.ts'
import { SLANT } from './ink.ts'

/** Draws frame `frame` of the reel on a canvas of 1280 x 720. Depends on nothing but the number. */
export function drawFrame(pen: Canvas, frame: number): void {
  const seconds = frame / FRAMES_PER_SECOND
  if (seconds < LEADER_END_SECONDS) leader(pen, seconds)
  else if (seconds < LEADER_END_SECONDS + 1) {
    leader(pen, LEADER_END_SECONDS - 1 / FRAMES_PER_SECOND)
    openIris(pen, seconds, LEADER_END_SECONDS, () => plates(pen, seconds - LEADER_END_SECONDS))
  } else if (seconds < PLATES_END_SECONDS) plates(pen, seconds - LEADER_END_SECONDS)
  else {
    const shown = ease(seconds, PLATES_END_SECONDS, PLATES_END_SECONDS + 0.9)
    if (shown < 1) plates(pen, seconds - LEADER_END_SECONDS)
    pen.save()
    if (shown < 1) fromLeft(pen, shown)
    testCard(pen, seconds)
    pen.restore()
    if (seconds >= FAREWELL_SECONDS) farewell(pen, seconds)
  }
  strip(pen, frame)
}

/** Clips to what lies left of the leaning edge that comes in. */
function fromLeft(pen: Canvas, part: number): void {
  const lean = 720 * SLANT
  const edge = -lean - 10 + part * (1290 + lean)
  pen.beginPath()
  pen.lineTo(-10, 0)
  pen.lineTo(edge + lean, 0)
  pen.lineTo(edge, 720)
  pen.lineTo(-10, 720)
  pen.closePath()
  pen.clip()
}
