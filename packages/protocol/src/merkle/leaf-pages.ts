import { SHA256_BYTES, type Hash } from '@matinee/base'
import { hashPair, merkleRoot, padHash } from './merkle-root.ts'
import type { FileTreeShape } from './tree-shape.ts'

/**
 * The known leaves of a file, a page at a time: what is nobody's concern now takes no memory. A page is
 * a whole subtree of a piece, cut at the file's end. Holds whatever it is given; {@link FileTree}
 * checks first.
 */
export class LeafPages {
  readonly #shape: FileTreeShape
  readonly #hash: Hash
  readonly #pages = new Map<number, Uint8Array>()
  /** Nodes above the pages and below the piece layer that came with a proof; by {@link nodeKey}. */
  readonly #proved = new Map<number, Uint8Array>()

  constructor(shape: FileTreeShape, hash: Hash) {
    this.#shape = shape
    this.#hash = hash
  }

  /** A view of 32 bytes, or `null`. */
  leaf(leaf: number): Uint8Array | null {
    const page = this.#pages.get(Math.floor(leaf / this.#shape.pageLeaves))
    if (page === undefined) return null
    const at = (leaf % this.#shape.pageLeaves) * SHA256_BYTES
    return at < page.length ? page.subarray(at, at + SHA256_BYTES) : null
  }

  /** The known leaves of a page, or `null`. */
  page(page: number): Uint8Array | null {
    return this.#pages.get(page) ?? null
  }

  /** Keeps a copy of leaves from the beginning of a page on; those beyond the file's end are dropped. */
  set(firstLeaf: number, leaves: Uint8Array): void {
    const { pageLeaves, leafCount } = this.#shape
    const end = Math.min(firstLeaf + leaves.length / SHA256_BYTES, leafCount)
    for (let leaf = firstLeaf; leaf < end; leaf += pageLeaves) {
      const from = (leaf - firstLeaf) * SHA256_BYTES
      const to = (Math.min(leaf + pageLeaves, end) - firstLeaf) * SHA256_BYTES
      this.#pages.set(leaf / pageLeaves, leaves.slice(from, to))
    }
  }

  /** Keeps a copy of a node above the pages, which leads to pages that aren't known. */
  setNode(level: number, index: number, node: Uint8Array): void {
    this.#proved.set(nodeKey(level, index), node.slice())
  }

  /** A node below the piece layer, or `null` when what is known doesn't lead to it. */
  node(level: number, index: number): Uint8Array | null {
    const { pageLeaves, leafCount } = this.#shape
    if (index * 2 ** level >= leafCount) return padHash(level, this.#hash)
    if (level === 0) return this.leaf(index)
    const proved = this.#proved.get(nodeKey(level, index))
    if (proved !== undefined) return proved
    if (2 ** level > pageLeaves) {
      // A few levels stand between a page and the largest piece.
      const left = this.node(level - 1, 2 * index)
      const right = this.node(level - 1, 2 * index + 1)
      return left === null || right === null ? null : hashPair(left, right, this.#hash)
    }
    const first = index * 2 ** level
    const page = this.page(Math.floor(first / pageLeaves))
    const from = (first % pageLeaves) * SHA256_BYTES
    const run = page?.subarray(from, from + 2 ** level * SHA256_BYTES)
    return run === undefined ? null : merkleRoot(run, this.#hash, { depth: level })
  }

  /** The half-open range of pages of a piece that have leaves of the file. */
  pagesOf(piece: number): { readonly first: number; readonly end: number } {
    const { pieceLeaves, pageLeaves, leafCount } = this.#shape
    const endLeaf = Math.min((piece + 1) * pieceLeaves, leafCount)
    return { first: (piece * pieceLeaves) / pageLeaves, end: Math.ceil(endLeaf / pageLeaves) }
  }

  forget(piece: number): void {
    const { first, end } = this.pagesOf(piece)
    for (let page = first; page < end; page++) this.#pages.delete(page)
  }
}

/** Levels are few, and no level has 2^40 nodes. */
function nodeKey(level: number, index: number): number {
  return level * 2 ** 40 + index
}
