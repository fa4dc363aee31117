import { MIB, type ByteSpan } from '@matinee/base'

/** What one open reader still needs, in bytes of the torrent. */
export interface Demand {
  readonly span: ByteSpan
  /** The next byte that the reader gives out; everything before it is done with. */
  readonly position: number
}

/** How far beyond its position a reader asks for blocks. */
export const READAHEAD_BYTES = 24 * MIB

/** Several readers take turns in slices of this size, so that none starves another. */
const SLICE_BYTES = 1 * MIB

/**
 * The spans that open readers wait for, most urgent first: the nearest slice of every reader, the
 * youngest reader leading, then the next slice of every reader, to the end of the read-ahead.
 */
export function wantedSpans(demands: readonly Demand[]): ByteSpan[] {
  const wanted: ByteSpan[] = []
  for (let ahead = 0; ahead < READAHEAD_BYTES; ahead += SLICE_BYTES) {
    for (const demand of demands.toReversed()) {
      const start = demand.position + ahead
      const end = Math.min(start + SLICE_BYTES, demand.span.end)
      if (start < end) wanted.push({ start, end })
    }
  }
  return wanted
}
