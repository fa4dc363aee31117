/** Why bytes are not acceptable subtitles; stable. */
export type SubtitleErrorCode =
  | 'too-large'
  | 'compressed'
  | 'unknown-charset'
  | 'unknown-format'
  | 'no-cues'

/** A file can't be read as subtitles. The only error that {@link parseSubtitles} throws. */
export class SubtitleError extends Error {
  override readonly name = 'SubtitleError'
  readonly code: SubtitleErrorCode
  constructor(code: SubtitleErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
