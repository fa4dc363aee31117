import { LIMITS, freeBytes } from '@matinee/base'
import { BLOCK_BYTES } from '@matinee/protocol'

/**
 * Memory for blocks, used again and again. Sixteen kibibytes of their own for each block would wait for
 * a garbage collection while more of them come. Whoever still has an array that was given back finds it
 * empty, never filled with something else.
 */
export class BlockMemory {
  readonly #spare: ArrayBuffer[] = []

  /** Holds anything; to be filled whole before it is read. */
  take(length: number): Uint8Array {
    const spare = length === BLOCK_BYTES ? this.#spare.pop() : undefined
    return spare === undefined ? new Uint8Array(length) : new Uint8Array(spare)
  }

  /** Nobody needs the array any more, the system least of all. */
  give(bytes: Uint8Array): void {
    const { buffer, length } = bytes
    const isWhole = length === BLOCK_BYTES && buffer.byteLength === BLOCK_BYTES
    if (isWhole && buffer instanceof ArrayBuffer && this.#spare.length < LIMITS.spareBlocks)
      this.#spare.push(buffer.transfer())
    else freeBytes(bytes)
  }
}
