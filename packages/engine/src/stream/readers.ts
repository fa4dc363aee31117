import type { ByteSpan } from '@matinee/base'
import type { BlockGrid } from '../pick/block-grid.ts'
import type { BlockRange } from '../pick/demand.ts'
import type { DemandFacts } from '../transfer/downloader.ts'
import { demandOf, type DemandGrid } from './demand.ts'
import type { Need } from './playback.ts'

/** A beginning is spread over sources by what the first two seconds need. */
const NEAR_SECONDS = 2

/** A reader as far as the demand goes. */
export interface OpenReader {
  /** In bytes of the torrent. */
  readonly span: ByteSpan
  readonly bytesPerSecond: number
  /** Where the verified run ends that begins where the reader is. */
  readonly verifiedEnd: number
  need(nowMs: number): Need
}

/** The open readers of a torrent, the oldest first, and what they need together. */
export class Readers<Reader extends OpenReader> {
  readonly open = new Set<Reader>()
  readonly #grid: BlockGrid
  readonly #isJudgedWhole: (block: number) => boolean

  /** @param isJudgedWhole whether a block is of use only with its whole piece */
  constructor(grid: BlockGrid, isJudgedWhole: (block: number) => boolean) {
    this.#grid = grid
    this.#isJudgedWhole = isJudgedWhole
  }

  /** What is needed now. */
  facts(nowMs: number): DemandFacts {
    const readers = [...this.open]
    const needs = readers.map((reader) => reader.need(nowMs))
    const grid: DemandGrid = {
      rangeOf: (span) => this.rangeOf(span),
      readableFrom: (block) => this.#readableFrom(block),
    }
    const hungry = readers.findLast((_, i) => (needs[i]?.goals.length ?? 0) > 0)
    return {
      demand: demandOf(needs, grid),
      spans: readers.flatMap(({ verifiedEnd, span }) =>
        verifiedEnd < span.end ? [this.rangeOf({ start: verifiedEnd, end: span.end })] : [],
      ),
      near: hungry ? this.#near(hungry) : { first: 0, end: 0 },
      isCalm: needs.some((need) => need.isCalm),
      bufferSeconds: Math.min(Infinity, ...needs.map((need) => need.bufferSeconds)),
      filmBytesPerSecond: readers.reduce((sum, reader) => sum + reader.bytesPerSecond, 0),
    }
  }

  #near(reader: OpenReader): BlockRange {
    const start = reader.verifiedEnd
    const end = Math.min(start + NEAR_SECONDS * reader.bytesPerSecond, reader.span.end)
    return start < end ? this.rangeOf({ start, end: Math.ceil(end) }) : { first: 0, end: 0 }
  }

  /** The blocks that it takes to give a span out: whole pieces where they are judged whole. Not empty. */
  rangeOf(span: ByteSpan): BlockRange {
    let { first, end } = this.#grid.blocksOf(span)
    const firstPiece = this.#grid.pieceOf(first)
    const lastPiece = this.#grid.pieceOf(end - 1)
    if (this.#isJudgedWhole(first)) first = this.#grid.dataBlocks(firstPiece).first
    if (this.#isJudgedWhole(end - 1)) end = this.#grid.dataBlocks(lastPiece).end
    return { first, end }
  }

  #readableFrom(block: number): number {
    const piece = this.#grid.pieceOf(block)
    const from = this.#isJudgedWhole(block) ? this.#grid.dataBlocks(piece).first : block
    return this.#grid.spanOf(from).start
  }
}
