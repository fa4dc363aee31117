import { WireError } from './wire-error.ts'

const PIECE_BYTES = 4

/** The payload of an `lt_donthave` message (BEP 54): a piece that we told of is no longer here. */
export function encodeDontHave(piece: number): Uint8Array {
  const payload = new Uint8Array(PIECE_BYTES)
  new DataView(payload.buffer).setUint32(0, piece)
  return payload
}

/**
 * The piece that an `lt_donthave` message takes back; the caller knows how many there are.
 * Throws {@link WireError} `bad-extension` when it isn't exactly one number.
 */
export function decodeDontHave(payload: Uint8Array): number {
  if (payload.length !== PIECE_BYTES)
    throw new WireError('bad-extension', `lt_donthave of ${payload.length} bytes`)
  return new DataView(payload.buffer, payload.byteOffset, payload.length).getUint32(0)
}
