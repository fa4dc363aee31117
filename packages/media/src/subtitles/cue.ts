/** Text in one style. Never markup: whoever shows it makes a text of it. */
export interface CueRun {
  /** Without line breaks and control characters; never empty. */
  readonly text: string
  readonly isItalic: boolean
  readonly isBold: boolean
}

/** One line of a cue: its runs from left to right as they are read, never empty. */
export type CueLine = readonly CueRun[]

/** Where a cue wishes to stand; a screen may do otherwise. */
export interface CuePlace {
  /** 0 = top, 100 = bottom; `null` = where subtitles stand by default. */
  readonly linePercent: number | null
  /** Where its anchor is from left to right; `null` = in the middle. */
  readonly positionPercent: number | null
  readonly align: 'start' | 'center' | 'end'
}

/** What is read or heard from one moment to another. `startSeconds < endSeconds`, both counted from the film's start. */
export interface Cue {
  readonly startSeconds: number
  readonly endSeconds: number
  /** At least one. */
  readonly lines: readonly CueLine[]
  readonly place: CuePlace
}

/** The place of a cue that doesn't ask for one. */
export const USUAL_PLACE: CuePlace = { linePercent: null, positionPercent: null, align: 'center' }

/** The text of a cue without styles, a line break between its lines. */
export function plainText(cue: Cue): string {
  return cue.lines.map((line) => line.map((run) => run.text).join('')).join('\n')
}
