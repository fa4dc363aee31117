import { equalBytes, type Hash } from '@matinee/base'
import type { Metainfo } from '@matinee/protocol'
import type { BlockGrid } from '../pick/block-grid.ts'
import type { PeerId } from '../pick/block-table.ts'
import { Blame, type SentBlock } from './blame.ts'
import { checkPiece } from './piece-hash.ts'
import type { HashTrees } from './hash-trees.ts'
import { vouch, type VerifiedBytes } from './verified-bytes.ts'

/** A block that is right. */
export interface VerifiedBlock {
  readonly block: number
  readonly bytes: VerifiedBytes
}

/** What came out of looking at a block. */
export type Verdict =
  /** Right, with all that was waiting for it; `culprits` had sent wrong data into the piece before. */
  | {
      readonly kind: 'verified'
      readonly blocks: readonly VerifiedBlock[]
      readonly culprits: readonly PeerId[]
    }
  /** Kept until its piece is whole or its hashes are here. */
  | { readonly kind: 'held' }
  /** Wrong: the blocks are to be fetched again. Without culprits it is not yet known who lied. */
  | {
      readonly kind: 'corrupt'
      readonly blocks: readonly number[]
      readonly culprits: readonly PeerId[]
    }

/**
 * Judges what peers send. A block of a v2 or hybrid torrent is judged alone as soon as its merkle
 * leaf is known (BEP 52); every other block waits, in memory, until its piece is whole.
 */
export class Verifier {
  readonly #metainfo: Metainfo
  readonly #grid: BlockGrid
  readonly #trees: HashTrees
  readonly #hash: Hash
  readonly #blame: Blame
  readonly #held = new Map<number, Map<number, SentBlock>>()
  /** Data that a leaf of its own proved, in bytes; the rest had to wait for its piece. */
  provedAloneBytes = 0

  constructor(metainfo: Metainfo, grid: BlockGrid, trees: HashTrees, hash: Hash) {
    this.#metainfo = metainfo
    this.#grid = grid
    this.#trees = trees
    this.#hash = hash
    this.#blame = new Blame(hash)
  }

  /** Bytes held unverified. */
  get heldBytes(): number {
    let bytes = 0
    for (const piece of this.#held.values())
      for (const sent of piece.values()) bytes += sent.bytes.length
    return bytes
  }

  /** Judges one block. `bytes` are its data, without padding; they are kept. */
  take(block: number, bytes: Uint8Array, from: PeerId): Verdict {
    const piece = this.#grid.pieceOf(block)
    const leaf = this.#trees.leaf(block)
    if (leaf) return this.#judgeAlone({ block, bytes, from }, leaf)
    const held = this.#held.get(piece) ?? new Map<number, SentBlock>()
    this.#held.set(piece, held)
    held.set(block, { block, bytes, from })
    return this.#judgeWhole(piece, held)
  }

  /** Pieces of which something is held, the oldest first. */
  get heldPieces(): readonly number[] {
    return [...this.#held.keys()]
  }

  /** Leaves of the piece, or its place in the piece layer, have become known: judges what is held. */
  judgePiece(piece: number): Verdict {
    const held = this.#held.get(piece)
    if (!held) return { kind: 'held' }
    return this.#judgeHeldAlone(piece, held) ?? this.#judgeWhole(piece, held)
  }

  /** Drops what is held of a piece; its blocks are to be fetched again. */
  drop(piece: number): readonly number[] {
    const held = this.#held.get(piece)
    this.#held.delete(piece)
    return held ? [...held.keys()] : []
  }

  #judgeWhole(piece: number, held: ReadonlyMap<number, SentBlock>): Verdict {
    const data = this.#grid.dataBlocks(piece)
    if (held.size < data.end - data.first) return { kind: 'held' }
    const sent = [...held.entries()].toSorted(([a], [b]) => a - b).map(([, block]) => block)
    const outcome = checkPiece(
      this.#metainfo,
      this.#hash,
      piece,
      sent.map(({ bytes }) => bytes),
      this.#trees.pieceHash(piece),
    )
    if (outcome === 'unknown') return { kind: 'held' }
    this.#held.delete(piece)
    if (outcome === 'wrong') {
      const culprits = this.#blame.failed(piece, sent)
      return { kind: 'corrupt', blocks: sent.map(({ block }) => block), culprits }
    }
    const culprits = this.#blame.proved(piece, sent)
    const blocks = sent.map(({ block, bytes }) => ({ block, bytes: vouch(bytes) }))
    return { kind: 'verified', blocks, culprits }
  }

  #judgeAlone(sent: SentBlock, leaf: Uint8Array): Verdict {
    if (equalBytes(this.#hash.sha256(sent.bytes), leaf)) {
      this.provedAloneBytes += sent.bytes.length
      const blocks = [{ block: sent.block, bytes: vouch(sent.bytes) }]
      return { kind: 'verified', blocks, culprits: [] }
    }
    return { kind: 'corrupt', blocks: [sent.block], culprits: [sent.from] }
  }

  /**
   * Leaves came after blocks. Wrong ones are told first; the next call tells the right ones. `null` =
   * no leaf of a held block is known. In pieces of more than 512 blocks leaves come page by page.
   */
  #judgeHeldAlone(piece: number, held: Map<number, SentBlock>): Verdict | null {
    const right: VerifiedBlock[] = []
    const wrong: SentBlock[] = []
    for (const [block, sent] of held) {
      const leaf = this.#trees.leaf(block)
      if (!leaf) continue
      if (equalBytes(this.#hash.sha256(sent.bytes), leaf))
        right.push({ block, bytes: vouch(sent.bytes) })
      else wrong.push(sent)
    }
    const judged = wrong.length > 0 ? wrong : right
    for (const { block } of judged) held.delete(block)
    if (held.size === 0) this.#held.delete(piece)
    if (wrong.length > 0) {
      const culprits = [...new Set(wrong.map(({ from }) => from))]
      return { kind: 'corrupt', blocks: wrong.map(({ block }) => block), culprits }
    }
    if (right.length === 0) return null
    for (const { bytes } of right) this.provedAloneBytes += bytes.length
    return { kind: 'verified', blocks: right, culprits: [] }
  }
}
