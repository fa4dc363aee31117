import { LIMITS } from '@matinee/base'
import { AssScript, type AssDrawing } from '../subtitles/ass-drawing.ts'
import { assCues, type AssCues } from '../subtitles/ass.ts'
import { USUAL_PLACE, type Cue } from '../subtitles/cue.ts'
import { srtCue } from '../subtitles/srt.ts'
import { shownCues } from '../subtitles/subtitles.ts'
import { webVttCue } from '../subtitles/webvtt.ts'
import type { EmbeddedBlock } from './cluster-scan.ts'
import type { EmbeddedTrack } from './embedded-track.ts'

/** A line without a duration stays at most so long, unless the next one comes. */
const LONGEST_OPEN_SECONDS = 5

/** The cues of one embedded track, as far as its blocks were read. */
export class EmbeddedCues {
  readonly #track: EmbeddedTrack
  readonly #ass: AssCues | null
  readonly #script: AssScript | null
  /** By the block's place in the file; null = a drawing without a word. */
  readonly #found = new Map<number, Cue | null>()

  constructor(track: EmbeddedTrack) {
    this.#track = track
    const isAss = track.format === 'ass'
    const header = isAss ? new TextDecoder().decode(track.header) : ''
    this.#ass = isAss ? assCues(header) : null
    this.#script = isAss ? new AssScript() : null
    this.#script?.addText(header)
  }

  /** Takes in a block whose payload isn't packed. False when it says nothing new: known, empty, or one too many. */
  add({ offset, startSeconds, durationSeconds, payload }: EmbeddedBlock): boolean {
    if (this.#found.has(offset) || this.#found.size >= LIMITS.subtitleCues) return false
    const endSeconds = startSeconds + (durationSeconds ?? LONGEST_OPEN_SECONDS)
    const isTime = startSeconds >= 0 && endSeconds > startSeconds && endSeconds < LIMITS.filmSeconds
    if (!isTime) return false
    const text = new TextDecoder().decode(payload)
    const cue = this.#cue({ startSeconds, endSeconds }, text)
    const isEmpty = cue === null || cue.lines.length === 0
    if (isEmpty && this.#script === null) return false
    this.#script?.addEmbedded({ startSeconds, endSeconds }, text)
    this.#found.set(offset, isEmpty ? null : cue)
    return true
  }

  /** In order of their start, never more than 16 at once. */
  get cues(): readonly Cue[] {
    return shownCues([...this.#found.values()].filter((cue) => cue !== null))
  }

  /** What can be drawn up to now; null = the track has no styles. */
  get drawing(): AssDrawing | null {
    return this.#script?.drawing ?? null
  }

  #cue(times: Pick<Cue, 'startSeconds' | 'endSeconds'>, text: string): Cue | null {
    if (this.#ass !== null) return this.#ass(times, text)
    if (this.#track.format === 'webvtt')
      return { ...times, lines: webVttCue(text), place: USUAL_PLACE }
    return srtCue(times, text)
  }
}
