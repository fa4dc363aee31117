import { LIMITS, SECOND_MS, type DiskErrorCode } from '@matinee/base'
import type { VerifiedBytes } from './verified-bytes.ts'

/** How often the disk is tried again. */
const RETRY_EVERY_MS = 10 * SECOND_MS

/**
 * Verified blocks that the disk refused (full, read-only, broken): a film plays on from memory, and what is still here
 * is written when the disk takes it again (threats.md A1, A8).
 */
export class UnsavedBlocks {
  /** By piece, in the order in which their first blocks came. */
  readonly #pieces = new Map<number, Map<number, VerifiedBytes>>()
  #trouble: DiskErrorCode | null = null
  #triedMs = 0
  #bytes = 0

  /** Why the disk refuses; `null` while it takes everything. */
  get trouble(): DiskErrorCode | null {
    return this.#trouble
  }

  /** The disk refused, now. */
  refused(code: DiskErrorCode, nowMs: number): void {
    this.#trouble = code
    this.#triedMs = nowMs
  }

  add(piece: number, block: number, bytes: VerifiedBytes): void {
    const blocks = this.#pieces.get(piece) ?? new Map<number, VerifiedBytes>()
    this.#pieces.set(piece, blocks)
    this.#bytes += bytes.length - (blocks.get(block)?.length ?? 0)
    blocks.set(block, bytes)
  }

  /** The piece to give up because there is no room for it; `null` = there is. The youngest is never given up. */
  get excess(): number | null {
    const [oldest] = this.#pieces.keys()
    const isTooMuch = this.#bytes > LIMITS.unsavedBytes && this.#pieces.size > 1
    return isTooMuch ? (oldest ?? null) : null
  }

  /** What is kept of the piece doesn't count any more. */
  drop(piece: number): void {
    for (const bytes of this.#pieces.get(piece)?.values() ?? []) this.#bytes -= bytes.length
    this.#pieces.delete(piece)
  }

  /** Whether it is time to try the disk again. */
  isDue(nowMs: number): boolean {
    return this.#trouble !== null && nowMs - this.#triedMs >= RETRY_EVERY_MS
  }

  /** A block to try; `null` when all are written: the trouble is over. */
  next(nowMs: number): readonly [block: number, bytes: VerifiedBytes] | null {
    this.#triedMs = nowMs
    for (const blocks of this.#pieces.values()) for (const block of blocks) return block
    this.#trouble = null
    return null
  }

  /** The block is on the disk now, or counts no more. */
  saved(piece: number, block: number): void {
    const blocks = this.#pieces.get(piece)
    const bytes = blocks?.get(block)
    if (blocks === undefined || bytes === undefined) return
    this.#bytes -= bytes.length
    blocks.delete(block)
    if (blocks.size === 0) this.#pieces.delete(piece)
  }
}
