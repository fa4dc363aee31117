import { LIMITS, assert, concatBytes } from '@matinee/base'
import { BencodeDictionary } from '../bencode/bencode-dictionary.ts'
import { encodeBencode } from '../bencode/bencode.ts'
import { decodeExtensionPayload } from './extension-message.ts'
import { WireError } from './wire-error.ts'

/** A message of the metadata extension (BEP 9). Pieces are pieces of the info dictionary. */
export type MetadataMessage =
  | { readonly kind: 'request'; readonly piece: number }
  | {
      readonly kind: 'data'
      readonly piece: number
      /** Of the whole info dictionary, 1 to `LIMITS.metainfoBytes`. */
      readonly totalBytes: number
      /** Exactly the piece; decoded it is a view of the message's payload. */
      readonly bytes: Uint8Array
    }
  | { readonly kind: 'reject'; readonly piece: number }
  /** A type of a later version: BEP 9 has it ignored. */
  | { readonly kind: 'unknown'; readonly type: number }

/** The size of a metadata piece; the last one is shorter. */
export const METADATA_PIECE_BYTES = 16_384

/** The half-open run of a metadata piece in the info dictionary; `null` when there is no such piece. */
export function metadataPieceSpan(
  piece: number,
  totalBytes: number,
): { readonly start: number; readonly end: number } | null {
  const start = piece * METADATA_PIECE_BYTES
  if (piece < 0 || start >= totalBytes) return null
  return { start, end: Math.min(totalBytes, start + METADATA_PIECE_BYTES) }
}

/** The payload of an `extended` message with the id the peer gave to `ut_metadata`. */
export function encodeMetadataMessage(
  message: Exclude<MetadataMessage, { readonly kind: 'unknown' }>,
): Uint8Array {
  const { kind, piece } = message
  if (kind !== 'data')
    return encodeBencode(BencodeDictionary.from({ msg_type: TYPES[kind], piece }))
  const span = metadataPieceSpan(piece, message.totalBytes)
  assert(span?.end === (span?.start ?? 0) + message.bytes.length, 'a metadata piece is sent whole')
  const dictionary = BencodeDictionary.from({
    msg_type: TYPES.data,
    piece,
    total_size: message.totalBytes,
  })
  return concatBytes([encodeBencode(dictionary), message.bytes])
}

/**
 * Reads the payload of a `ut_metadata` message. A `data` message must have a usable total size, a piece
 * inside it, and exactly that piece's bytes; whether they are right only the info-hash can tell.
 * Throws {@link WireError} `bad-extension`.
 */
export function decodeMetadataMessage(payload: Uint8Array): MetadataMessage {
  const { dictionary, rest } = decodeExtensionPayload(payload)
  const type = dictionary.integer('msg_type')
  const piece = dictionary.integer('piece')
  if (type === undefined) throw refused('without a type')
  if (type !== TYPES.request && type !== TYPES.data && type !== TYPES.reject)
    return { kind: 'unknown', type }
  if (piece === undefined || piece < 0) throw refused('without a piece')
  if (type === TYPES.data) {
    const totalBytes = dictionary.integer('total_size') ?? 0
    if (totalBytes < 1 || totalBytes > LIMITS.metainfoBytes)
      throw refused(`of ${totalBytes} bytes in all`)
    const span = metadataPieceSpan(piece, totalBytes)
    if (span === null) throw refused(`with piece ${piece} behind its end`)
    if (rest.length !== span.end - span.start) throw refused(`with ${rest.length} bytes of a piece`)
    return { kind: 'data', piece, totalBytes, bytes: rest }
  }
  if (rest.length > 0) throw refused(`with ${rest.length} bytes behind it`)
  return { kind: type === TYPES.request ? 'request' : 'reject', piece }
}

const TYPES = { request: 0, data: 1, reject: 2 } as const

function refused(what: string): WireError {
  return new WireError('bad-extension', `a metadata message ${what}`)
}
