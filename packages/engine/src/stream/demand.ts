import { MIB, type ByteSpan } from '@matinee/base'
import type { BlockRange, Demand, DueWindow } from '../pick/demand.ts'
import type { Need } from './playback.ts'

/** Several readers take turns in slices of this size, so that none starves another. */
const SLICE_BYTES = 4 * MIB
/** Goals of starving readers that come before the windows of readers that play: the first second. */
const FIRST_GOALS = 2

/** How bytes become blocks. */
export interface DemandGrid {
  /** Bytes of the torrent to blocks, rounded out to whole pieces where those are judged whole. */
  rangeOf(span: ByteSpan): BlockRange
  /** Where a block must be complete for its first byte to be read: its own start, or its piece's. */
  readableFrom(block: number): number
}

/** Puts what readers need into one order; the youngest comes last in `needs` and first in the order. */
export function demandOf(needs: readonly Need[], grid: DemandGrid): Demand {
  const youngestFirst = needs.toReversed()
  const goals: BlockRange[] = []
  const levels = Math.max(0, ...needs.map((need) => need.goals.length))
  const windows = youngestFirst.flatMap(({ window }) => (window ? [dueWindow(window, grid)] : []))
  for (let level = 0; level < levels; level++) {
    if (level === FIRST_GOALS) goals.push(...windows)
    for (const need of youngestFirst) {
      const goal = need.goals[level]
      if (goal) goals.push(grid.rangeOf(goal))
    }
  }
  const later: BlockRange[] = []
  const ahead = youngestFirst.flatMap((need) => (need.later ? [need.later] : []))
  const longest = Math.max(0, ...ahead.map(({ start, end }) => end - start))
  for (let offset = 0; offset < longest; offset += SLICE_BYTES)
    for (const span of ahead) {
      const start = span.start + offset
      const end = Math.min(span.end, start + SLICE_BYTES)
      if (start < end) later.push(grid.rangeOf({ start, end }))
    }
  return { goals, windows, later }
}

function dueWindow(window: NonNullable<Need['window']>, grid: DemandGrid): DueWindow {
  const { span, startDueMs, bytesPerSecond } = window
  return {
    ...grid.rangeOf(span),
    dueMs: (block) =>
      startDueMs + ((grid.readableFrom(block) - span.start) / bytesPerSecond) * 1000,
  }
}
