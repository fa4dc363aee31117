import { LIMITS, concatBytes } from '@matinee/base'
import { BencodeDictionary, METADATA_PIECE_BYTES, encodeBencode } from '@matinee/protocol'
import type { MetadataManner } from './seed-behaviour.ts'

/** What a seed puts into `metadata_size`. */
export function toldMetadataSize(manner: MetadataManner, trueSize: number): number {
  if (manner === 'huge-size') return 2 ** 31
  return manner === 'wrong-size' ? trueSize + 100 : trueSize
}

/** The payload of the answer to a request for a metadata piece; `null` = silence. */
export function metadataAnswer(
  manner: MetadataManner,
  infoBytes: Uint8Array,
  piece: number,
): Uint8Array | null {
  const start = piece * METADATA_PIECE_BYTES
  if (manner === 'silent') return null
  if (manner === 'rejects' || start >= infoBytes.length) {
    return encodeBencode(BencodeDictionary.from({ msg_type: 2, piece }))
  }
  let totalBytes = infoBytes.length
  let source = infoBytes
  if (manner === 'huge-size') totalBytes = 2 ** 31
  if (manner === 'changing-size') {
    totalBytes = Math.min(LIMITS.metainfoBytes, infoBytes.length + 7 * (piece + 1))
  }
  if (manner === 'wrong-size') {
    source = concatBytes([infoBytes, new Uint8Array(100)])
    totalBytes = source.length
  }
  const bytes = source.slice(start, start + METADATA_PIECE_BYTES)
  if (manner === 'wrong-bytes') bytes[0] = (bytes[0] ?? 0) ^ 1
  const head = BencodeDictionary.from({ msg_type: 1, piece, total_size: totalBytes })
  return concatBytes([encodeBencode(head), bytes])
}
