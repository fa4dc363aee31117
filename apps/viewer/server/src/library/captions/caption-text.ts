import { parseSubtitles, writeVtt } from '@matinee/media'

/** Subtitles of any format as WebVTT. Throws SubtitleError. */
export function captionText(bytes: Uint8Array, language: string): string {
  return writeVtt(parseSubtitles(bytes, { language }).cues)
}
