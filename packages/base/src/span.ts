/** A half-open run of bytes: `start` belongs to it, `end` does not. `start <= end`. */
export interface ByteSpan {
  readonly start: number
  readonly end: number
}

/** The number of bytes in a span. */
export function spanLength(span: ByteSpan): number {
  return span.end - span.start
}

/** What two spans share, or `null` when they share nothing. */
export function intersect(a: ByteSpan, b: ByteSpan): ByteSpan | null {
  const start = Math.max(a.start, b.start)
  const end = Math.min(a.end, b.end)
  return start < end ? { start, end } : null
}
