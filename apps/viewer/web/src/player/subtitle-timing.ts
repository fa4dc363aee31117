/** How subtitles run against the film: what stands at `t` in them shows at `t × stretch + delay`. */
export interface SubtitleTiming {
  /** Above 0 = later. A multiple of 50. */
  readonly delayMs: number
  /** Above 1 = slower. */
  readonly stretch: number
}

/** "This is the line that I hear": where it stands in the subtitles, and when it was heard in the film. Seconds. */
export interface HeardLine {
  readonly cueSeconds: number
  readonly filmSeconds: number
}

export const IN_STEP: SubtitleTiming = { delayMs: 0, stretch: 1 }
/** One step of the delay. */
export const DELAY_STEP_MS = 50
const LONGEST_DELAY_MS = 600_000

/** Subtitles made for another number of pictures a second than the film has. */
export const STRETCHES = [
  { id: 'as-made', stretch: 1 },
  { id: 'from-25-to-24', stretch: 25 / 23.976 },
  { id: 'from-24-to-25', stretch: 23.976 / 25 },
] as const

/** Two heard lines tell how fast the subtitles run only when they are so far apart. */
const FAR_APART_SECONDS = 120
/** Farther from 1 than any film is: then it was another line. */
const STRETCH_BOUNDS = { low: 0.9, high: 1.1 }

/** The place in the subtitles that shows at a moment of the film. Seconds. */
export function cueTime({ delayMs, stretch }: SubtitleTiming, filmSeconds: number): number {
  return (filmSeconds - delayMs / 1000) / stretch
}

/** The moment of the film at which a place of the subtitles shows. Seconds. */
export function filmTime({ delayMs, stretch }: SubtitleTiming, cueSeconds: number): number {
  return cueSeconds * stretch + delayMs / 1000
}

/** The same, later or sooner; never by more than ten minutes. */
export function delayed(timing: SubtitleTiming, delayMs: number): SubtitleTiming {
  const steps = Math.round(delayMs / DELAY_STEP_MS)
  const bound = Math.max(-LONGEST_DELAY_MS, Math.min(LONGEST_DELAY_MS, steps * DELAY_STEP_MS))
  return { ...timing, delayMs: bound }
}

/**
 * In step with a line that is heard now. With another one, heard far from it, also as fast as the film, if that
 * gives a speed that films have.
 */
export function inStepWith(
  timing: SubtitleTiming,
  now: HeardLine,
  before: HeardLine | null,
): SubtitleTiming {
  const stretch = before === null ? null : stretchOf(before, now)
  const chosen = stretch ?? timing.stretch
  return delayed({ ...timing, stretch: chosen }, (now.filmSeconds - now.cueSeconds * chosen) * 1000)
}

/** Whether two heard lines say how fast the subtitles run. */
export function areFarApart(a: HeardLine, b: HeardLine): boolean {
  const isFar = (x: number, y: number): boolean => Math.abs(y - x) >= FAR_APART_SECONDS
  return isFar(a.cueSeconds, b.cueSeconds) && isFar(a.filmSeconds, b.filmSeconds)
}

/** A timing that was kept, or {@link IN_STEP} for what none can be. */
export function possibleTiming(delayMs: unknown, stretch: unknown): SubtitleTiming {
  if (typeof delayMs !== 'number' || typeof stretch !== 'number') return IN_STEP
  if (!Number.isFinite(delayMs) || !isPossible(stretch)) return IN_STEP
  return delayed({ delayMs: 0, stretch }, delayMs)
}

function stretchOf(a: HeardLine, b: HeardLine): number | null {
  if (!areFarApart(a, b)) return null
  const stretch = (b.filmSeconds - a.filmSeconds) / (b.cueSeconds - a.cueSeconds)
  return isPossible(stretch) ? stretch : null
}

function isPossible(stretch: number): boolean {
  return stretch >= STRETCH_BOUNDS.low && stretch <= STRETCH_BOUNDS.high
}
