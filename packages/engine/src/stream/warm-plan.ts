import { LIMITS, type ByteSpan } from '@matinee/base'

/** A span to be got ready, and the most that may be fetched for it. */
export interface WarmPart {
  readonly span: ByteSpan
  readonly allowanceBytes: number
}

/**
 * What fits into a budget, in the order given: whole spans, and of the first that doesn't fit its
 * beginning. `toFetch` says what has to be fetched for a span: less than it where something is here
 * already, more where only whole pieces can be judged.
 */
export function planWarm(
  spans: readonly ByteSpan[],
  budgetBytes: number,
  toFetch: (span: ByteSpan) => number,
): WarmPart[] {
  const parts: WarmPart[] = []
  let left = budgetBytes
  for (const span of spans) {
    const fitting = beginning(span, left, toFetch)
    if (fitting.start < fitting.end) {
      const allowanceBytes = toFetch(fitting)
      parts.push({ span: fitting, allowanceBytes })
      left -= allowanceBytes
    }
    if (fitting.end < span.end) break
  }
  return parts
}

/** The longest beginning of a span, in whole blocks, for which no more than that is fetched. */
function beginning(span: ByteSpan, most: number, toFetch: (span: ByteSpan) => number): ByteSpan {
  const { start } = span
  if (start >= span.end || toFetch(span) <= most) return span
  // Fetching never gets less with a longer span, so halving finds the longest.
  let [fits, tooLong] = [0, Math.ceil((span.end - start) / LIMITS.blockBytes)]
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1
    if (toFetch({ start, end: start + middle * LIMITS.blockBytes }) <= most) fits = middle
    else tooLong = middle
  }
  return { start, end: start + fits * LIMITS.blockBytes }
}
