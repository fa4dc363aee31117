import type { Pace } from './pace.ts'

/** One connection, or one web seed, for as long as it lives. Never used again for another one. */
export type SourceId = number

/**
 * Whoever can bring blocks, as the scheduler sees it. Blocks are numbers of the torrent's BlockGrid.
 *
 * The downloader decides and calls; the source sends. What comes back goes to the downloader:
 * `onBlock` for bytes, `onRejected` for a block that won't come, `onReturned` for all it owes,
 * `onReady` when it can give more than before. A source keeps no list of its own of what it owes.
 */
export interface BlockSource {
  readonly id: SourceId
  readonly kind: 'peer' | 'web-seed'
  /** What it owes and how fast it has been. The downloader keeps it. */
  readonly pace: Pace
  /** Whether it may be asked for blocks of this piece now: it has it, and lets us. */
  canGive(piece: number): boolean
  /** Whether it rejected this block a short while ago. */
  hasRefused(block: number): boolean
  /**
   * Whether it is to be left alone for now, such as a web seed whose publisher pays for it while
   * peers are enough. What it owes stays asked.
   */
  isSpared(supply: Supply): boolean
  /** Asks for blocks, in this order; the answers are expected in it. Never throws. */
  request(blocks: readonly number[]): void
  /** These are no longer needed. What is not told to be rejected may still come, and is welcome. */
  cancel(blocks: readonly number[]): void
  /** Pieces that readers lack, for saying whether we are interested (BEP 3). Called often, also without change. */
  setWanted(pieces: ReadonlySet<number>): void
}

/** How well the readers are supplied, for {@link BlockSource.isSpared}. */
export interface Supply {
  /** A reader waits for its first seconds, or has run dry. */
  readonly isStarving: boolean
  /** Film that is there beyond the playhead, of the reader that has least. Infinity without readers. */
  readonly bufferSeconds: number
  /** What peers together seem able to bring. */
  readonly peerBytesPerSecond: number
  /** What readers together play; 0 without readers. */
  readonly filmBytesPerSecond: number
}
