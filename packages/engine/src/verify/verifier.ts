// More lines than usual: the ways in which a block can be judged stand side by side.
import { LIMITS, concatBytes, equalBytes, type Hash } from '@matinee/base'
import { blockLeaf, type Metainfo } from '@matinee/protocol'
import type { BlockGrid } from '../pick/block-grid.ts'
import type { SourceId } from '../pick/block-source.ts'
import { checkPiece } from './piece-hash.ts'
import type { HashTrees } from './hash-trees.ts'
import { Parole, type TrialStep } from './parole.ts'
import type { SentBlock } from './sent-block.ts'
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
      readonly culprits: readonly SourceId[]
    }
  /** Kept until its piece is whole or its hashes are here. */
  | { readonly kind: 'held' }
  /** To be fetched again: wrong, or in doubt. Without culprits it is not yet known who lied. */
  | {
      readonly kind: 'corrupt'
      readonly blocks: readonly number[]
      readonly culprits: readonly SourceId[]
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
  readonly #parole: Parole
  readonly #held = new Map<number, Map<number, SentBlock>>()
  /** Copies of held blocks that differ from them, by piece. */
  readonly #twins = new Map<number, SentBlock[]>()
  /** Data that a leaf of its own proved, in bytes; the rest had to wait for its piece. */
  provedAloneBytes = 0

  constructor(metainfo: Metainfo, grid: BlockGrid, trees: HashTrees, hash: Hash) {
    this.#metainfo = metainfo
    this.#grid = grid
    this.#trees = trees
    this.#hash = hash
    this.#parole = new Parole(hash)
  }

  /** Bytes held unverified. */
  get heldBytes(): number {
    let bytes = 0
    for (const piece of this.#held.values())
      for (const sent of piece.values()) bytes += sent.bytes.length
    return bytes + this.#parole.heldBytes
  }

  /** Judges one block. `bytes` are its data, without padding; they are kept. */
  take(block: number, bytes: Uint8Array, from: SourceId): Verdict {
    const piece = this.#grid.pieceOf(block)
    const leaf = this.#trees.leaf(block)
    if (leaf) return this.#judgeAlone({ block, bytes, from }, leaf)
    if (this.#parole.isOnTrial(piece))
      return this.#follow(piece, this.#parole.take(piece, { block, bytes, from }))
    const held = this.#held.get(piece) ?? new Map<number, SentBlock>()
    this.#held.set(piece, held)
    held.set(block, { block, bytes, from })
    return this.#judgeWhole(piece, held)
  }

  /** Pieces of which something is held, the oldest first. */
  get heldPieces(): readonly number[] {
    return [...this.#held.keys(), ...this.#parole.pieces]
  }

  /** Blocks that are held, without those on trial. */
  get heldBlocks(): readonly number[] {
    return [...this.#held.values()].flatMap((held) => [...held.keys()])
  }

  /** Whether a source may be asked for a block: not for one in doubt that it has sent, and not while it is a suspect. */
  mayAsk(piece: number, block: number, from: SourceId): boolean {
    if (!this.#parole.isBusy) return true
    if (this.#parole.hasSent(piece, block, from)) return false
    return this.#trees.leaf(block) !== null || !this.#parole.suspects().has(from)
  }

  /** Blocks of a piece in doubt that are being fetched once more from others; empty otherwise. */
  doubtedBlocks(piece: number): readonly number[] {
    return this.#parole.pendingOf(piece)
  }

  /** Another source's copy of a block that is held: it speaks up when they differ. */
  takeTwin(block: number, bytes: Uint8Array, from: SourceId): void {
    const piece = this.#grid.pieceOf(block)
    const first = this.#held.get(piece)?.get(block)
    if (!first || equalBytes(first.bytes, bytes)) return
    const twins = this.#twins.get(piece) ?? []
    this.#twins.set(piece, twins)
    if (twins.length < LIMITS.blockTwins) twins.push({ block, bytes, from })
  }

  /** Whether these bytes of a block that is verified already are known to be wrong. */
  isWrongTwin(block: number, bytes: Uint8Array): boolean {
    const leaf = this.#trees.leaf(block)
    if (leaf) return !equalBytes(this.#hash.sha256(bytes), leaf)
    return this.#parole.isWrong(this.#grid.pieceOf(block), block, bytes)
  }

  /** Nothing of this source is believed any more. Returns blocks that are to be fetched again. */
  discard(from: SourceId): readonly number[] {
    this.#parole.convict(from)
    const blocks: number[] = []
    for (const [piece, held] of this.#held) {
      for (const sent of held.values()) if (sent.from === from) blocks.push(sent.block)
      for (const block of blocks) held.delete(block)
      if (held.size === 0) this.#held.delete(piece)
    }
    return blocks
  }

  /** More is known of who lies: what that says about a piece on trial. */
  reconsider(piece: number): Verdict {
    return this.#follow(piece, this.#parole.step(piece))
  }

  /** Pieces on trial. */
  get triedPieces(): readonly number[] {
    return this.#parole.pieces
  }

  /** Leaves of the piece, or its place in the piece layer, have become known: judges what is held. */
  judgePiece(piece: number): Verdict {
    const held = this.#held.get(piece)
    if (
      !held &&
      this.#parole.isOnTrial(piece) &&
      this.#trees.leaf(this.#grid.dataBlocks(piece).first)
    )
      return { kind: 'corrupt', blocks: this.#parole.drop(piece), culprits: [] }
    if (!held) return { kind: 'held' }
    return this.#judgeHeldAlone(piece, held) ?? this.#judgeWhole(piece, held)
  }

  /** Drops what is held of a piece; its blocks are to be fetched again. */
  drop(piece: number): readonly number[] {
    const held = this.#held.get(piece)
    this.#held.delete(piece)
    this.#twins.delete(piece)
    return held ? [...held.keys()] : this.#parole.drop(piece)
  }

  #judgeWhole(piece: number, held: Map<number, SentBlock>): Verdict {
    const data = this.#grid.dataBlocks(piece)
    if (held.size < data.end - data.first) return this.#judgeRest(piece, held)
    const sent = [...held.entries()].toSorted(([a], [b]) => a - b).map(([, block]) => block)
    const outcome = checkPiece(
      this.#metainfo,
      this.#hash,
      piece,
      sent.map(({ bytes }) => bytes),
      this.#trees.pieceHash(piece),
    )
    if (outcome === 'unknown') return { kind: 'held' }
    const twins = this.#twins.get(piece) ?? []
    this.#twins.delete(piece)
    this.#held.delete(piece)
    if (outcome === 'wrong') return this.#doubt(piece, sent, twins)
    this.#parole.credit(sent)
    const culprits = [...new Set(twins.map(({ from }) => from))]
    return { kind: 'verified', blocks: sent.map(vouched), culprits }
  }

  /** Of the blocks that aren't held the leaves may be known: together with what is held they make the piece's hash. */
  #judgeRest(piece: number, held: Map<number, SentBlock>): Verdict {
    const { first, end } = this.#grid.dataBlocks(piece)
    if (this.#trees.pieceHash(piece) === null) return { kind: 'held' }
    const leaves: Uint8Array[] = []
    for (let block = first; block < end; block++) {
      const sent = held.get(block)
      const leaf = sent ? blockLeaf(sent.bytes, this.#hash) : this.#trees.leaf(block)
      if (!leaf) return { kind: 'held' }
      leaves.push(leaf)
    }
    if (this.#trees.setLeaves(piece, concatBytes(leaves)))
      return this.#judgeHeldAlone(piece, held) ?? { kind: 'held' }
    this.#held.delete(piece)
    this.#twins.delete(piece)
    const sent = [...held.values()]
    const senders = [...new Set(sent.map(({ from }) => from))]
    // Of several senders nobody can be blamed: there is no second copy of the whole piece to compare.
    const culprits = senders.length === 1 ? senders : []
    return { kind: 'corrupt', blocks: sent.map(({ block }) => block), culprits }
  }

  /** A piece is wrong: its one sender is guilty, or it goes on trial. */
  #doubt(piece: number, sent: readonly SentBlock[], twins: readonly SentBlock[]): Verdict {
    const senders = [...new Set(sent.map(({ from }) => from))]
    if (senders.length === 1)
      return { kind: 'corrupt', blocks: sent.map(({ block }) => block), culprits: senders }
    const blocks = this.#parole.begin(piece, sent)
    for (const twin of twins) this.#parole.addVersion(piece, twin)
    return { kind: 'corrupt', blocks, culprits: [] }
  }

  /** Hashes choices of versions until one is right, or more has to be fetched. */
  #follow(piece: number, first: TrialStep): Verdict {
    let step = first
    while (step.kind === 'choice') {
      const bytes = step.blocks.map((sent) => sent.bytes)
      const layerHash = this.#trees.pieceHash(piece)
      if (checkPiece(this.#metainfo, this.#hash, piece, bytes, layerHash) === 'right') {
        this.#parole.credit(step.blocks)
        const culprits = this.#parole.proved(piece, step.blocks)
        return { kind: 'verified', blocks: step.blocks.map(vouched), culprits }
      }
      step = this.#parole.step(piece)
    }
    if (step.kind === 'waiting') return { kind: 'held' }
    return { kind: 'corrupt', blocks: step.blocks, culprits: [] }
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
   * no leaf of a held block is known. In pieces of more than 64 blocks leaves come page by page.
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

function vouched({ block, bytes }: SentBlock): VerifiedBlock {
  return { block, bytes: vouch(bytes) }
}
