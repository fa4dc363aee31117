import { type Hash, SHA256_BYTES, assert } from '@matinee/base'
import { levelAbove, padHash } from './merkle-root.ts'
import type { FileTreeShape } from './tree-shape.ts'

/**
 * The piece layer of a file and what is above it, known wholly or in part. Holds whatever it is
 * given; {@link FileTree} checks first.
 */
export class PieceLayer {
  readonly #shape: FileTreeShape
  readonly #hash: Hash
  /** While only a part is known. */
  readonly #parts = new Map<number, Uint8Array>()
  /** Level after level from the piece layer to the root; made when first asked for. */
  #levels: Uint8Array[] | null = null
  #whole: Uint8Array | null = null

  constructor(shape: FileTreeShape, hash: Hash) {
    this.#shape = shape
    this.#hash = hash
  }

  /** All hashes, 32 bytes per piece, or `null` while some are missing. */
  get whole(): Uint8Array | null {
    return this.#whole
  }

  piece(piece: number): Uint8Array | null {
    if (this.#whole === null) return this.#parts.get(piece) ?? null
    return piece < this.#shape.pieceCount ? hashAt(this.#whole, piece) : null
  }

  /** Keeps a copy of hashes from `first` on; those beyond the file's end are dropped. */
  set(first: number, hashes: Uint8Array): void {
    if (this.#whole !== null) return
    const count = Math.min(hashes.length / SHA256_BYTES, this.#shape.pieceCount - first)
    for (let i = 0; i < count; i++)
      if (!this.#parts.has(first + i)) this.#parts.set(first + i, hashAt(hashes, i).slice())
    if (this.#parts.size < this.#shape.pieceCount) return
    const whole = new Uint8Array(this.#shape.pieceCount * SHA256_BYTES)
    for (const [piece, hash] of this.#parts) whole.set(hash, piece * SHA256_BYTES)
    this.#whole = whole
    this.#parts.clear()
  }

  /** The node at a level from the piece layer up, or `null` when it isn't known yet. */
  node(level: number, index: number): Uint8Array | null {
    const { pieceLevel, depth } = this.#shape
    assert(level >= pieceLevel && level <= depth, 'the level is in the upper tree')
    if (level === pieceLevel && index < this.#shape.pieceCount) return this.piece(index)
    if (this.#whole === null) return null
    this.#levels ??= this.#makeLevels(this.#whole)
    const nodes = this.#levels[level - pieceLevel]
    assert(nodes !== undefined, 'the upper tree has every level')
    return index < nodes.length / SHA256_BYTES ? hashAt(nodes, index) : padHash(level, this.#hash)
  }

  #makeLevels(whole: Uint8Array): Uint8Array[] {
    const levels = [whole]
    let nodes = whole
    for (let level = this.#shape.pieceLevel; level < this.#shape.depth; level++) {
      nodes = levelAbove(nodes, level, this.#hash)
      levels.push(nodes)
    }
    return levels
  }
}

function hashAt(hashes: Uint8Array, index: number): Uint8Array {
  return hashes.subarray(index * SHA256_BYTES, (index + 1) * SHA256_BYTES)
}
