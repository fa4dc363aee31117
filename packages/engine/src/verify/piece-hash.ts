import { concatBytes, equalBytes, spanLength, type Hash } from '@matinee/base'
import { BLOCK_BYTES, blockLeaf, merkleRoot, treeDepth, type Metainfo } from '@matinee/protocol'

/** `unknown`: a v2 piece whose place in the piece layer nobody has told yet. */
export type PieceOutcome = 'right' | 'wrong' | 'unknown'

/**
 * Judges a whole piece from its data blocks in order (padding left out in hybrid torrents). v2 and
 * hybrid pieces are judged by the piece layer (BEP 52); where that is missing, a hybrid by its SHA-1.
 *
 * @param layerHash the piece's hash in its file's piece layer, `null` when unknown
 */
export function checkPiece(
  metainfo: Metainfo,
  hash: Hash,
  piece: number,
  blocks: readonly Uint8Array[],
  layerHash: Uint8Array | null,
): PieceOutcome {
  if (metainfo.kind === 'v1') return checkV1Piece(metainfo, hash, piece, blocks)
  if (layerHash)
    return equalBytes(pieceRoot(metainfo, hash, piece, blocks), layerHash) ? 'right' : 'wrong'
  return metainfo.kind === 'hybrid' ? checkV1Piece(metainfo, hash, piece, blocks) : 'unknown'
}

/** Judges a piece by its SHA-1 alone; missing padding at its end is zeros (BEP 47). */
export function checkV1Piece(
  metainfo: Metainfo,
  hash: Hash,
  piece: number,
  blocks: readonly Uint8Array[],
): PieceOutcome {
  const index = metainfo.layout.piece(piece)
  const expected = metainfo.v1PieceHash(index)
  if (!expected) return 'unknown'
  const running = hash.startSha1()
  let left = spanLength(metainfo.layout.pieceSpan(index))
  for (const bytes of blocks) {
    running.update(bytes)
    left -= bytes.length
  }
  if (left > 0) running.update(new Uint8Array(left))
  return equalBytes(running.finish(), expected) ? 'right' : 'wrong'
}

/** The root of a piece's leaves: filled up to a whole piece, or, in a file of one piece, to its own size. */
function pieceRoot(
  metainfo: Metainfo,
  hash: Hash,
  piece: number,
  blocks: readonly Uint8Array[],
): Uint8Array {
  const { layout } = metainfo
  const file = layout.fileSpan(layout.fileOf(layout.piece(piece)))
  const leaves = concatBytes(blocks.map((bytes) => blockLeaf(bytes, hash)))
  if (spanLength(file) <= metainfo.pieceLength) return merkleRoot(leaves, hash)
  const pieceDepth = treeDepth(metainfo.pieceLength / BLOCK_BYTES)
  return merkleRoot(leaves, hash, { depth: pieceDepth })
}
