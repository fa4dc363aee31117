import { SHA256_BYTES } from '@matinee/base'
import type { FileTreeShape } from './tree-shape.ts'

/**
 * The known leaves of a file, a page at a time: what is nobody's concern now takes no memory. A page is
 * a whole subtree of a piece, cut at the file's end. Holds whatever it is given; {@link FileTree}
 * checks first.
 */
export class LeafPages {
  readonly #shape: FileTreeShape
  readonly #pages = new Map<number, Uint8Array>()

  constructor(shape: FileTreeShape) {
    this.#shape = shape
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
