import type { TimeSpan } from './player-state.ts'

/** A chapter's stretch of the time line. */
export interface TimeSegment extends TimeSpan {
  /** Which of the chapters. */
  readonly chapter: number
}

/** Cuts the time line at the chapters. Without chapters it's one segment. Empty while the length is unknown. */
export function timeSegments(
  chapterStarts: readonly number[],
  durationSeconds: number,
): readonly TimeSegment[] {
  if (durationSeconds <= 0) return []
  const starts = chapterStarts.filter((start) => start < durationSeconds)
  if (starts.length === 0) return [{ start: 0, end: durationSeconds, chapter: 0 }]
  return starts.map((start, chapter) => ({
    start: chapter === 0 ? 0 : start,
    end: starts[chapter + 1] ?? durationSeconds,
    chapter,
  }))
}

/** How much of a segment lies before a position: 0 to 1. */
export function filledFraction(segment: TimeSpan, position: number): number {
  const length = segment.end - segment.start
  return length <= 0 ? 0 : Math.min(1, Math.max(0, (position - segment.start) / length))
}

/** The end of what can be shown without a gap from a position on; the position itself when nothing can. */
export function readyUntil(ready: readonly TimeSpan[], position: number): number {
  // Media elements name the same instant a little differently in different places.
  const slack = 0.1
  const span = ready.find(({ start, end }) => start <= position + slack && position < end)
  return span?.end ?? position
}

/** The part of a segment that a span covers, as fractions of the segment, or null. */
export function coveredPart(segment: TimeSpan, span: TimeSpan): TimeSpan | null {
  const start = filledFraction(segment, span.start)
  const end = filledFraction(segment, span.end)
  return end > start ? { start, end } : null
}

/** Which segment a position is in. */
export function segmentAt(segments: readonly TimeSegment[], position: number): TimeSegment | null {
  return segments.findLast(({ start }) => position >= start) ?? segments[0] ?? null
}

/** So close to a chapter's start "back" means the one before. */
const CHAPTER_GRACE_SECONDS = 3

/** Where the chapter after (1) or before (-1) a position begins; the film's end after the last one. */
export function chapterStart(
  starts: readonly number[],
  position: number,
  step: 1 | -1,
  durationSeconds: number,
): number {
  return step === 1
    ? (starts.find((start) => start > position) ?? durationSeconds)
    : (starts.findLast((start) => start < position - CHAPTER_GRACE_SECONDS) ?? 0)
}
