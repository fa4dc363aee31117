import { MIB, equalBytes, sleep, type ByteSpan, type Clock, type Hash } from '@matinee/base'
import type { Metainfo } from '@matinee/protocol'
import type { BlockGrid } from '../pick/block-grid.ts'
import type { BlockRange } from '../pick/demand.ts'
import { BlockSet } from '../store/block-set.ts'
import { checkPieces } from '../store/piece-check.ts'
import { StoreError } from '../store/store-error.ts'
import type { TorrentStore } from '../store/torrent-store.ts'
import type { HashTrees } from './hash-trees.ts'

/** The most that is hashed before others get their turn. */
const BYTES_PER_TURN = 1 * MIB

/** What a {@link DiskCheck} compares, and with what. */
export interface DiskCheckParts {
  readonly metainfo: Metainfo
  readonly grid: BlockGrid
  readonly hash: Hash
  readonly clock: Clock
  readonly trees: HashTrees
  readonly store: TorrentStore
}

/** What of the disk was compared with the hashes since the torrent was opened (threats.md A6). */
export class DiskCheck {
  /** Blocks that were seen right, on the disk or before they were written. */
  readonly checked: BlockSet
  readonly #parts: DiskCheckParts

  constructor(parts: DiskCheckParts) {
    this.#parts = parts
    this.checked = new BlockSet(parts.grid.blockCount)
  }

  /** Compares what nobody has looked at yet: block by block where leaves are known, else the whole piece. */
  async look(piece: number, range: BlockRange): Promise<boolean> {
    const unseen: number[] = []
    for (let block = range.first; block < range.end; block++)
      if (!this.checked.has(block)) unseen.push(block)
    if (unseen.length === 0) return true
    if (unseen.some((block) => this.#parts.trees.leaf(block) === null))
      return this.checkPiece(piece)
    return (await this.rightAmong(unseen)).length === unseen.length
  }

  /** Those blocks on the disk that their leaves prove right. */
  async rightAmong(blocks: readonly number[]): Promise<readonly number[]> {
    const { grid, trees, hash, clock } = this.#parts
    const right: number[] = []
    let bytesThisTurn = 0
    for (const block of blocks) {
      const leaf = trees.leaf(block)
      const bytes = leaf && (await this.#readOrNothing(grid.spanOf(block)))
      if (!leaf || !bytes) continue
      if (equalBytes(hash.sha256(bytes), leaf)) {
        this.checked.set(block)
        right.push(block)
      }
      bytesThisTurn += bytes.length
      if (bytesThisTurn < BYTES_PER_TURN) continue
      bytesThisTurn = 0
      await sleep(clock, 0)
    }
    return right
  }

  /** Compares a whole piece. */
  async checkPiece(piece: number): Promise<boolean> {
    const { trees, grid, ...parts } = this.#parts
    const layerHash = (): Uint8Array | null => trees.pieceHash(piece)
    const right = await checkPieces({ ...parts, pieces: [piece], layerHash })
    if (right.length === 0) return false
    const range = grid.dataBlocks(piece)
    for (let block = range.first; block < range.end; block++) this.checked.set(block)
    return true
  }

  /** Whether bytes lie there at all. */
  async isThere(span: ByteSpan): Promise<boolean> {
    return (await this.#readOrNothing(span)) !== null
  }

  async #readOrNothing(span: ByteSpan): Promise<Uint8Array | null> {
    try {
      return await this.#parts.store.read(span)
    } catch (error) {
      if (error instanceof StoreError && error.code === 'missing') return null
      throw error
    }
  }
}
