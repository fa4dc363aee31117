import { spanLength, type ByteSpan } from '@matinee/base'
import type { Layout } from '@matinee/protocol'
import type { VerifiedBytes } from '../verify/verified-bytes.ts'

/** What may be uploaded, and from where. */
export interface UploadSource {
  readonly layout: Layout
  hasPiece(piece: number): boolean
  /** Bytes of a piece that we have. Rejects when the disk refuses or they are no longer right. */
  read(span: ByteSpan): Promise<VerifiedBytes>
}

/** Bytes of the torrent, with the zeros that other clients see behind its end. */
export async function readPadded(source: UploadSource, span: ByteSpan): Promise<Uint8Array> {
  const end = Math.min(span.end, source.layout.length)
  const bytes = await source.read({ start: span.start, end })
  if (end === span.end) return bytes
  const padded = new Uint8Array(spanLength(span))
  padded.set(bytes)
  return padded
}
