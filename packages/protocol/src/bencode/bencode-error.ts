/** Why bytes are not (acceptable) bencode; stable. */
export type BencodeErrorCode =
  | 'truncated'
  | 'unexpected-byte'
  | 'integer'
  | 'integer-range'
  | 'string-length'
  | 'key'
  | 'key-order'
  | 'duplicate-key'
  | 'too-deep'
  | 'too-many-tokens'
  | 'too-large'
  | 'trailing'

/** The bytes break BEP 3's bencoding, its canonical form, or a cap. The only error the decoder throws. */
export class BencodeError extends Error {
  override readonly name = 'BencodeError'
  readonly code: BencodeErrorCode
  /** Where in the bytes. */
  readonly position: number
  constructor(code: BencodeErrorCode, position: number, message: string) {
    super(`${message} at byte ${position}`)
    this.code = code
    this.position = position
  }
}
