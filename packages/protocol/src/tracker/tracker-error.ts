/** What is wrong with what a tracker answered, or was asked; `code` is stable. */
export type TrackerErrorCode =
  /** Not a URL that can be announced to. */
  | 'bad-url'
  /** Not a bencoded dictionary. */
  | 'not-bencode'
  /** More than `LIMITS.trackerAnswerBytes`. */
  | 'too-large'
  /** Peers of a wrong type, or not a whole number of them. */
  | 'bad-peers'
  /** Not an answer to a scrape. */
  | 'bad-scrape'
  /** A request to our own tracker that can't be answered. */
  | 'bad-request'

/** Bytes or text that break the tracker protocol. The only error this folder's decoders throw. */
export class TrackerError extends Error {
  override readonly name = 'TrackerError'
  readonly code: TrackerErrorCode
  constructor(code: TrackerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
