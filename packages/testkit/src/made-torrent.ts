import { KIB, SHA1_BYTES, SHA256_BYTES, concatBytes, type ByteSpan } from '@matinee/base'
import {
  BLOCK_BYTES,
  blockLeaf,
  encodeMetainfo,
  fileTreeShape,
  merkleRoot,
} from '@matinee/protocol'
import { parseMetainfo, pieceLayerRoot, planTorrent } from '@matinee/protocol'
import type { Layout, Metainfo, MetainfoKind, PlannedFile, TorrentPlan } from '@matinee/protocol'
import { contentOf, type Content } from './content.ts'
import { nodeHash } from './node-hash.ts'

/** One file of a made-up torrent. */
export interface MadeFile {
  /** Below the torrent's name, folders first. */
  readonly path: readonly string[]
  /** Made-up content of this length, or content of the test's own. */
  readonly content: number | Content
}

/** The torrent to make up. */
export interface MadeTorrentOptions {
  /** Default `v2`. */
  readonly kind?: MetainfoKind
  /** Default 64 KiB. */
  readonly pieceLength?: number
  /** Default one file `film.mp4` of 1 MiB. A number: one file of that length. */
  readonly files?: number | readonly MadeFile[]
  /** Default `film.mp4` for one file of that name, else `Made films`. */
  readonly name?: string
  /** Of made-up content. Default 1. */
  readonly seed?: number
  /**
   * All pieces hold the same bytes, so that a torrent of 60 GB is hashed in no time. Right bytes at a
   * wrong place in a piece are still found out, pieces mixed up are not. Only for lengths in `files`.
   */
  readonly repeatsEachPiece?: boolean
  readonly trackers?: readonly (readonly string[])[]
  readonly webSeeds?: readonly string[]
  readonly isPrivate?: boolean
  readonly alignFiles?: boolean
}

/** A torrent together with its content. */
export interface MadeTorrent {
  readonly metainfo: Metainfo
  /** The `.torrent` file. */
  readonly torrentFile: Uint8Array
  /** In the order of `metainfo.files`. */
  readonly contents: readonly Content[]
  /** In torrent address space, zeros in padding. */
  readonly bytesAt: (span: ByteSpan) => Uint8Array
}

interface FileWithContent extends PlannedFile {
  readonly content: Content
}

/** Makes a torrent of made-up content, with all hashes. */
export function makeTorrent(options: MadeTorrentOptions = {}): MadeTorrent {
  const kind = options.kind ?? 'v2'
  const pieceLength = options.pieceLength ?? 64 * KIB
  const files = filesOf(options, pieceLength)
  const [first] = files
  const isSingle = files.length === 1 && first?.path.length === 1
  const name = options.name ?? (isSingle ? (first?.path[0] ?? '') : 'Made films')
  const { alignFiles = false } = options
  const plan = planTorrent({ kind, pieceLength, files, alignFiles })
  const bytesAt = (span: ByteSpan): Uint8Array => spanOf(plan, span)
  const canReuse = options.repeatsEachPiece === true
  const torrentFile = encodeMetainfo({
    ...options,
    kind,
    name,
    pieceLength,
    alignFiles,
    files: plan.files.map((file) => ({
      ...file,
      ...(kind === 'v1' || file.length === 0
        ? { piecesRoot: null, pieceLayer: null }
        : v2HashesOf(file.content, pieceLength, canReuse)),
    })),
    v1Hashes: kind === 'v2' ? null : v1HashesOf(plan.layout, bytesAt, canReuse),
  })
  return {
    metainfo: parseMetainfo(torrentFile, nodeHash),
    torrentFile,
    contents: plan.files.map(({ content }) => content),
    bytesAt,
  }
}

function filesOf(options: MadeTorrentOptions, pieceLength: number): FileWithContent[] {
  const given = options.files ?? 1024 * KIB
  const list = typeof given === 'number' ? [{ path: ['film.mp4'], content: given }] : given
  return list.map(({ path, content }, i) => {
    if (typeof content !== 'number') return { path, content, length: content.length }
    const period = options.repeatsEachPiece === true ? { periodBytes: pieceLength } : {}
    // Another seed per file: bytes of one file in another are found out.
    const seed = (options.seed ?? 1) + 1000 * i
    return { path, content: contentOf(seed, { length: content, ...period }), length: content }
  })
}

function spanOf(plan: TorrentPlan<FileWithContent>, span: ByteSpan): Uint8Array {
  const out = new Uint8Array(span.end - span.start)
  for (const part of plan.layout.filesIn(span)) {
    const bytes = plan.files[part.fileIndex]?.content.bytesAt(part.fileSpan)
    if (bytes !== undefined) out.set(bytes, part.span.start - span.start)
  }
  return out
}

function v1HashesOf(
  layout: Layout,
  bytesAt: (span: ByteSpan) => Uint8Array,
  canReuse: boolean,
): Uint8Array {
  const out = new Uint8Array(layout.pieceCount * SHA1_BYTES)
  let reused: Uint8Array | null = null
  for (let i = 0; i < layout.pieceCount; i++) {
    const span = layout.pieceSpan(layout.piece(i))
    // Pieces that lie whole in the first file are all the same.
    const isSame =
      canReuse && span.end <= layout.fileSpan(0).end && span.end - span.start === layout.pieceLength
    const hash: Uint8Array = (isSame ? reused : null) ?? nodeHash.sha1(bytesAt(span))
    if (isSame) reused = hash
    out.set(hash, i * SHA1_BYTES)
  }
  return out
}

function v2HashesOf(
  content: Content,
  pieceLength: number,
  canReuse: boolean,
): { piecesRoot: Uint8Array; pieceLayer: Uint8Array | null } {
  const { pieceCount, pieceLevel } = fileTreeShape(content.length, pieceLength)
  const layer = new Uint8Array(pieceCount * SHA256_BYTES)
  let reused: Uint8Array | null = null
  for (let i = 0; i < pieceCount; i++) {
    const span = { start: i * pieceLength, end: Math.min((i + 1) * pieceLength, content.length) }
    const isSame = canReuse && span.end - span.start === pieceLength
    const root: Uint8Array =
      (isSame ? reused : null) ??
      merkleRoot(leavesOf(content.bytesAt(span)), nodeHash, { depth: pieceLevel })
    if (isSame) reused = root
    layer.set(root, i * SHA256_BYTES)
  }
  if (pieceCount === 1) return { piecesRoot: layer, pieceLayer: null }
  return { piecesRoot: pieceLayerRoot(layer, pieceLevel, nodeHash), pieceLayer: layer }
}

/** The v2 leaves of bytes that begin at a block, 32 bytes per block. */
export function leavesOf(bytes: Uint8Array): Uint8Array {
  const leaves: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += BLOCK_BYTES) {
    leaves.push(blockLeaf(bytes.subarray(at, at + BLOCK_BYTES), nodeHash))
  }
  return concatBytes(leaves)
}
