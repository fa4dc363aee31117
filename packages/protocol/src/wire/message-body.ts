import { KIB, concatBytes } from '@matinee/base'

// Announced lengths are a stranger's word: this much at most is taken ahead of what has arrived.
const CHUNK_BYTES = 16 * KIB

/**
 * The bytes of one message while they arrive: at most one chunk is not full, so that memory follows
 * what came (many tiny segments don't become many arrays), and nothing is joined before the end.
 */
export class MessageBody {
  #leftBytes: number
  readonly #chunks: Uint8Array[] = []
  #last: Uint8Array
  #lastFilled = 0

  /** `into`, when given, has `length` bytes and receives everything. */
  constructor(length: number, into: Uint8Array | null) {
    this.#leftBytes = length
    this.#last = into ?? new Uint8Array(0)
    if (into !== null) this.#chunks.push(into)
  }

  get isWhole(): boolean {
    return this.#leftBytes === 0
  }

  /** Copies what belongs to this body from `bytes`, starting at `at`; returns how many bytes that was. */
  take(bytes: Uint8Array, at: number): number {
    const taken = Math.min(this.#leftBytes, bytes.length - at)
    const end = at + taken
    let from = at
    while (from < end) {
      if (this.#lastFilled === this.#last.length) this.#addChunk(end - from)
      const length = Math.min(end - from, this.#last.length - this.#lastFilled)
      this.#last.set(bytes.subarray(from, from + length), this.#lastFilled)
      this.#lastFilled += length
      this.#leftBytes -= length
      from += length
    }
    return taken
  }

  /** All bytes in one array. */
  join(): Uint8Array {
    return this.#chunks.length === 1 ? this.#last : concatBytes(this.#chunks)
  }

  #addChunk(availableBytes: number): void {
    this.#last = new Uint8Array(Math.min(this.#leftBytes, Math.max(CHUNK_BYTES, availableBytes)))
    this.#lastFilled = 0
    this.#chunks.push(this.#last)
  }
}
