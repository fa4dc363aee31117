/** Why a torrent can't go on; `code` is stable. */
export type TorrentFailureCode =
  /** The disk refused (full, read-only, broken). */
  | 'disk'
  /** The v1 and the v2 hashes of a hybrid describe different bytes. */
  | 'hybrid-conflict'
  /** What was given can't be a torrent: bad metadata, files that don't fit. */
  | 'bad-source'
  /** It was stopped while somebody waited. */
  | 'stopped'

/** A torrent failed or ended while somebody waited for its bytes. */
export class TorrentError extends Error {
  override readonly name = 'TorrentError'
  readonly code: TorrentFailureCode
  constructor(code: TorrentFailureCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
