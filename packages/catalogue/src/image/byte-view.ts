/** Numbers and short texts at places of a file. Behind its end everything is zero and no text. */
export class ByteView {
  readonly length: number
  readonly #bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.length = bytes.length
  }

  byte(at: number): number {
    return this.#bytes[at] ?? 0
  }

  /** Unsigned, big-endian. */
  big16(at: number): number {
    return this.byte(at) * 2 ** 8 + this.byte(at + 1)
  }

  /** Unsigned, big-endian. */
  big32(at: number): number {
    return this.big16(at) * 2 ** 16 + this.big16(at + 2)
  }

  /** Unsigned, little-endian. */
  little16(at: number): number {
    return this.byte(at) + this.byte(at + 1) * 2 ** 8
  }

  /** Unsigned, little-endian. */
  little24(at: number): number {
    return this.little16(at) + this.byte(at + 2) * 2 ** 16
  }

  /** Unsigned, little-endian. */
  little32(at: number): number {
    return this.little16(at) + this.little16(at + 2) * 2 ** 16
  }

  /** Four bytes as characters, as boxes and chunks are named. */
  name(at: number): string {
    return String.fromCharCode(...this.#bytes.subarray(at, at + 4))
  }
}
