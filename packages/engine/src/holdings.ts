import { spanLength, type ByteSpan } from '@matinee/base'
import { Bitfield, type Metainfo } from '@matinee/protocol'
import { BlockGrid } from './pick/block-grid.ts'
import { BlockTable } from './pick/block-table.ts'
import type { BlockRange } from './pick/demand.ts'
import { verifiedIn, verifiedUntil } from './pick/verified-spans.ts'

/** What of a torrent is verified and here: its blocks, and the pieces that are whole. */
export class Holdings {
  readonly grid: BlockGrid
  readonly table: BlockTable
  /** Data of all files, without padding, in bytes. */
  readonly totalBytes: number
  readonly #files: Metainfo['files']
  readonly #pieces: Bitfield
  /** Pieces of which some blocks are here, the last begun at the end. */
  readonly #partial = new Set<number>()
  /** Pieces that were whole and are no longer here. */
  readonly #gone = new Set<number>()

  constructor(metainfo: Metainfo) {
    this.grid = new BlockGrid(metainfo)
    this.table = new BlockTable(this.grid.blockCount)
    this.totalBytes = metainfo.files.reduce((sum, file) => sum + file.length, 0)
    this.#files = metainfo.files
    this.#pieces = Bitfield.none(metainfo.layout.pieceCount)
  }

  /** Whole pieces. */
  get pieceCount(): number {
    return this.#pieces.count
  }

  get isComplete(): boolean {
    return this.#pieces.isFull
  }

  /** Verified data, in bytes. */
  get verifiedBytes(): number {
    return this.#files.reduce((sum, { span }) => sum + this.verifiedIn(span), 0)
  }

  /** What we tell a new peer. A copy. */
  bitfield(): Bitfield {
    return this.#pieces.copy()
  }

  hasPiece(piece: number): boolean {
    return this.#pieces.has(piece)
  }

  /** Whether it was whole and is no longer here. */
  hadPiece(piece: number): boolean {
    return this.#gone.has(piece)
  }

  /** Blocks that the table has already. Returns which of their pieces they made whole. */
  settle(blocks: Iterable<number>): readonly number[] {
    const whole = new Set<number>()
    for (const block of blocks) whole.add(this.grid.pieceOf(block))
    return [...whole].filter((piece) => {
      const { first, end } = this.grid.dataBlocks(piece)
      if (!this.table.hasAll(first, end)) {
        this.#partial.add(piece)
        return false
      }
      this.#partial.delete(piece)
      this.#gone.delete(piece)
      this.#pieces.set(piece)
      return true
    })
  }

  /** Blocks that an earlier run left behind. */
  resume(blocks: Iterable<number>): void {
    const known = [...blocks]
    for (const block of known) this.table.have(block)
    this.settle(known)
  }

  /** Verified blocks of pieces that are here in part, of so many pieces at most, the last begun. */
  partialBlocks(mostPieces: number): readonly number[] {
    return [...this.#partial].slice(-mostPieces).flatMap((piece) => {
      const { first, end } = this.grid.dataBlocks(piece)
      const blocks = Array.from({ length: end - first }, (_, i) => first + i)
      return blocks.filter((block) => this.table.isHave(block))
    })
  }

  /** What is here of a piece is gone. True = it was whole. */
  lose(piece: number): boolean {
    const wasWhole = this.#pieces.has(piece)
    const { first, end } = this.grid.dataBlocks(piece)
    for (let block = first; block < end; block++) this.table.lose(block)
    if (wasWhole) this.#gone.add(piece)
    this.#pieces.clear(piece)
    this.#partial.delete(piece)
    return wasWhole
  }

  /** The end of the verified run that begins at `position`, at most `limit`; in bytes of the torrent. */
  verifiedUntil(position: number, limit: number): number {
    return verifiedUntil(this.grid, this.table, { start: position, end: limit })
  }

  /** Verified bytes of a span of the torrent. */
  verifiedIn(span: ByteSpan): number {
    return verifiedIn(this.grid, this.table, span)
  }

  /** What is missing of a range of blocks, in bytes. */
  missingIn({ first, end }: BlockRange): number {
    let bytes = 0
    for (let block = first; block < end; block++)
      if (!this.table.isHave(block)) bytes += spanLength(this.grid.spanOf(block))
    return bytes
  }
}
