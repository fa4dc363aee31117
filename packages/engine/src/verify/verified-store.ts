import { DiskError, MIB, intersect, sleep } from '@matinee/base'
import type { ByteSpan, Clock, DiskErrorCode, Hash } from '@matinee/base'
import type { Metainfo } from '@matinee/protocol'
import type { BlockGrid } from '../pick/block-grid.ts'
import type { BlockRange } from '../pick/demand.ts'
import type { BlockMemory } from '../store/block-memory.ts'
import { StoreError } from '../store/store-error.ts'
import type { TorrentStore } from '../store/torrent-store.ts'
import { DiskCheck, type DiskCheckParts } from './disk-check.ts'
import { startV1Check } from './piece-hash.ts'
import { RecentBlocks } from './recent-blocks.ts'
import { UnsavedBlocks } from './unsaved-blocks.ts'
import { vouch, type VerifiedBytes } from './verified-bytes.ts'
import type { VerifiedBlock } from './verifier.ts'

/** What a read brings: right bytes, or a piece that the disk no longer holds as it was. */
export type ReadOutcome =
  | { readonly kind: 'bytes'; readonly bytes: VerifiedBytes }
  | { readonly kind: 'lost'; readonly piece: number }

/** The most that is hashed before others get their turn. */
const BYTES_PER_TURN = 1 * MIB

/**
 * The disk behind the verifier: takes only verified blocks, and gives out only bytes that were
 * compared with the hashes at least once since the torrent was opened (threats.md A6).
 */
export class VerifiedStore {
  readonly #metainfo: Metainfo
  readonly #grid: BlockGrid
  readonly #hash: Hash
  readonly #clock: Clock
  readonly #store: TorrentStore
  readonly #disk: DiskCheck
  readonly #recent: RecentBlocks
  readonly #unsaved = new UnsavedBlocks()
  readonly #onForgotten: (piece: number) => void
  #isRetrying = false

  constructor(
    parts: DiskCheckParts & {
      /** Where bytes of verified blocks go when nobody needs them any more. */
      readonly memory: BlockMemory
      /** Memory has no room for a piece that the disk refuses: it's no longer ours. To be answered by {@link lose}. */
      readonly onForgotten: (piece: number) => void
    },
  ) {
    const { metainfo, grid, memory } = parts
    this.#metainfo = metainfo
    this.#grid = grid
    this.#hash = parts.hash
    this.#clock = parts.clock
    this.#store = parts.store
    this.#onForgotten = parts.onForgotten
    this.#disk = new DiskCheck(parts)
    this.#recent = new RecentBlocks(grid, (bytes) => memory.give(bytes))
  }

  /** Bytes that wait to be written. */
  get queuedBytes(): number {
    return this.#store.queuedBytes
  }

  /** Why the disk takes nothing at present, so that the film lives in memory; `null` = it does. */
  get trouble(): DiskErrorCode | null {
    return this.#unsaved.trouble
  }

