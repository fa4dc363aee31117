import type { CastCaptionsWish } from '#api'
import { utf8Bytes } from '@matinee/base'
import type { CastCaptions } from '@matinee/cast'
import { parseSubtitles, SubtitleError, writeVtt } from '@matinee/media'
import type { ScreenListener } from './screen-listener.ts'
import { srtText } from './srt-text.ts'

/** The subtitles as the page sent them, read and written anew (S1); null when nothing in them can be shown. */
export function offeredCaptions(
  wish: CastCaptionsWish,
  listener: ScreenListener,
): CastCaptions | null {
  try {
    const { cues } = parseSubtitles(utf8Bytes(wish.vtt))
    const urls = listener.offer({ vtt: writeVtt(cues), srt: srtText(cues) })
    const { label, language, style } = wish
    return { ...urls, label, language, style }
  } catch (error) {
    if (error instanceof SubtitleError) return null
    throw error
  }
}
