import { NO_BYTES, concatBytes, spanLength, type ByteSpan } from '@matinee/base'
import {
  BLOCK_BYTES,
  blockLeaf,
  encodeMetainfo,
  merkleRoot,
  parseMetainfo,
  planTorrent,
  treeDepth,
} from '@matinee/protocol'
import type { HashedFile, Layout, Metainfo, MetainfoKind, TorrentPlan } from '@matinee/protocol'
import { SeededRandom, nodeHash } from '@matinee/testkit'

export interface MadeTorrentOptions {
  readonly kind: MetainfoKind
  /** Default 64 KiB. */
  readonly pieceLength?: number
  /** Lengths of the files. */
  readonly files: readonly number[]
  readonly seed?: number
}

/** A torrent of made-up bytes, with the bytes. */
export interface MadeTorrent {
  readonly metainfo: Metainfo
  /** The bytes of each file, in the order of `metainfo.files`. */
  readonly files: readonly Uint8Array[]
  /** What belongs at a span of the torrent; zeros in padding. */
  bytesOf(span: ByteSpan): Uint8Array
  /** Where a block's data lies, by its number in the store; `null` for one that doesn't exist. */
  blockSpan(block: number): ByteSpan | null
  readonly blockCount: number
  /** Numbers of the blocks that exist. */
  readonly blocks: readonly number[]
}

/** Makes a torrent in memory. */
export function makeTorrent(options: MadeTorrentOptions): MadeTorrent {
  const { kind, pieceLength = 4 * BLOCK_BYTES } = options
  const random = new SeededRandom(`torrent/${options.seed ?? 0}`)
  const plan = planTorrent({
    kind,
    pieceLength,
    files: options.files.map((length, i) => ({
      path: [`file ${String(i).padStart(3, '0')}`],
      length,
      bytes: random.bytes(length),
    })),
  })
  const { layout } = plan
  const files = plan.files.map(({ bytes }) => bytes)
  const bytesOf = (span: ByteSpan): Uint8Array => {
    const out = new Uint8Array(spanLength(span))
    for (const part of layout.filesIn(span)) {
      const bytes = files[part.fileIndex] ?? NO_BYTES
      out.set(bytes.subarray(part.fileSpan.start, part.fileSpan.end), part.span.start - span.start)
    }
    return out
  }
  const pieceSpans = Array.from({ length: layout.pieceCount }, (_, i) =>
    layout.pieceSpan(layout.piece(i)),
  )
  const bytes = encodeMetainfo({
    kind,
    name: 'made',
    pieceLength,
    files: plan.files.map((file, i) => hashFile(file, i, plan)),
    v1Hashes:
      kind === 'v2' ? null : concatBytes(pieceSpans.map((span) => nodeHash.sha1(bytesOf(span)))),
  })
  const blocksPerPiece = Math.ceil(pieceLength / BLOCK_BYTES)
  const blockCount = layout.pieceCount * blocksPerPiece
  const blockSpan = (block: number): ByteSpan | null =>
    spanOfBlock(layout, kind, block, blocksPerPiece)
  return {
    metainfo: parseMetainfo(bytes, nodeHash),
    files,
    bytesOf,
    blockSpan,
    blockCount,
    blocks: Array.from({ length: blockCount }, (_, i) => i).filter((i) => blockSpan(i) !== null),
  }
}

function spanOfBlock(
  layout: Layout,
  kind: MetainfoKind,
  block: number,
  blocksPerPiece: number,
): ByteSpan | null {
  const piece = layout.piece(Math.floor(block / blocksPerPiece))
  const place = block % blocksPerPiece
  if (place >= layout.blocksIn(piece)) return null
  const span = kind === 'v1' ? layout.blockSpan(piece, place) : layout.dataSpan(piece, place)
  return spanLength(span) === 0 ? null : span
}

function hashFile(
  file: { readonly path: readonly string[]; readonly length: number; readonly bytes: Uint8Array },
  index: number,
  plan: TorrentPlan<{ readonly path: readonly string[]; readonly length: number }>,
): HashedFile {
  const { path, length, bytes } = file
  if (plan.kind === 'v1' || length === 0)
    return { path, length, piecesRoot: null, pieceLayer: null }
  const leavesOf = (part: Uint8Array): Uint8Array => {
    const leaves: Uint8Array[] = []
    for (let at = 0; at < part.length; at += BLOCK_BYTES)
      leaves.push(blockLeaf(part.subarray(at, at + BLOCK_BYTES), nodeHash))
    return concatBytes(leaves)
  }
  const piecesRoot = merkleRoot(leavesOf(bytes), nodeHash)
  if (length <= plan.pieceLength) return { path, length, piecesRoot, pieceLayer: null }
  const depth = treeDepth(plan.pieceLength / BLOCK_BYTES)
  const layer: Uint8Array[] = []
  for (let at = 0; at < length; at += plan.pieceLength)
    layer.push(merkleRoot(leavesOf(bytes.subarray(at, at + plan.pieceLength)), nodeHash, { depth }))
  return { path, length, piecesRoot, pieceLayer: concatBytes(layer) }
}
