/** What keeps a publisher from going on; stable. */
export type PublisherCode =
  /** No publisher's folder, or one that is one already. */
  | 'no-publisher'
  | 'there-already'
  /** The folder lies where others could read it, or where it would be published. */
  | 'place'
  /** A file in the folder isn't what it should be. */
  | 'damaged'
  | 'passphrase'
  | 'missing-key'
  /** A work can't be published as it is. */
  | 'work'
  | 'picture'
  | 'head-pack'
  /** Something that was asked for doesn't fit what the feed is now. */
  | 'refused'
  /** Nothing was signed that could be published. */
  | 'nothing-signed'

/** A publisher's act that can't be done; the message says what to do about it, in lower case. */
export class PublisherError extends Error {
  override readonly name = 'PublisherError'
  readonly code: PublisherCode
  constructor(code: PublisherCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
