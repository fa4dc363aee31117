import type { ByteSpan } from '@matinee/base'
import { BLOCK_BYTES, type Layout, type Metainfo } from '@matinee/protocol'
import type { BlockRun } from './block-set.ts'

/** Where blocks lie: number = piece × {@link blocksPerPiece} + block in the piece. */
export class BlockMap {
  readonly blocksPerPiece: number
  /** One more than the highest number. */
  readonly blockCount: number
  readonly #layout: Layout

  constructor(metainfo: Metainfo) {
    this.#layout = metainfo.layout
    this.blocksPerPiece = Math.ceil(metainfo.pieceLength / BLOCK_BYTES)
    this.blockCount = metainfo.layout.pieceCount * this.blocksPerPiece
  }

  /** The blocks that a span of the torrent touches. */
  blocksOf(span: ByteSpan): BlockRun {
    if (span.end <= span.start) return { start: 0, end: 0 }
    return { start: this.#blockAt(span.start), end: this.#blockAt(span.end - 1) + 1 }
  }

  /** The part of the torrent that a run of blocks covers. */
  spanOf(run: BlockRun): ByteSpan {
    const { length } = this.#layout
    return {
      start: Math.min(this.#startOf(run.start), length),
      end: Math.min(this.#startOf(run.end), length),
    }
  }

  #blockAt(position: number): number {
    const { pieceLength } = this.#layout
    const piece = Math.floor(position / pieceLength)
    return piece * this.blocksPerPiece + Math.floor((position % pieceLength) / BLOCK_BYTES)
  }

  #startOf(block: number): number {
    const piece = Math.floor(block / this.blocksPerPiece)
    return piece * this.#layout.pieceLength + (block % this.blocksPerPiece) * BLOCK_BYTES
  }
}
