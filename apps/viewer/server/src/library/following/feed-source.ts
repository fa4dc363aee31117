import type { WantedFile } from '@matinee/catalogue'

/**
 * A place that has a copy of a feed: a web server, a folder, a swarm. What it gives is a stranger's word, which the
 * verifier judges.
 */
export interface FeedSource {
  readonly kind: 'https' | 'folder' | 'swarm'
  /** A file whole, at most `maxBytes`; `null` = it isn't there. Throws {@link SourceError}, or the signal's reason. */
  read(wanted: WantedFile, signal: AbortSignal): Promise<Uint8Array | null>
}

/** Why a source gave nothing; stable. */
export type SourceErrorCode = 'unreachable' | 'status' | 'too-slow' | 'too-large'

/** A source that failed: another one may be asked. */
export class SourceError extends Error {
  override readonly name = 'SourceError'
  readonly code: SourceErrorCode
  constructor(code: SourceErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
