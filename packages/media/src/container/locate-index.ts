import { spanLength, type ByteSpan } from '@matinee/base'
import { ByteWindow, type Asking } from './byte-window.ts'
import type { LocatedIndex } from './container-index.ts'
import { locateMatroska } from './matroska-locator.ts'
import { locateMp4 } from './mp4-locator.ts'
import { Refusal } from './refusal.ts'

/**
 * Finds the index of a film of `fileBytes`, wherever it lies: yields the spans of the file that it needs,
 * and is given exactly their bytes. Reads nothing of the film itself but its first block. Throws nothing
 * for whatever the bytes are; at most 64 questions, none above `LIMITS.containerIndexBytes`.
 */
export function* locateIndex(fileBytes: number): Asking<LocatedIndex> {
  const window = new ByteWindow(fileBytes)
  try {
    const head = yield* window.peek(0, 12)
    const isMatroska = head.subarray(0, 4).toHex() === '1a45dfa3'
    // An ISO file begins with a box whose four letters stand behind its length.
    const isMp4 = /^(?:ftyp|styp|moov|free|skip|wide|mdat)$/u.test(
      String.fromCharCode(...head.subarray(4, 8)),
    )
    if (!isMatroska && !isMp4) return { kind: 'refused', reason: 'unknown-container' }
    const index = isMatroska ? yield* locateMatroska(window) : yield* locateMp4(window)
    return { kind: 'found', index }
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'refused', reason: error.reason }
    throw error
  }
}

/**
 * {@link locateIndex} over something that reads. `read` gives exactly the bytes of a span; what it throws
 * passes through.
 */
export async function readIndex(
  fileBytes: number,
  read: (span: ByteSpan) => Promise<Uint8Array>,
): Promise<LocatedIndex> {
  const asking = locateIndex(fileBytes)
  let step = asking.next()
  while (step.done !== true) {
    const bytes = await read(step.value)
    if (bytes.length !== spanLength(step.value)) throw new RangeError('read gave other bytes')
    step = asking.next(bytes)
  }
  return step.value
}
