import { assert, concatBytes, spanLength, type ByteSpan } from '@matinee/base'
import { locateIndex, readIndex, type ContainerIndex, type LocatedIndex } from '@matinee/media'
import type { MediaFile } from './media-file.ts'

/**
 * Reads the index of a film, and of the film nothing else. `null` = there is none that we can read, or it
 * takes more than `mostBytes`. Throws what reading throws.
 */
export async function readFilmIndex(
  film: MediaFile,
  mostBytes: number,
  signal: AbortSignal,
): Promise<ContainerIndex | null> {
  const asking = locateIndex(film.lengthBytes)
  let left = mostBytes
  let step = asking.next()
  while (step.done !== true) {
    left -= spanLength(step.value)
    if (left < 0) return null
    step = asking.next(await whole(film, step.value, signal))
  }
  return step.value.kind === 'found' ? step.value.index : null
}

/** The same without a budget, and with the reason when there is no index. Throws what reading throws. */
export function locateFilm(film: MediaFile, signal: AbortSignal): Promise<LocatedIndex> {
  return readIndex(film.lengthBytes, (span) => whole(film, span, signal))
}

async function whole(film: MediaFile, span: ByteSpan, signal: AbortSignal): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const bytes of film.read(span, signal)) chunks.push(bytes)
  const bytes = concatBytes(chunks)
  assert(bytes.length === spanLength(span), 'a file gives the bytes it is asked for')
  return bytes
}
