/** Why bytes are not (acceptable) as a message of the DHT; `code` is stable. */
export type DhtErrorCode =
  /** More bytes than one datagram of the DHT has. */
  | 'too-large'
  /** Not a bencoded dictionary. */
  | 'not-bencode'
  /** Neither a query, nor an answer, nor a failure. */
  | 'bad-message'
  /** A query without what it needs, or with something of a wrong type or length. */
  | 'bad-query'
  /** An answer with something of a wrong type or length. */
  | 'bad-answer'
  /** An item (BEP 44) that breaks a limit: value, salt, key, signature or sequence number. */
  | 'bad-item'

/** Bytes that break the protocol of the DHT. The only error this folder's decoders throw. */
export class DhtError extends Error {
  override readonly name = 'DhtError'
  readonly code: DhtErrorCode
  constructor(code: DhtErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
