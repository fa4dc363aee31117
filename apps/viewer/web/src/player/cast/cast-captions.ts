import { writeVtt } from '@matinee/media'
import type { CastCaptionsWish } from '#api'
import type { SubtitleState } from '../subtitle-desk.ts'
import type { SubtitleLook } from '../subtitle-look.ts'
import { filmTime } from '../subtitle-timing.ts'

const SCALES: Readonly<Record<SubtitleLook['size'], number>> = {
  small: 0.75,
  usual: 1,
  large: 1.3,
  huge: 1.7,
}

/** As the player's style sheet has them. */
const COLOURS: Readonly<Record<SubtitleLook['colour'], string>> = {
  cream: '#faefe2',
  white: '#ffffff',
  yellow: '#ffe25a',
}

/**
 * The subtitles that are shown, as they go to another screen: chosen, moved and stretched as the viewer has them, and
 * looking so. Null when none are shown, or while they are read.
 */
export function castCaptions(
  { tracks, chosenId, line, timing }: SubtitleState,
  look: SubtitleLook,
): CastCaptionsWish | null {
  const track = tracks.find(({ id }) => id === chosenId)
  if (track === undefined || line === null) return null
  const cues = line.cues.flatMap((cue) => {
    const startSeconds = Math.max(0, filmTime(timing, cue.startSeconds))
    const endSeconds = filmTime(timing, cue.endSeconds)
    return endSeconds > startSeconds ? [{ ...cue, startSeconds, endSeconds }] : []
  })
  return {
    vtt: writeVtt(cues),
    label: track.label.slice(0, 200),
    language: track.language ?? '',
    style: {
      scale: SCALES[look.size],
      colour: COLOURS[look.colour],
      background: look.background,
    },
  }
}
