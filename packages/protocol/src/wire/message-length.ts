import { LIMITS } from '@matinee/base'
import { bitfieldBytes } from './bitfield.ts'
import { uint32 } from './message-fields.ts'
import { MESSAGE_IDS } from './wire-message.ts'
import { WireError } from './wire-error.ts'

// Lengths as on the wire: they count the id byte, not the four bytes of the length itself.
const PIECE_FIELDS = 9
const HASH_FIELDS = 1 + 32 + 4 * 4

const FIXED_LENGTHS: ReadonlyMap<number, number> = new Map([
  [MESSAGE_IDS.choke, 1],
  [MESSAGE_IDS.unchoke, 1],
  [MESSAGE_IDS.interested, 1],
  [MESSAGE_IDS['not-interested'], 1],
  [MESSAGE_IDS.have, 5],
  [MESSAGE_IDS.request, 13],
  [MESSAGE_IDS.cancel, 13],
  [MESSAGE_IDS.port, 3],
  [MESSAGE_IDS.suggest, 5],
  [MESSAGE_IDS['have-all'], 1],
  [MESSAGE_IDS['have-none'], 1],
  [MESSAGE_IDS.reject, 13],
  [MESSAGE_IDS['allowed-fast'], 5],
  [MESSAGE_IDS['hash-request'], HASH_FIELDS],
  [MESSAGE_IDS['hash-reject'], HASH_FIELDS],
])

/**
 * How many bytes of the message at `at`, of which `available` have come, must be together before it
 * can be opened: its length, id and fields, without a body. Fewer than that asks for as many as are
 * needed to know more. Judges the length as early as it can.
 * Throws {@link WireError} `message-too-long`, `bad-length`, `hashes-too-long` or `invalid-bitfield-size`.
 */
export function headLength(
  bytes: Uint8Array,
  at: number,
  available: number,
  pieceCount: number | null,
): number {
  if (available < 4) return 4
  const length = uint32(bytes, at)
  if (length > LIMITS.wireMessageBytes)
    throw new WireError('message-too-long', `a message of ${length} bytes`)
  if (length === 0) return 4
  if (available < 5) return 5
  return 4 + fieldBytes(bytes[at + 4] ?? 0, length, pieceCount)
}

/** Id and fields of a message, and whether its id may have that length at all. */
function fieldBytes(id: number, length: number, pieceCount: number | null): number {
  switch (id) {
    case MESSAGE_IDS.piece:
      if (length > PIECE_FIELDS + LIMITS.blockBytes)
        throw new WireError('message-too-long', `a block of ${length - PIECE_FIELDS} bytes`)
      // An empty block answers no request.
      if (length <= PIECE_FIELDS) throw badLength(id, length)
      return PIECE_FIELDS
    case MESSAGE_IDS.bitfield:
      if (pieceCount !== null && length !== 1 + bitfieldBytes(pieceCount))
        throw new WireError(
          'invalid-bitfield-size',
          `a bitfield of ${length - 1} bytes for ${pieceCount} pieces`,
        )
      if (length > 1 + bitfieldBytes(LIMITS.torrentPieces))
        throw new WireError('message-too-long', `a bitfield of ${length - 1} bytes`)
      return 1
    case MESSAGE_IDS.extended:
      if (length < 2) throw badLength(id, length)
      return 2
    case MESSAGE_IDS.hashes: {
      const hashBytes = length - HASH_FIELDS
      if (hashBytes <= 0 || hashBytes % 32 !== 0) throw badLength(id, length)
      if (hashBytes > 32 * LIMITS.hashesPerMessage)
        throw new WireError('hashes-too-long', `${hashBytes / 32} hashes in one message`)
      return HASH_FIELDS
    }
    default: {
      const fixed = FIXED_LENGTHS.get(id)
      if (fixed === undefined) return 1
      if (length !== fixed) throw badLength(id, length)
      return fixed
    }
  }
}

function badLength(id: number, length: number): WireError {
  return new WireError('bad-length', `a message ${id} of ${length} bytes`)
}
