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

/** A piece being judged by its SHA-1 alone, block by block in order. */
export interface V1Check {
  update(bytes: Uint8Array): void
  /** Missing padding at its end is zeros (BEP 47). */
  finish(): 'right' | 'wrong'
}

/** `null`: the torrent has no v1 hashes. */
export function startV1Check(metainfo: Metainfo, hash: Hash, piece: number): V1Check | null {
  const index = metainfo.layout.piece(piece)
  const expected = metainfo.v1PieceHash(index)
  if (!expected) return null
  const running = hash.startSha1()
  let left = spanLength(metainfo.layout.pieceSpan(index))
  return {
    update(bytes) {
      running.update(bytes)
      left -= bytes.length
    },
    finish() {
      if (left > 0) running.update(new Uint8Array(left))
      return equalBytes(running.finish(), expected) ? 'right' : 'wrong'
    },
  }
}

function checkV1Piece(
  metainfo: Metainfo,
  hash: Hash,
  piece: number,
  blocks: readonly Uint8Array[],
): PieceOutcome {
  const check = startV1Check(metainfo, hash, piece)
  if (!check) return 'unknown'
  for (const bytes of blocks) check.update(bytes)
  return check.finish()
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
