import type { ByteSpan } from '@matinee/base'
import type { BlockGrid } from '../../src/pick/block-grid.ts'
import type { BlockTable } from '../../src/pick/block-table.ts'
import { Playback, type Need } from '../../src/stream/playback.ts'
import type { OpenReader } from '../../src/stream/readers.ts'

/** What a browser takes beyond what it plays before it stops reading. */
const BROWSER_BUFFER_BYTES = 12_000_000

/** A reader whose player reads as a browser does: as fast as it can until its own buffer is full. */
export class SimReader implements OpenReader {
  readonly span: ByteSpan
  readonly bytesPerSecond: number
  readonly #grid: BlockGrid
  readonly #table: BlockTable
  readonly #playback: Playback
  #verifiedEnd: number
  /** Where the film is, in bytes; the player moves it. */
  playedTo: number

  constructor(
    span: ByteSpan,
    bytesPerSecond: number,
    world: { readonly grid: BlockGrid; readonly table: BlockTable },
  ) {
    this.span = span
    this.bytesPerSecond = bytesPerSecond
    this.#grid = world.grid
    this.#table = world.table
    this.#playback = new Playback(span, bytesPerSecond)
    this.#verifiedEnd = span.start
    this.playedTo = span.start
  }

  get verifiedEnd(): number {
    if (this.#verifiedEnd >= this.span.end) return this.#verifiedEnd
    const { first } = this.#grid.blocksOf({ start: this.#verifiedEnd, end: this.span.end })
    for (let block = first; block < this.#table.blockCount && this.#table.isHave(block); block++)
      this.#verifiedEnd = Math.min(this.#grid.spanOf(block).end, this.span.end)
    return this.#verifiedEnd
  }

  need(nowMs: number): Need {
    const { verifiedEnd } = this
    const position = Math.min(verifiedEnd, this.playedTo + BROWSER_BUFFER_BYTES)
    return this.#playback.need({ verifiedEnd, position, nowMs })
  }
}
