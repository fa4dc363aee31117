import type { ByteSpan } from '@matinee/base'
import type { BlockGrid } from './block-grid.ts'
import type { BlockTable } from './block-table.ts'

/** How far from the start of a span of the torrent every byte is verified; its start when the first isn't. */
export function verifiedUntil(grid: BlockGrid, table: BlockTable, span: ByteSpan): number {
  const range = grid.blocksOf(span)
  let end = span.start
  for (let block = range.first; block < range.end && table.isHave(block); block++)
    end = grid.spanOf(block).end
  return Math.min(end, span.end)
}

/** How many bytes of a span of the torrent are verified. */
export function verifiedIn(grid: BlockGrid, table: BlockTable, span: ByteSpan): number {
  if (span.start === span.end) return 0
  const { first, end } = grid.blocksOf(span)
  let bytes = 0
  for (let block = first; block < end; block++) {
    if (!table.isHave(block)) continue
    const own = grid.spanOf(block)
    bytes += Math.max(0, Math.min(own.end, span.end) - Math.max(own.start, span.start))
  }
  return bytes
}
