/** What a remote peer did wrong; `code` is stable and names the reason of the disconnect. */
export type WireErrorCode =
  | 'bad-handshake'
  | 'message-too-long'
  | 'bad-length'
  | 'hashes-too-long'
  | 'invalid-bitfield-size'
  | 'spare-bits'
  /** A peer took back pieces it had said it has. */
  | 'pieces-taken-back'
  | 'piece-out-of-range'
  | 'bad-extension'

/** Bytes from a peer that break the peer protocol. The only error this folder's decoders throw. */
export class WireError extends Error {
  override readonly name = 'WireError'
  readonly code: WireErrorCode
  constructor(code: WireErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
