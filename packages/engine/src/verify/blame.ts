import { equalBytes, type Hash } from '@matinee/base'
import type { PeerId } from '../pick/block-table.ts'

/** A block as somebody sent it. */
export interface SentBlock {
  readonly block: number
  readonly bytes: Uint8Array
  readonly from: PeerId
}

/** Pieces whose failures are remembered at the same time. */
const MOST_PIECES = 16

/**
 * Finds who sent wrong data into a piece that can only be judged whole: the digests of a failed
 * attempt are kept, and compared with the right bytes when the piece comes out right.
 */
export class Blame {
  readonly #hash: Hash
  readonly #failed = new Map<number, { block: number; digest: Uint8Array; from: PeerId }[]>()

  constructor(hash: Hash) {
    this.#hash = hash
  }

  /** The piece failed. Returns who is certainly guilty: the sender, when there was only one. */
  failed(piece: number, blocks: readonly SentBlock[]): readonly PeerId[] {
    const senders = new Set(blocks.map((sent) => sent.from))
    if (senders.size === 1) return [...senders]
    const known = this.#failed.get(piece) ?? []
    for (const { block, bytes, from } of blocks)
      known.push({ block, digest: this.#hash.sha1(bytes), from })
    this.#failed.set(piece, known)
    const oldest = this.#failed.keys().next()
    if (this.#failed.size > MOST_PIECES && oldest.done === false) this.#failed.delete(oldest.value)
    return []
  }

  /** The piece is right. Returns who had sent something else for one of its blocks. */
  proved(piece: number, blocks: readonly SentBlock[]): readonly PeerId[] {
    const known = this.#failed.get(piece)
    if (!known) return []
    this.#failed.delete(piece)
    const right = new Map(blocks.map((sent) => [sent.block, this.#hash.sha1(sent.bytes)]))
    const guilty = new Set<PeerId>()
    for (const { block, digest, from } of known) {
      const rightDigest = right.get(block)
      if (rightDigest && !equalBytes(rightDigest, digest)) guilty.add(from)
    }
    return [...guilty]
  }
}
