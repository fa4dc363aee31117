import { spanLength, type ByteSpan } from '@matinee/base'
import type { Layout } from '@matinee/protocol'
import type { VerifiedBytes } from '../verify/verified-bytes.ts'

/** What may be uploaded, and from where. */
export interface UploadSource {
  readonly layout: Layout
  hasPiece(piece: number): boolean
  /** We told that we had it, and then that we hadn't: who asks for it all the same may not have heard. */
  hadPiece(piece: number): boolean
  /** Bytes of a piece that we have. Rejects when the disk refuses or they are no longer right. */
  read(span: ByteSpan): Promise<VerifiedBytes>
}

/** Bytes of a piece, with the zeros that other clients see behind a v2 file's end. */
export async function readPadded(source: UploadSource, span: ByteSpan): Promise<Uint8Array> {
  const { layout } = source
  const piece = layout.pieceSpan(layout.piece(Math.floor(span.start / layout.pieceLength)))
  const end = Math.min(span.end, piece.end)
  if (end === span.end) return source.read(span)
  const padded = new Uint8Array(spanLength(span))
  if (span.start < end) padded.set(await source.read({ start: span.start, end }))
  return padded
}
