/** Credits are taken to begin so long before the end, where nothing says when they do. */
const CREDITS_SECONDS = 90
/** Of something short a smaller part. */
const CREDITS_SHARE = 0.05

/** Where a film is. */
export interface FilmPlace {
  readonly isEnded: boolean
  /** 0 = not known yet. */
  readonly durationSeconds: number
  readonly positionSeconds: number
}

/** Whether the film has come to its end credits, as far as one can tell from its length. */
export function isAtCredits({ isEnded, durationSeconds, positionSeconds }: FilmPlace): boolean {
  if (durationSeconds <= 0) return false
  const before = Math.min(CREDITS_SECONDS, durationSeconds * CREDITS_SHARE)
  return isEnded || durationSeconds - positionSeconds <= before
}
