import type { MediaFile } from '../media/media-file.ts'
import { PROBE_BYTES, mediaType } from '../media/media-type.ts'

/** F11: by its own first bytes; null = it's none that a screen is given. */
export async function filmType(film: MediaFile, signal: AbortSignal): Promise<string | null> {
  const head = new Uint8Array(Math.min(PROBE_BYTES, film.lengthBytes))
  let filled = 0
  for await (const chunk of film.read({ start: 0, end: head.length }, signal)) {
    head.set(chunk.subarray(0, head.length - filled), filled)
    filled += Math.min(chunk.length, head.length - filled)
  }
  const type = mediaType(head)
  return type !== null && /^(?:video|audio)\//u.test(type) ? type : null
}
