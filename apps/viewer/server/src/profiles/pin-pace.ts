import { MINUTE_MS, SECOND_MS } from '@matinee/base'

/** Wrong PINs in a row, and when the last one came (milliseconds since 1970). */
export interface PinTries {
  readonly wrong: number
  readonly lastMs: number
}

export const NO_TRIES: PinTries = { wrong: 0, lastMs: 0 }

/** As many may be wrong before there is a wait. */
const FREE = 4
const FIRST_WAIT_MS = 30 * SECOND_MS
const LONGEST_WAIT_MS = 60 * MINUTE_MS

/**
 * For how long no PIN is looked at: 30 s after the fifth wrong one in a row, then twice as long each time, at most an hour. A
 * clock that was set back makes nobody wait longer than that.
 */
export function pinWaitMs({ wrong, lastMs }: PinTries, nowMs: number): number {
  if (wrong <= FREE) return 0
  const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(20, wrong - FREE - 1))
  return Math.max(0, Math.min(waitMs, lastMs + waitMs - nowMs))
}
