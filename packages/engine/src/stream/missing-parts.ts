import type { ByteSpan } from '@matinee/base'
import type { Layout } from '@matinee/protocol'

/** What can't be had of a file at this moment. */
export interface MissingParts {
  readonly fileIndex: number
  /** Half-open, in bytes of the file, in order, without touching each other. */
  readonly parts: readonly ByteSpan[]
}

/**
 * The parts of a file whose pieces nobody has.
 *
 * @param isHad of a piece: on this disk, or with somebody who could be asked
 */
export function missingParts(
  layout: Layout,
  fileIndex: number,
  isHad: (piece: number) => boolean,
): MissingParts {
  const file = layout.fileSpan(fileIndex)
  const parts: { start: number; end: number }[] = []
  if (file.start === file.end) return { fileIndex, parts }
  const last = layout.blockAt(file.end - 1).piece
  for (let piece = layout.blockAt(file.start).piece; piece <= last; piece++) {
    if (isHad(piece)) continue
    const span = layout.pieceSpan(layout.piece(piece))
    const start = Math.max(span.start, file.start) - file.start
    const end = Math.min(span.end, file.end) - file.start
    const before = parts.at(-1)
    if (before?.end === start) before.end = end
    else if (start < end) parts.push({ start, end })
  }
  return { fileIndex, parts }
}
