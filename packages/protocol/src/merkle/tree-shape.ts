import { assert } from '@matinee/base'
import { BLOCK_BYTES } from '../layout/layout.ts'
import { treeDepth } from './merkle-root.ts'

/**
 * The most leaves asked for and kept in one run (BEP 52: length should not be above 512): those of a
 * mebibyte. Of a larger piece only what is wanted soon is asked for, because 32 bytes a block come
 * through the same uplinks as the blocks that wait for them.
 */
export const PAGE_LEAVES = 64

/**
 * The shape of one file's Merkle tree. Levels count from the leaves up. A file of at most one piece
 * has its root for a piece layer.
 */
export interface FileTreeShape {
  /** Blocks of the file: the leaves that are not padding. */
  readonly leafCount: number
  /** The level of the root. */
  readonly depth: number
  /** The level of the piece layer. */
  readonly pieceLevel: number
  readonly pieceCount: number
  /** Leaves per piece in the tree, padding included: a power of two. */
  readonly pieceLeaves: number
  /** Leaves per page: a power of two, at most a piece. */
  readonly pageLeaves: number
}

/** The shape for a file of `length` > 0 bytes; `pieceLength` is a power of two of at least a block. */
export function fileTreeShape(length: number, pieceLength: number): FileTreeShape {
  assert(length > 0, 'an empty file has no tree')
  const wholePieceLevel = Math.log2(pieceLength / BLOCK_BYTES)
  assert(Number.isInteger(wholePieceLevel) && wholePieceLevel >= 0, 'a v2 piece is a whole subtree')
  const leafCount = Math.ceil(length / BLOCK_BYTES)
  const depth = treeDepth(leafCount)
  const pieceLevel = Math.min(wholePieceLevel, depth)
  const pieceLeaves = 2 ** pieceLevel
  return {
    leafCount,
    depth,
    pieceLevel,
    pieceCount: Math.ceil(leafCount / pieceLeaves),
    pieceLeaves,
    pageLeaves: Math.min(pieceLeaves, PAGE_LEAVES),
  }
}
