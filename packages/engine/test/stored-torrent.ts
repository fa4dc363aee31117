import { spanLength, type ByteSpan } from '@matinee/base'
import { BLOCK_BYTES, type Layout, type Metainfo, type MetainfoKind } from '@matinee/protocol'
import { makeTorrent, type MadeTorrent } from '@matinee/testkit'

export interface StoredTorrentOptions {
  readonly kind: MetainfoKind
  /** Default 64 KiB. */
  readonly pieceLength?: number
  /** Lengths of the files. */
  readonly files: readonly number[]
  /** Default 1. */
  readonly seed?: number
}

/** A torrent of made-up bytes as a store sees it: by block numbers. */
export interface StoredTorrent {
  readonly metainfo: Metainfo
  /** The bytes of each file, in the order of `metainfo.files`. */
  readonly files: readonly Uint8Array[]
  /** What belongs at a span of the torrent; zeros in padding. */
  bytesOf(span: ByteSpan): Uint8Array
  /** Where a block's data lies, by its number in the store; `null` for one that doesn't exist. */
  blockSpan(block: number): ByteSpan | null
  /** One more than the highest number. */
  readonly blockCount: number
  /** Numbers of the blocks that exist. */
  readonly blocks: readonly number[]
}

/** Makes a torrent for tests of the store. */
export function makeStoredTorrent(options: StoredTorrentOptions): StoredTorrent {
  const { kind, pieceLength = 4 * BLOCK_BYTES, seed = 1 } = options
  return storedTorrent(
    makeTorrent({
      kind,
      pieceLength,
      seed,
      files: options.files.map((content, i) => ({
        path: [`file ${String(i).padStart(3, '0')}`],
        content,
      })),
    }),
  )
}

/** A made-up torrent as a store sees it. */
export function storedTorrent({ metainfo, contents, bytesAt }: MadeTorrent): StoredTorrent {
  const { layout, kind } = metainfo
  const { pieceLength } = layout
  const blockCount = layout.pieceCount * Math.ceil(pieceLength / BLOCK_BYTES)
  const blockSpan = (block: number): ByteSpan | null => spanOfBlock(layout, kind, block)
  return {
    metainfo,
    files: contents.map((content) => content.bytesAt({ start: 0, end: content.length })),
    bytesOf: bytesAt,
    blockSpan,
    blockCount,
    blocks: Array.from({ length: blockCount }, (_, i) => i).filter((i) => blockSpan(i) !== null),
  }
}

function spanOfBlock(layout: Layout, kind: MetainfoKind, block: number): ByteSpan | null {
  const blocksPerPiece = Math.ceil(layout.pieceLength / BLOCK_BYTES)
  const piece = layout.piece(Math.floor(block / blocksPerPiece))
  const place = block % blocksPerPiece
  if (place >= layout.blocksIn(piece)) return null
  const span = kind === 'v1' ? layout.blockSpan(piece, place) : layout.dataSpan(piece, place)
  return spanLength(span) === 0 ? null : span
}
