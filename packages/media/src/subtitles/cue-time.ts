/** Longer than any film: what lies behind is a fault or an attack. */
const LAST_SECONDS = 100 * 3600

const TIME = /^(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,9}))?$/u

/**
 * Seconds of a moment as SRT, WebVTT and ASS write it (`1:02:03,450`, `02:03.45`); `null` when it's
 * none, negative, or behind the hundredth hour.
 */
export function parseCueTime(text: string): number | null {
  const found = TIME.exec(text.trim())
  if (!found) return null
  const [, hours = '0', minutes, seconds, fraction = '0'] = found
  const whole = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  if (whole >= LAST_SECONDS) return null
  // Milliseconds are as fine as any of the formats is.
  return whole + Number(fraction.padEnd(3, '0').slice(0, 3)) / 1000
}

/** The two moments of a timing line of SRT or WebVTT, and what stands behind them. */
export interface CueTiming {
  readonly startSeconds: number
  readonly endSeconds: number
  readonly rest: string
}

/** What a line with `-->` says, or `null` when it isn't a timing line. */
export function parseTiming(line: string): CueTiming | null {
  const arrow = line.indexOf('-->')
  if (arrow === -1) return null
  const right = line.slice(arrow + 3).trimStart()
  const gap = right.search(/\s/u)
  const startSeconds = parseCueTime(line.slice(0, arrow))
  const endSeconds = parseCueTime(gap === -1 ? right : right.slice(0, gap))
  if (startSeconds === null || endSeconds === null) return null
  return { startSeconds, endSeconds, rest: gap === -1 ? '' : right.slice(gap).trim() }
}

/** Whether a line looks like the timing of a cue, readable or not: text never goes on behind it. */
export function isTimingLine(line: string): boolean {
  return /^\s*-?[\d:.,]+\s*-->/u.test(line)
}

/** `HH:MM:SS.mmm`, as WebVTT writes it. */
export function formatCueTime(seconds: number): string {
  const total = Math.round(seconds * 1000)
  const pad = (value: number, width: number): string => String(value).padStart(width, '0')
  const hours = pad(Math.floor(total / 3_600_000), 2)
  const minutes = pad(Math.floor(total / 60_000) % 60, 2)
  return `${hours}:${minutes}:${pad(Math.floor(total / 1000) % 60, 2)}.${pad(total % 1000, 3)}`
}
