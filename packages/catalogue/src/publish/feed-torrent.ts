import { type Hash, KIB, MIB, SHA256_BYTES, assert } from '@matinee/base'
import {
  BLOCK_BYTES,
  type HashedFile,
  type InfoHashV2,
  blockLeaf,
  encodeMetainfo,
  fileTreeShape,
  merkleRoot,
  parseMetainfo,
  pieceLayerRoot,
} from '@matinee/protocol'

/** A file of a feed as its torrent has it. */
export interface FeedTorrentFile {
  /** In the feed's folder, with `/`. */
  readonly path: string
  /** Bytes. */
  readonly length: number
  /** Root of its Merkle tree (BEP 52), 32 bytes; `null` for an empty file. */
  readonly root: Uint8Array | null
  /** 32 bytes a piece; `null` for a file of one piece. */
  readonly layer: Uint8Array | null
}

/** The torrent of one version of a feed. */
export interface FeedTorrent {
  /** The `.torrent` file, piece layers included. */
  readonly metainfo: Uint8Array
  readonly infoHash: InfoHashV2
}

/** Bytes of a piece of every feed's torrent: part of what makes the info-hash the same for everybody. */
export const FEED_PIECE_BYTES = 64 * KIB

/** Blocks that are hashed in one step. */
const STEP_BLOCKS = MIB / BLOCK_BYTES

/** The name that every feed's torrent has, for the same reason. */
const NAME = 'matinee-feed'

/** Hashes a file of a feed for its torrent. What has the same content has the same hashes: they may be kept. */
export function feedTorrentFile(path: string, bytes: Uint8Array, hash: Hash): FeedTorrentFile {
  const steps = feedTorrentFileSteps(path, bytes, hash)
  let step = steps.next()
  while (step.done !== true) step = steps.next()
  return step.value
}

/** The same, in steps of one MiB at most. */
export function* feedTorrentFileSteps(
  path: string,
  bytes: Uint8Array,
  hash: Hash,
): Generator<void, FeedTorrentFile> {
  const { length } = bytes
  if (length === 0) return { path, length, root: null, layer: null }
  const shape = fileTreeShape(length, FEED_PIECE_BYTES)
  const leaves = new Uint8Array(shape.leafCount * SHA256_BYTES)
  for (let block = 0; block < shape.leafCount; block++) {
    const leaf = blockLeaf(bytes.subarray(block * BLOCK_BYTES, (block + 1) * BLOCK_BYTES), hash)
    leaves.set(leaf, block * SHA256_BYTES)
    if (block % STEP_BLOCKS === STEP_BLOCKS - 1) yield
  }
  if (shape.pieceCount === 1) return { path, length, root: merkleRoot(leaves, hash), layer: null }
  const layer = new Uint8Array(shape.pieceCount * SHA256_BYTES)
  const pieceBytes = shape.pieceLeaves * SHA256_BYTES
  for (let piece = 0; piece < shape.pieceCount; piece++) {
    const own = leaves.subarray(piece * pieceBytes, (piece + 1) * pieceBytes)
    layer.set(merkleRoot(own, hash, { depth: shape.pieceLevel }), piece * SHA256_BYTES)
  }
  return { path, length, root: pieceLayerRoot(layer, shape.pieceLevel, hash), layer }
}

/**
 * The torrent of one version of a feed: v2 only, and the same to the byte whoever makes it of the same files (BEP 52, feed-format
 * 16.2). `files` are those of {@link feedTorrentPaths}, in any order, at least one.
 */
export function feedTorrent(files: readonly FeedTorrentFile[], hash: Hash): FeedTorrent {
  const hashed = files.map(({ path, length, root, layer }): HashedFile => ({
    path: path.split('/'),
    length,
    piecesRoot: root,
    pieceLayer: layer,
  }))
  const metainfo = encodeMetainfo({
    kind: 'v2',
    name: NAME,
    pieceLength: FEED_PIECE_BYTES,
    files: hashed,
    v1Hashes: null,
  })
  const { v2 } = parseMetainfo(metainfo, hash).infoHashes
  assert(v2 !== null, 'a v2 torrent has a v2 info-hash')
  return { metainfo, infoHash: v2 }
}
