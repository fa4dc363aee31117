import type { MediaFile } from '@matinee/viewer'

/** Bytes that differ everywhere, so that a span in the wrong place can't pass for the right one. */
export function patternBytes(length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length; at++) bytes[at] = (at * 31 + (at >> 8) * 7) & 0xff
  return bytes
}

/** Bytes that begin like an MP4 file. */
export function mp4Bytes(length: number): Uint8Array {
  const bytes = patternBytes(length)
  bytes.set(new TextEncoder().encode('\0\0\0\x18ftypisom'), 0)
  return bytes
}

/** A text as bytes. */
export function textBytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** A file in memory that hands itself out in small chunks and remembers whether a reading is going on. */
export class MemoryFile implements MediaFile {
  readonly name: string
  readonly identity: string
  readonly lengthBytes: number
  /** Readings that were begun and not ended. */
  readers = 0
  /** Bytes that were handed out. */
  handedOut = 0
  /** Set to make every reading wait at this position until its signal fires. */
  stuckAt = Infinity
  readonly #bytes: Uint8Array

  constructor(name: string, bytes: Uint8Array) {
    this.name = name
    this.identity = name
    this.#bytes = bytes
    this.lengthBytes = bytes.length
  }

  async *read(
    span: { start: number; end: number },
    signal: AbortSignal,
  ): AsyncIterable<Uint8Array> {
    this.readers++
    try {
      for (let at = span.start; at < span.end;) {
        signal.throwIfAborted()
        if (at >= this.stuckAt) await aborted(signal)
        const end = Math.min(at + 16_384, span.end, this.stuckAt > at ? this.stuckAt : Infinity)
        this.handedOut += end - at
        yield this.#bytes.slice(at, end)
        at = end
      }
    } finally {
      this.readers--
    }
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  })
}
