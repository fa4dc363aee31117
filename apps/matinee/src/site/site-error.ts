/** Why a site wasn't made; stable. */
export type SiteErrorCode =
  /** The folder holds something else. */
  | 'other-folder'
  /** It holds the site of another feed. */
  | 'other-feed'
  /** Something that isn't ours lies where a file of the site would. */
  | 'in-the-way'
  /** The list of its files isn't one. */
  | 'list'

/** A site isn't made; the message says why, and what to do. */
export class SiteError extends Error {
  override readonly name = 'SiteError'
  readonly code: SiteErrorCode
  constructor(code: SiteErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
