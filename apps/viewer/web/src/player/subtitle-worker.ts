import { SubtitleError, parseSubtitles, type Cue, type SubtitleErrorCode } from '@matinee/media'

/** What the worker is asked: once, then it's ended. */
export interface SubtitleQuestion {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** BCP 47, for the charset; null = not known. */
  readonly language: string | null
  /** A label of the Encoding Standard; null = to be found out. */
  readonly charset: string | null
}

/** What the worker answers: text and styles of text, never markup. */
export type SubtitleAnswer =
  | { readonly kind: 'read'; readonly cues: readonly Cue[]; readonly charset: string }
  | { readonly kind: 'refused'; readonly code: SubtitleErrorCode }

addEventListener('message', ({ data }: MessageEvent<SubtitleQuestion>) => {
  postMessage(answer(data))
})

function answer({ bytes, language, charset: wanted }: SubtitleQuestion): SubtitleAnswer {
  try {
    const { cues, charset } = parseSubtitles(bytes, {
      ...(language === null ? {} : { language }),
      ...(wanted === null ? {} : { charset: wanted }),
    })
    return { kind: 'read', cues, charset }
  } catch (error) {
    if (error instanceof SubtitleError) return { kind: 'refused', code: error.code }
    throw error
  }
}
