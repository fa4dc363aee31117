import type { ByteSpan } from '@matinee/base'

/** Bytes that are computed where they are asked for: 60 GB cost nothing. */
export interface Content {
  readonly length: number
  /** A new array. Throws RangeError outside. */
  bytesAt(span: ByteSpan): Uint8Array
}

/** The shape of made-up bytes. */
export interface ContentOptions {
  readonly length: number
  /** After so many bytes (a multiple of 4) everything comes again. Default: never. */
  readonly periodBytes?: number
}

/**
 * Made-up content: each four bytes follow from the seed and their position alone, look random, and don't
 * compress. Content of the same seed and another length is the same as far as both go.
 */
export function contentOf(seed: number, options: ContentOptions): Content {
  const { length, periodBytes = Infinity } = options
  const wordAt = (index: number): number => {
    // The finalizer of MurmurHash3 over seed and index, whose high part matters beyond 16 GB.
    let h =
      Math.imul(seed + 1, 0x9e3779b1) ^ (index | 0) ^ Math.imul(Math.floor(index / 2 ** 32), 7919)
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
    return h ^ (h >>> 16)
  }
  return {
    length,
    bytesAt({ start, end }) {
      if (start < 0 || end < start || end > length) {
        throw new RangeError(`bytes ${start} to ${end} of content of ${length}`)
      }
      const out = new Uint8Array(end - start)
      let at = 0
      while (at < out.length) {
        const position = periodBytes === Infinity ? start + at : (start + at) % periodBytes
        const word = wordAt(Math.floor(position / 4))
        for (let k = position % 4; k < 4 && at < out.length; k++) out[at++] = word >>> (8 * k)
      }
      return out
    },
  }
}

/** Content that stands in memory. */
export function contentFrom(bytes: Uint8Array): Content {
  return {
    length: bytes.length,
    bytesAt({ start, end }) {
      if (start < 0 || end < start || end > bytes.length) {
        throw new RangeError(`bytes ${start} to ${end} of content of ${bytes.length}`)
      }
      return bytes.slice(start, end)
    },
  }
}
