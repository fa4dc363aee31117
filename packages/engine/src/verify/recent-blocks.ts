import { LIMITS, type ByteSpan } from '@matinee/base'
import type { BlockGrid } from '../pick/block-grid.ts'
import type { VerifiedBytes } from './verified-bytes.ts'

/**
 * Verified blocks that are in memory still: all that aren't written yet, and the last of those that are.
 * Without them every byte would be written and read back before anybody sees it.
 */
export class RecentBlocks {
  readonly #grid: BlockGrid
  readonly #onGone: (bytes: VerifiedBytes) => void
  readonly #unwritten = new Map<number, VerifiedBytes>()
  /** In the order of writing. */
  readonly #written = new Map<number, VerifiedBytes>()
  #writtenBytes = 0

  /** @param onGone told of bytes that nobody will find here again, and that the disk doesn't need */
  constructor(grid: BlockGrid, onGone: (bytes: VerifiedBytes) => void) {
    this.#grid = grid
    this.#onGone = onGone
  }

  add(block: number, bytes: VerifiedBytes): void {
    this.drop(block)
    this.#unwritten.set(block, bytes)
  }

  /** These bytes are in the file. */
  written(block: number, bytes: VerifiedBytes): void {
    if (this.#unwritten.get(block) !== bytes) {
      // Dropped meanwhile.
      this.#onGone(bytes)
      return
    }
    this.#unwritten.delete(block)
    this.#written.set(block, bytes)
    this.#writtenBytes += bytes.length
    for (const [oldest, gone] of this.#written) {
      if (this.#writtenBytes <= LIMITS.recentBytes) return
      this.#forget(oldest, gone)
    }
  }

  /** What the block holds counts no more. Bytes that are being written stay untouched. */
  drop(block: number): void {
    this.#unwritten.delete(block)
    const bytes = this.#written.get(block)
    if (bytes !== undefined) this.#forget(block, bytes)
  }

  /** The block's own array, valid until the caller's turn ends; `null` when it isn't here. */
  bytesOf(block: number): VerifiedBytes | null {
    return this.#unwritten.get(block) ?? this.#written.get(block) ?? null
  }

  /** A copy of a span of the torrent as far as it is here, and the parts of it that aren't. */
  read(span: ByteSpan): { readonly bytes: Uint8Array; readonly gaps: readonly ByteSpan[] } {
    const bytes = new Uint8Array(span.end - span.start)
    const gaps: ByteSpan[] = []
    let gapStart = span.start
    const { first, end } = this.#grid.blocksOf(span)
    for (let block = first; block < end; block++) {
      const held = this.bytesOf(block)
      if (held === null) continue
      const own = this.#grid.spanOf(block)
      const [from, to] = [Math.max(span.start, own.start), Math.min(span.end, own.end)]
      if (from >= to) continue
      bytes.set(held.subarray(from - own.start, to - own.start), from - span.start)
      if (gapStart < from) gaps.push({ start: gapStart, end: from })
      gapStart = to
    }
    if (gapStart < span.end) gaps.push({ start: gapStart, end: span.end })
    return { bytes, gaps }
  }

  #forget(block: number, bytes: VerifiedBytes): void {
    this.#written.delete(block)
    this.#writtenBytes -= bytes.length
    this.#onGone(bytes)
  }
}
