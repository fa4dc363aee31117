import {
  SubtitleError,
  assDrawing,
  decodeText,
  parseSubtitles,
  type SubtitleErrorCode,
} from '@matinee/media'
import type { ReadCues } from './subtitle-track.ts'

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
  | ({ readonly kind: 'read'; readonly charset: string } & ReadCues)
  | { readonly kind: 'refused'; readonly code: SubtitleErrorCode }

addEventListener('message', ({ data }: MessageEvent<SubtitleQuestion>) => {
  postMessage(answer(data))
})

function answer({ bytes, language, charset: wanted }: SubtitleQuestion): SubtitleAnswer {
  try {
    const { format, cues, charset } = parseSubtitles(bytes, {
      ...(language === null ? {} : { language }),
      ...(wanted === null ? {} : { charset: wanted }),
    })
    const drawing = format === 'ass' ? assDrawing(decodeText(bytes, { charset }).text) : null
    return { kind: 'read', cues, charset, drawing }
  } catch (error) {
    if (error instanceof SubtitleError) return { kind: 'refused', code: error.code }
    throw error
  }
}
