import { assDrawing, decodeText, formatDrawing, parseSubtitles, writeVtt } from '@matinee/media'

/** Subtitles of any format as WebVTT. Throws SubtitleError. */
export function captionText(bytes: Uint8Array, language: string): string {
  return writeVtt(parseSubtitles(bytes, { language }).cues)
}

/** How styled subtitles are to be drawn, written anew. Throws SubtitleError as {@link captionText}. */
export function drawingText(bytes: Uint8Array, language: string): string {
  const { format, charset } = parseSubtitles(bytes, { language })
  return formatDrawing(
    format === 'ass'
      ? assDrawing(decodeText(bytes, { charset }).text)
      : { kind: 'plain', why: 'unstyled' },
  )
}

/** What is made of a release's subtitles. */
export const CAPTION_TEXTS = { vtt: captionText, ass: drawingText } as const
