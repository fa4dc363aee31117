import { KIB, LIMITS, concatBytes, messageOf, utf8Bytes, type Log } from '@matinee/base'
import { SubtitleError } from '@matinee/media'
import type { MediaFile } from '../../media/media-file.ts'
import { CAPTION_TEXTS } from './caption-text.ts'
import { captionTextApart, type CaptionKind } from './caption-worker-link.ts'

/** What is longer is converted in a thread of its own. */
const INLINE_BYTES = 256 * KIB

/**
 * Subtitles of a release as WebVTT, or as a script to be drawn: read whole, taken apart, and written anew, so that nothing of a stranger's
 * file reaches a page but cues, and styles with numbers in bounds (S1, S2). Null when they're none, or too long.
 */
export async function captionFile(
  source: MediaFile,
  wanted: CaptionKind,
  log: Log,
  signal: AbortSignal,
): Promise<MediaFile | null> {
  const { language, kind } = wanted
  // S3: longer subtitles aren't read at all.
  if (source.lengthBytes > LIMITS.subtitleBytes) return null
  const chunks: Uint8Array[] = []
  for await (const chunk of source.read({ start: 0, end: source.lengthBytes }, signal))
    // What a reader hands out may be used again by it.
    chunks.push(chunk.slice())
  const bytes = concatBytes(chunks)
  try {
    const text =
      bytes.length > INLINE_BYTES
        ? await captionTextApart(bytes, wanted, signal)
        : CAPTION_TEXTS[kind](bytes, language)
    return textFile(source, kind, utf8Bytes(text))
  } catch (error) {
    if (!(error instanceof SubtitleError)) throw error
    log.info('subtitles left out', { language, reason: messageOf(error) })
    return null
  }
}

function textFile(source: MediaFile, kind: string, bytes: Uint8Array): MediaFile {
  return {
    name: `${source.name}.${kind}`,
    lengthBytes: bytes.length,
    identity: `${kind} ${source.identity}`,
    async *read({ start, end }) {
      yield bytes.subarray(start, end)
    },
  }
}
