/** How often a host is asked, and how long it is left alone after it said that it's too much. Pure. */

/** Between the end of one answer and the next question to the same host. */
export const INTERVAL_MS = 1500
/** The first pause after a refusal without a time; each further one is twice as long. */
export const FIRST_PAUSE_MS = 30_000
/** Nobody waits longer than this in one run: the harvest ends there and goes on when it's called again. */
export const LONGEST_PAUSE_MS = 15 * 60_000
/** Refusals in a row after which a host is left alone for this run. */
const MOST_REFUSALS = 5

/** What is known of a host. */
export interface HostState {
  readonly notBeforeMs: number
  /** How often in a row it said that it's too much. */
  readonly refusals: number
}

/** A host that was never asked. */
export const NEW_HOST: HostState = { notBeforeMs: Number.NEGATIVE_INFINITY, refusals: 0 }

/** Whether a status says that the host has too much to do (RFC 6585 section 4, RFC 9110 section 15.6.4). */
export function isTooMuch(status: number): boolean {
  return status === 429 || status === 503
}

/**
 * What an answer means for the pace.
 *
 * @param retryAfter the header as it came: seconds, or a date
 * @param wallMs milliseconds since 1970, for a date
 */
export function paceAfter(
  state: HostState,
  status: number,
  retryAfter: string | undefined,
  nowMs: number,
  wallMs: number,
): HostState {
  if (!isTooMuch(status)) return { notBeforeMs: nowMs + INTERVAL_MS, refusals: 0 }
  const asked = retryAfterMs(retryAfter, wallMs)
  const pauseMs = Math.max(asked ?? FIRST_PAUSE_MS * 2 ** state.refusals, INTERVAL_MS)
  return { notBeforeMs: nowMs + pauseMs, refusals: state.refusals + 1 }
}

/** For how long a host isn't asked at all any more; `null` = it may be asked when its pause is over. */
export function secondsToLeave({ notBeforeMs, refusals }: HostState, nowMs: number): number | null {
  const pauseMs = notBeforeMs - nowMs
  const isLeft = pauseMs > LONGEST_PAUSE_MS || refusals >= MOST_REFUSALS
  return isLeft ? Math.max(1, Math.ceil(pauseMs / 1000)) : null
}

/** RFC 9110 section 10.2.3: seconds or a date, in milliseconds from now; `null` when it's neither. */
export function retryAfterMs(text: string | undefined, wallMs: number): number | null {
  if (text === undefined || text.length > 64) return null
  const trimmed = text.trim()
  if (/^\d{1,10}$/u.test(trimmed)) return Number(trimmed) * 1000
  // A date has a letter: what is only digits and signs would be read as a year.
  const atMs = /^[A-Za-z]/u.test(trimmed) ? Date.parse(trimmed) : Number.NaN
  return Number.isFinite(atMs) ? Math.max(0, atMs - wallMs) : null
}