  /**
   * Takes verified blocks, with their arrays; they can be read at once, and count as ours after a
   * restart when written. What the disk refuses stays in memory while there is room.
   */
  async write(blocks: readonly VerifiedBlock[]): Promise<void> {
    for (const { block, bytes } of blocks) {
      this.#disk.checked.set(block)
      this.#recent.add(block, bytes)
    }
    await Promise.all(
      blocks.map(async ({ block, bytes }) => {
        if (this.#unsaved.trouble !== null || !(await this.#save(block, bytes)))
          this.#keep(block, bytes)
      }),
    )
  }

  /** Tries the disk again, once in a while. */
  async tick(nowMs: number): Promise<void> {
    if (this.#isRetrying || !this.#unsaved.isDue(nowMs)) return
    this.#isRetrying = true
    try {
      for (;;) {
        const next = this.#unsaved.next(this.#clock.nowMs())
        if (next === null || !(await this.#save(...next))) return
        this.#unsaved.saved(this.#grid.pieceOf(next[0]), next[0])
      }
    } finally {
      this.#isRetrying = false
    }
  }

  /** False = the disk refused. */
  async #save(block: number, bytes: VerifiedBytes): Promise<boolean> {
    try {
      await this.#store.write(this.#grid.spanOf(block).start, bytes)
    } catch (error) {
      if (!(error instanceof DiskError)) throw error
      this.#unsaved.refused(error.code, this.#clock.nowMs())
      return false
    }
    this.#store.markVerified([block])
    this.#recent.written(block, bytes)
    return true
  }

  #keep(block: number, bytes: VerifiedBytes): void {
    // Dropped meanwhile.
    if (this.#recent.bytesOf(block) !== bytes) return
    this.#unsaved.add(this.#grid.pieceOf(block), block, bytes)
    const { excess } = this.#unsaved
    if (excess !== null) this.#onForgotten(excess)
  }

  /** Bytes of blocks that we have. The first look at a piece since the start compares all of it. */
  async read(span: ByteSpan): Promise<ReadOutcome> {
    const held = this.#recent.read(span)
    if (held.gaps.length === 0) return { kind: 'bytes', bytes: vouch(held.bytes) }
    const { first, end } = this.#metainfo.layout.piecesOf(span)
    for (let piece = first; piece < end; piece++)
      if (!(await this.#disk.look(piece, this.#blocksIn(piece, span))))
        return { kind: 'lost', piece }
    try {
      // NOTE: anew after the wait. The disk is asked for nothing else: it may have refused what memory holds (A1).
      const { bytes, gaps } = this.#recent.read(span)
      await Promise.all(
        gaps.map(async (gap) => bytes.set(await this.#store.read(gap), gap.start - span.start)),
      )
      return { kind: 'bytes', bytes: vouch(bytes) }
    } catch (error) {
      const piece = await this.#missingPiece(span, error)
      return { kind: 'lost', piece }
    }
  }

  /** Which piece of a span went since it was compared. Throws what isn't that. */
  async #missingPiece(span: ByteSpan, error: unknown): Promise<number> {
    if (!(error instanceof StoreError) || error.code !== 'missing') throw error
    const { layout } = this.#metainfo
    const { first } = layout.piecesOf(span)
    for (const gap of this.#recent.read(span).gaps) {
      const pieces = layout.piecesOf(gap)
      for (let piece = pieces.first; piece < pieces.end; piece++) {
        const part = intersect(layout.pieceSpan(layout.piece(piece)), gap)
        if (part !== null && !(await this.#disk.isThere(part))) return piece
      }
    }
    return first
  }

  /** These blocks of pieces that are here in part don't count. */
  forget(blocks: Iterable<number>): void {
    for (const block of blocks) this.#store.unmark(block)
  }

  /** Compares blocks of pieces that are here in part with their leaves. Returns those that are ours from now on. */
  async adoptBlocks(blocks: readonly number[]): Promise<readonly number[]> {
    const right = await this.#disk.rightAmong(blocks)
    const isRight = new Set(right)
    this.#store.markVerified(right)
    this.forget(blocks.filter((block) => !isRight.has(block)))
    return right
  }

  /** The piece's blocks are no longer ours. */
  lose(piece: number): void {
    this.#unsaved.drop(piece)
    const blocks = this.#grid.dataBlocks(piece)
    for (let block = blocks.first; block < blocks.end; block++) {
      this.#disk.checked.clear(block)
      this.#recent.drop(block)
      this.#store.unmark(block)
    }
  }

  /** Whether a whole piece of a hybrid torrent, right by its v2 hashes, is right by its v1 hash too. */
  async agreesWithV1(piece: number): Promise<boolean> {
    const check = startV1Check(this.#metainfo, this.#hash, piece)
    if (!check) return true
    const { first, end } = this.#grid.dataBlocks(piece)
    // What an earlier run left may have changed since: that says nothing about the torrent.
    if (!(await this.#disk.look(piece, { first, end }))) return true
    let bytesThisTurn = 0
    for (let block = first; block < end; block++) {
      // NOTE: looked up anew after every wait, for a block's memory is soon another's.
      const bytes =
        this.#recent.bytesOf(block) ?? (await this.#store.read(this.#grid.spanOf(block)))
      check.update(bytes)
      bytesThisTurn += bytes.length
      if (bytesThisTurn < BYTES_PER_TURN || block + 1 === end) continue
      bytesThisTurn = 0
      await sleep(this.#clock, 0)
    }
    return check.finish() === 'right'
  }

  /** Compares a piece on the disk with its hashes. True = its blocks are ours, now and after a restart. */
  async adopt(piece: number): Promise<boolean> {
    const isRight = await this.#disk.checkPiece(piece)
    const { first, end } = this.#grid.dataBlocks(piece)
    const blocks = Array.from({ length: end - first }, (_, i) => first + i)
    if (isRight) this.#store.markVerified(blocks)
    else for (const block of blocks) this.#store.unmark(block)
    return isRight
  }

  /** The data blocks of a piece that a span touches. */
  #blocksIn(piece: number, span: ByteSpan): BlockRange {
    const data = this.#grid.dataBlocks(piece)
    let { first, end } = data
    while (first < end && this.#grid.spanOf(first).end <= span.start) first++
    while (end > first && this.#grid.spanOf(end - 1).start >= span.end) end--
    return { first, end }
  }
}
