import type { ByteSpan } from '@matinee/base'
import type { InfoHashes } from '../info-hash.ts'
import type { Layout, PieceIndex } from '../layout/layout.ts'

/** Names the property that only the parser can give. */
export declare const checked: unique symbol

/** `v1` (BEP 3), `v2` (BEP 52), or both at once over the same bytes. */
export type MetainfoKind = 'v1' | 'v2' | 'hybrid'

/**
 * A torrent's description after every check. Only the parser makes it ({@link parseMetainfo},
 * {@link parseInfo}, {@link withPieceLayers}), whichever way the bytes came, so who holds one need
 * not check anything again. Never changes.
 */
export interface Metainfo {
  /** Keeps everybody else from making one. */
  readonly [checked]: true
  readonly kind: MetainfoKind
  readonly infoHashes: InfoHashes
  /** The info dictionary as it was hashed: what peers may ask for (BEP 9). */
  readonly infoBytes: Uint8Array
  /** Display text only: cleaned, at most 255 characters, never a path. */
  readonly name: string
  readonly pieceLength: number
  readonly layout: Layout
  /** Without pad files; at least one. */
  readonly files: readonly TorrentFile[]
  /** Address space including padding: `layout.length`. */
  readonly totalLength: number
  /** The SHA-1 of a piece, a view of 20 bytes; `null` in v2-only torrents. */
  v1PieceHash(piece: PieceIndex): Uint8Array | null
  /**
   * The v2 piece layer of a file: 32 bytes per piece. For a file of at most one piece it is its
   * `piecesRoot`. `null` for empty files, v1-only torrents, and when nobody has told it yet
   * (metadata from a peer has none).
   */
  pieceLayer(fileIndex: number): Uint8Array | null
  /** Tiers of `http:`, `https:` and `udp:` URLs. */
  readonly trackers: readonly (readonly string[])[]
  /** `http:` and `https:` URLs (BEP 19). */
  readonly webSeeds: readonly string[]
  /** Where a web seed has a file (BEP 19), by the torrent's own names. Throws RangeError. */
  webSeedUrl(webSeed: string, fileIndex: number): string
  /** Only the torrent's own trackers may be asked for peers (BEP 27). */
  readonly isPrivate: boolean
  /** Cleaned display text. */
  readonly comment: string | null
  /** Cleaned display text. */
  readonly createdBy: string | null
  /** Seconds since 1970. */
  readonly createdSeconds: number | null
}

/** A file of a torrent. */
export interface TorrentFile {
  /** Its place in {@link Metainfo.files}. */
  readonly index: number
  /** Cleaned display text, folders first; never used on a disk. */
  readonly path: readonly string[]
  readonly length: number
  /** In torrent address space. Begins a piece in v2 and hybrid torrents. */
  readonly span: ByteSpan
  /** Root of its Merkle tree (BEP 52); `null` for empty files and in v1-only torrents. */
  readonly piecesRoot: Uint8Array | null
}
