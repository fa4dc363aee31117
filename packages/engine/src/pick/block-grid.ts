import { spanLength, type ByteSpan } from '@matinee/base'
import { BLOCK_BYTES, type BlockFields, type Metainfo } from '@matinee/protocol'
import type { BlockRange } from './demand.ts'

/**
 * The blocks of a torrent as the engine counts them: number = piece × {@link blocksPerPiece} + block
 * in the piece, so that a number says its piece. Numbers without data (behind a short piece, or
 * padding only) exist but are never wanted: {@link dataBlocks} leaves them out.
 */
export class BlockGrid {
  readonly blocksPerPiece: number
  /** One more than the highest number, with and without data. */
  readonly blockCount: number
  readonly pieceCount: number
  readonly #metainfo: Metainfo

  constructor(metainfo: Metainfo) {
    this.#metainfo = metainfo
    this.blocksPerPiece = Math.ceil(metainfo.pieceLength / BLOCK_BYTES)
    this.pieceCount = metainfo.layout.pieceCount
    this.blockCount = metainfo.layout.pieceCount * this.blocksPerPiece
  }

  pieceOf(block: number): number {
    return Math.floor(block / this.blocksPerPiece)
  }

  /** The block's place in its piece. */
  placeOf(block: number): number {
    return block % this.blocksPerPiece
  }

  /**
   * What is asked for, verified and stored as this block, in bytes of the torrent: in v2 and hybrid
   * torrents exactly what its leaf covers, in v1 torrents padding included.
   */
  spanOf(block: number): ByteSpan {
    const { layout, kind } = this.#metainfo
    const piece = layout.piece(this.pieceOf(block))
    return kind === 'v1'
      ? layout.blockSpan(piece, this.placeOf(block))
      : layout.dataSpan(piece, this.placeOf(block))
  }

  /** The blocks of a piece that hold data: always the first ones of it. */
  dataBlocks(piece: number): BlockRange {
    const { layout, kind } = this.#metainfo
    const first = piece * this.blocksPerPiece
    const index = layout.piece(piece)
    let count = layout.blocksIn(index)
    if (kind !== 'v1') while (count > 0 && isEmpty(layout.dataSpan(index, count - 1))) count--
    return { first, end: first + count }
  }

  /** The blocks that a span touches. It must not be empty, and begin and end in data. */
  blocksOf(span: ByteSpan): BlockRange {
    const first = this.#blockAt(span.start)
    return { first, end: this.#blockAt(span.end - 1) + 1 }
  }

  /** The whole pieces that a range touches, as a range: what it takes to judge them by their pieces. */
  wholePieces(range: BlockRange): BlockRange {
    const first = this.pieceOf(range.first) * this.blocksPerPiece
    return { first, end: this.dataBlocks(this.pieceOf(range.end - 1)).end }
  }

  /** How a request names the block. */
  fieldsOf(block: number): BlockFields {
    const span = this.spanOf(block)
    const piece = this.pieceOf(block)
    const begin = span.start - piece * this.#metainfo.pieceLength
    return { piece, begin, length: spanLength(span) }
  }

  /** The block that these fields name exactly, or `null`. */
  blockNamed(fields: BlockFields): number | null {
    const { piece, begin, length } = fields
    if (piece >= this.#metainfo.layout.pieceCount || begin % BLOCK_BYTES !== 0) return null
    const range = this.dataBlocks(piece)
    const block = range.first + begin / BLOCK_BYTES
    return block < range.end && spanLength(this.spanOf(block)) === length ? block : null
  }

  #blockAt(position: number): number {
    const { piece, block } = this.#metainfo.layout.blockAt(position)
    return piece * this.blocksPerPiece + block
  }
}

function isEmpty(span: ByteSpan): boolean {
  return span.start === span.end
}
