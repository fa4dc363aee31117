import { KIB, LIMITS, concatBytes, messageOf, utf8Bytes, type Log } from '@matinee/base'
import { SubtitleError } from '@matinee/media'
import type { MediaFile } from '../../media/media-file.ts'
import { captionText } from './caption-text.ts'
import { captionTextApart } from './caption-worker-link.ts'

/** What is longer is converted in a thread of its own. */
const INLINE_BYTES = 256 * KIB

/**
 * Subtitles of a release as WebVTT: read whole, taken apart, and written anew, so that nothing of a stranger's
 * file reaches a page but cues (S1, S2). Null when they're none, or too long.
 */
export async function captionFile(
  source: MediaFile,
  language: string,
  log: Log,
  signal: AbortSignal,
): Promise<MediaFile | null> {
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
        ? await captionTextApart(bytes, language, signal)
        : captionText(bytes, language)
    return textFile(source, utf8Bytes(text))
  } catch (error) {
    if (!(error instanceof SubtitleError)) throw error
    log.info('subtitles left out', { language, reason: messageOf(error) })
    return null
  }
}

function textFile(source: MediaFile, bytes: Uint8Array): MediaFile {
  return {
    name: `${source.name}.vtt`,
    lengthBytes: bytes.length,
    identity: `vtt ${source.identity}`,
    async *read({ start, end }) {
      yield bytes.subarray(start, end)
    },
  }
}
