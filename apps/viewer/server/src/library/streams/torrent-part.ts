import { MIB, MINUTE_MS, spanLength, type ByteSpan, type Clock } from '@matinee/base'
import type { Torrent } from '@matinee/engine'
import type { TorrentFile } from '@matinee/protocol'

/** What is asked for at once: a few seconds of a film, so that pausing and giving way take no longer. */
const PART_BYTES = 16 * MIB
/** A part that doesn't come is asked for anew: those who had it may have gone, and others come. */
const PART_PATIENCE_MS = MINUTE_MS

/** A part of a file that is fetched whole. */
export interface TorrentPart {
  /** The file's place in its torrent. */
  readonly file: number
  readonly span: ByteSpan
}

/** The first part of these files that isn't here, of `mostBytes` at most; null = nothing is missing. */
export function missingPart(
  torrent: Torrent,
  files: readonly TorrentFile[],
  mostBytes: number = PART_BYTES,
): TorrentPart | null {
  for (const { index, length } of files) {
    let span: ByteSpan | null = { start: 0, end: length }
    // From the whole file to ever smaller parts of it: big ones are mostly here, or mostly not.
    for (const bytes of [length, PART_BYTES, Math.min(mostBytes, PART_BYTES)])
      span = span === null ? null : missingSpan(torrent, index, span, bytes)
    if (span !== null) return { file: index, span }
  }
  return null
}

/** The first of so many bytes in a span that isn't here whole. */
function missingSpan(
  torrent: Torrent,
  file: number,
  within: ByteSpan,
  bytes: number,
): ByteSpan | null {
  for (let { start } = within; start < within.end; start += bytes) {
    const span = { start, end: Math.min(within.end, start + bytes) }
    if (torrent.verifiedIn(file, span) < spanLength(span)) return span
  }
  return null
}

/** Fetches a part, or gives up for now. Throws the signal's reason, TorrentError. */
export async function fetchPart(
  torrent: Torrent,
  { file, span }: TorrentPart,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const tooLong = new AbortController()
  const timer = clock.setTimer(PART_PATIENCE_MS, () => {
    tooLong.abort(new DOMException('the part does not come', 'TimeoutError'))
  })
  try {
    const both = AbortSignal.any([signal, tooLong.signal])
    await torrent.warm(file, [span], { budgetBytes: Infinity, signal: both })
  } catch (error) {
    if (signal.aborted || !tooLong.signal.aborted) throw error
  } finally {
    timer.cancel()
  }
}
